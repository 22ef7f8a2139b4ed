//! Weights of participants, where a population was given (docs/METHOD.md, "Weighting to a population").

use serde::{Deserialize, Serialize};

use crate::Shares;

/// The weights of the participants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weighting {
    /// Participants with a weight: those with a ballot on a published proposal who declared every card.
    pub participants: u64,
    /// Participants left out of the weighted figures, because a card of theirs is not declared.
    pub undeclared: u64,
    /// Each declared value: its share of the population, of the participants, and by weight.
    pub margins: Vec<MarginResult>,
    /// Rounds of raking.
    #[serde(default)]
    pub iterations: u32,
    /// Kish's effective sample size: as many participants of equal weight would tell as much.
    pub effective_participants: f64,
    /// Least weight of a participant; the mean is 1.
    #[serde(default)]
    pub weight_min: f64,
    /// Greatest weight of a participant.
    #[serde(default)]
    pub weight_max: f64,
    /// The greatest weight allowed, in mean weights, where weights are cut.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_limit: Option<f64>,
    /// Participants whose weight was cut to the greatest allowed.
    #[serde(default)]
    pub trimmed: u64,
}

/// One value of a card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MarginResult {
    /// The card: `audience`, or a question's short name.
    pub card: String,
    /// The value declared on it.
    pub value: String,
    /// Its share of the population.
    pub population: f64,
    /// Its share of the participants.
    pub participants: f64,
    /// Its share of the participants by weight.
    pub achieved: f64,
}

/// Weighted figures of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weighted {
    /// Shares of the three choices, with intervals of the effective sample size.
    pub shares: Shares,
    /// Kish's effective sample size of its voters.
    pub effective_ballots: f64,
}
