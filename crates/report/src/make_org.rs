//! The scores and zones of Make.org, in reports led by the `make-org` method.

use serde::{Deserialize, Serialize};

/// A score with the half-width Make.org prints beside it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// The score; sums of scores may lie outside 0–1.
    pub score: f64,
    /// The half-width of its interval.
    pub confidence: f64,
}

/// The scores of one proposal (docs/METHOD.md, "The make-org method").
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// agree + `like_it` + doable − `no_way` − impossible − platitude.
    pub top: Score,
    /// min(agree, disagree) + min(`like_it`, `no_way`).
    pub controversy: Score,
    /// disagree + `no_way` + impossible − `like_it` − doable − platitude.
    pub rejection: Score,
    /// Share of agree, smoothed.
    pub agree: Score,
    /// Share of disagree, smoothed.
    pub disagree: Score,
    /// Share of neutral, smoothed.
    pub neutral: Score,
    /// Share of "I like it" among all votes, smoothed.
    pub like_it: Score,
    /// Share of "doable" among all votes, smoothed.
    pub doable: Score,
    /// Share of "certainly not" among all votes, smoothed.
    pub no_way: Score,
    /// Share of "it cannot be done" among all votes, smoothed.
    pub impossible: Score,
    /// Both platitudes, each scored apart.
    pub platitude: Score,
}

/// The zone of a proposal on Make.org: a point estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zone {
    /// Many agree, or few disagree and few are neutral.
    Consensus,
    /// Many disagree, or few agree and few are neutral.
    Rejection,
    /// Many are neutral.
    Limbo,
    /// All other proposals.
    Controversy,
}

impl Zone {
    /// The zones in the order of the text report.
    pub const ALL: [Self; 4] = [Self::Consensus, Self::Controversy, Self::Rejection, Self::Limbo];

    /// The word used in the report.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Consensus => "consensus",
            Self::Rejection => "rejection",
            Self::Limbo => "limbo",
            Self::Controversy => "controversy",
        }
    }
}
