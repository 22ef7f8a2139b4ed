//! Labels, and the regions of the triangle of shares they stand for: one rule for the report, for the cards
//! that are shown next, and for texts that explain either.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The verdict of a report on a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// A large majority agrees and few disagree.
    Consensus,
    /// Truly split between agree and disagree.
    Controversy,
    /// A large majority disagrees and few agree.
    Rejection,
    /// Many are neutral and no side carries it.
    Indifference,
    /// None of the others: a leaning, but no clear picture.
    Mixed,
    /// The votes so far do not tell.
    Undetermined,
}

impl Label {
    /// Every label, in the order reports list them.
    pub const ALL: [Self; 6] = [
        Self::Consensus,
        Self::Controversy,
        Self::Rejection,
        Self::Indifference,
        Self::Mixed,
        Self::Undetermined,
    ];

    /// The labels that are regions of the triangle: all but `undetermined`.
    pub const REGIONS: [Self; 5] =
        [Self::Consensus, Self::Controversy, Self::Rejection, Self::Indifference, Self::Mixed];

    /// The word used in the report.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Consensus => "consensus",
            Self::Controversy => "controversy",
            Self::Rejection => "rejection",
            Self::Indifference => "indifference",
            Self::Mixed => "mixed",
            Self::Undetermined => "undetermined",
        }
    }

    /// Its place in [`Label::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Boundaries between labels, in whole percent of the votes: nobody should have to defend a threshold of 59.7
/// % before a council. Any values part the triangle; see docs/METHOD.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thresholds {
    /// A majority: this share at least on one side…
    pub majority_percent: u8,
    /// …and less than this on the other.
    pub opposition_percent: u8,
    /// From this share of neutral votes on, people are indifferent rather than of an opinion.
    pub neutral_percent: u8,
    /// When fewer are neutral, hardly anyone on the other side is enough: less than this.
    pub hardly_any_percent: u8,
    /// Truly split: this share at least on each side…
    pub split_side_percent: u8,
    /// …and at most this far apart.
    pub split_gap_percent: u8,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            majority_percent: 60,
            opposition_percent: 25,
            neutral_percent: 40,
            hardly_any_percent: 15,
            split_side_percent: 25,
            split_gap_percent: 20,
        }
    }
}

impl Thresholds {
    /// The label of true shares: `agree` and `disagree` between 0 and 1, all others neutral. Never
    /// `undetermined`.
    #[must_use]
    pub fn label_at(&self, agree: f64, disagree: f64) -> Label {
        let share = |percent: u8| f64::from(percent) / 100.0;
        let neutral = 1.0 - agree - disagree;
        let carries = |for_it: f64, against: f64| {
            (for_it >= share(self.majority_percent) && against < share(self.opposition_percent))
                || (neutral < share(self.neutral_percent) && against < share(self.hardly_any_percent))
        };
        let smaller_side = agree.min(disagree);
        if carries(agree, disagree) {
            Label::Consensus
        } else if carries(disagree, agree) {
            Label::Rejection
        } else if neutral >= share(self.neutral_percent) {
            Label::Indifference
        } else if smaller_side >= share(self.split_side_percent)
            && (agree - disagree).abs() <= share(self.split_gap_percent)
        {
            Label::Controversy
        } else {
            Label::Mixed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_shares_have_the_labels_people_expect() {
        let thresholds = Thresholds::default();
        let expected = [
            (0.85, 0.10, Label::Consensus),
            (0.60, 0.24, Label::Consensus),
            (0.60, 0.26, Label::Mixed),
            (0.50, 0.14, Label::Consensus),
            (0.10, 0.80, Label::Rejection),
            (0.45, 0.45, Label::Controversy),
            (0.60, 0.40, Label::Controversy),
            (0.62, 0.38, Label::Mixed),
            (0.25, 0.25, Label::Indifference),
            (0.20, 0.10, Label::Indifference),
        ];
        for (a, d, label) in expected {
            assert_eq!(thresholds.label_at(a, d), label, "agree {a}, disagree {d}");
        }
    }
}
