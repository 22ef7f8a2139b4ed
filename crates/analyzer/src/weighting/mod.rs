//! Weights that give each audience the place it has in the population, shown beside the raw figures
//! (docs/METHOD.md, "Weighting to a population").
//!
//! Owns the population asked for, the weights of participants and the weighted shares. Knows the vote table
//! and the report it adds to; not where the population's shares come from.

mod population;
mod raking;
mod respondents;
mod weigh;

pub use population::{Margin, Population, PopulationError};
pub use weigh::weigh;

use serde::{Deserialize, Serialize};

use crate::interval::Shares;

/// Fewer participants than this with one value are never shown and carry no weight for others.
pub(crate) const PEOPLE_MIN: u64 = 5;

/// How participants were weighted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weighting {
    /// Participants with a weight: those with a ballot on a published proposal who declared every card.
    pub participants: usize,
    /// Participants left out of the weighted figures, because a card of theirs is not declared.
    pub undeclared: usize,
    /// Each declared value: what was asked for, what was there, what came out.
    pub margins: Vec<MarginResult>,
    /// Rounds of raking.
    pub iterations: u32,
    /// Kish's effective sample size: as many participants of equal weight would tell as much.
    pub effective_participants: f64,
    /// Least weight of a participant; the mean is 1.
    pub weight_min: f64,
    /// Greatest weight of a participant.
    pub weight_max: f64,
    /// How many times their mean weights may be, where they are cut.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_limit: Option<f64>,
    /// Participants whose weight was cut to the greatest allowed.
    pub trimmed: usize,
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

/// What a proposal's voters say by weight.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weighted {
    /// Shares of the three choices, with intervals of the effective sample size.
    pub shares: Shares,
    /// Kish's effective sample size of its voters.
    pub effective_ballots: f64,
}
