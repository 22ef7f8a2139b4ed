//! Counts of the three choices, and their shares with intervals.

use serde::{Deserialize, Serialize};

/// Ballots by choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Ballots that agree.
    pub agree: u64,
    /// Ballots that disagree.
    pub disagree: u64,
    /// Ballots that are neutral.
    pub neutral: u64,
}

impl Counts {
    /// The number of ballots, whatever they say.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.agree + self.disagree + self.neutral
    }
}

impl From<[u64; 3]> for Counts {
    fn from([agree, disagree, neutral]: [u64; 3]) -> Self {
        Self { agree, disagree, neutral }
    }
}

/// A share of the votes between 0 and 1, with its equal-tailed 95 % interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// The posterior mean.
    pub mean: f64,
    /// The lower end: 2.5 % of the posterior lies below it.
    pub low: f64,
    /// The upper end: 2.5 % of the posterior lies above it.
    pub high: f64,
}

/// The shares of the three choices; their means add up to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Shares {
    /// The share that agrees.
    pub agree: Share,
    /// The share that disagrees.
    pub disagree: Share,
    /// The neutral share.
    pub neutral: Share,
}

impl Shares {
    /// Agree, disagree, neutral.
    #[must_use]
    pub const fn each(&self) -> [Share; 3] {
        [self.agree, self.disagree, self.neutral]
    }

    /// Whether the report states them: a report without shares is read with all of them at 0.
    #[must_use]
    pub fn are_stated(&self) -> bool {
        *self != Self::default()
    }
}
