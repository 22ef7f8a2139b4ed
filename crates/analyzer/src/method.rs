//! How a report is made: the method, its seed and its thresholds, all in one place.

use std::fmt;
use std::str::FromStr;

use gd_domain::UnknownWord;
use serde::{Deserialize, Serialize};

/// Which method leads the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MethodKind {
    /// Labels with posterior probabilities and a bound on false claims.
    #[default]
    Calibrated,
    /// The same, with the scores and zones of Make.org beside them.
    MakeOrg,
}

impl MethodKind {
    /// Every method.
    pub const ALL: [Self; 2] = [Self::Calibrated, Self::MakeOrg];

    /// The word used on the command line and in the report.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Calibrated => "calibrated",
            Self::MakeOrg => "make-org",
        }
    }
}

impl fmt::Display for MethodKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for MethodKind {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or_else(|| UnknownWord {
            word: word.to_owned(),
            kind: "method",
            expected: Self::ALL.map(Self::as_str).join(", "),
        })
    }
}

/// Everything besides the votes that decides what a report says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Method {
    /// Which method leads.
    pub kind: MethodKind,
    /// Where random draws start. Nothing in the methods that exist so far draws at random; the seed is
    /// kept in the report so that the promise "same input and seed, same bytes" never changes its terms.
    pub seed: u64,
    /// The regions of the labels.
    pub thresholds: Thresholds,
    /// When a label may be claimed.
    pub claim_rule: ClaimRule,
}

impl Method {
    /// A method with the thresholds and the claim rule of docs/METHOD.md.
    #[must_use]
    pub fn new(kind: MethodKind, seed: u64) -> Self {
        Self { kind, seed, ..Self::default() }
    }
}

/// Where one label ends and the next begins, in whole percent of the votes: nobody should have to
/// defend a threshold of 59.7 % before a council. Any values part the triangle; see docs/METHOD.md.
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

/// How sure a report must be before it claims a label, in whole percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimRule {
    /// Greatest mean of the claims' probabilities of being wrong.
    pub mean_error_percent: u8,
    /// Greatest probability of being wrong of any one claim.
    pub error_percent: u8,
    /// Nothing is claimed of a proposal with fewer ballots than this.
    pub ballots_min: u32,
    /// What the other proposals say never adds more confidence in a label than this many votes would.
    pub prior_votes_max: u32,
    /// With a prior fitted to K proposals a probability of being wrong counts 1 + this/K times.
    pub doubt_proposals: u32,
    /// An audience opposes a consensus that it rejects more than it supports with a probability above this.
    pub opposed_percent: u8,
    /// An audience does not share a consensus that holds there with this probability at most.
    pub not_shared_percent: u8,
}

impl Default for ClaimRule {
    fn default() -> Self {
        Self {
            mean_error_percent: 5,
            error_percent: 20,
            ballots_min: 10,
            prior_votes_max: 30,
            doubt_proposals: 10,
            opposed_percent: 90,
            not_shared_percent: 10,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_read_back_as_written() {
        for kind in MethodKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
        assert_eq!("guess".parse::<MethodKind>().unwrap_err().expected, "calibrated, make-org");
    }
}
