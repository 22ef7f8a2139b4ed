//! How a report is made: the method, its seed and its thresholds, all in one place.

use std::fmt;
use std::str::FromStr;

use gd_domain::{Thresholds, UnknownWord};
use serde::{Deserialize, Serialize};

use crate::{IdeaRule, ShortlistSize};

/// Which method leads the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MethodKind {
    /// Labels with posterior probabilities and a bound on false claims.
    #[default]
    Calibrated,
    /// The same, with the scores and zones of Make.org beside them.
    MakeOrg,
    /// The same, with moderated proposals as columns of zeros, as Polis has them.
    Polis,
}

impl MethodKind {
    /// Every method.
    pub const ALL: [Self; 3] = [Self::Calibrated, Self::MakeOrg, Self::Polis];

    /// The word used on the command line and in the report.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Calibrated => "calibrated",
            Self::MakeOrg => "make-org",
            Self::Polis => "polis",
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
    /// Where random draws start: the shuffled votes that opinion groups are compared with, and the first centres
    /// of groups.
    pub seed: u64,
    /// The regions of the labels.
    pub thresholds: Thresholds,
    /// When a label may be claimed.
    pub claim_rule: ClaimRule,
    /// How many entries the shortlist has.
    pub shortlist_size: ShortlistSize,
    /// When two proposals are one idea.
    pub idea_rule: IdeaRule,
}

impl Method {
    /// A method with the thresholds and the claim rule of docs/METHOD.md.
    #[must_use]
    pub fn new(kind: MethodKind, seed: u64) -> Self {
        Self { kind, seed, ..Self::default() }
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
        assert_eq!("guess".parse::<MethodKind>().unwrap_err().expected, "calibrated, make-org, polis");
    }
}
