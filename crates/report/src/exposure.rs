//! The spread of votes and exposures over the proposals.

use serde::{Deserialize, Serialize};

/// The spread of votes and exposures over the published proposals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Exposure {
    /// Published proposals with 30 ballots or more.
    pub covered: u64,
    /// Their share of the published proposals; 0 when there are none.
    pub coverage: f64,
    /// Gini coefficient of the ballots: 0 when every proposal has as many, near 1 when one has all.
    pub gini_ballots: f64,
    /// Cards shown in all, where that was counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<u64>,
    /// Gini coefficient of the exposures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gini_exposures: Option<f64>,
    /// Standing ballots cast on cards shown, for each card shown. Absent where there are more ballots than
    /// exposures: then not all exposures were counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_rate: Option<f64>,
}
