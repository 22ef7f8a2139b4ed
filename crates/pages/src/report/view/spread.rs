//! Who took part and how evenly: the spread of the votes, and the weights where a population was given.

use serde::Deserialize;

use super::proposal::Shares;

/// How evenly votes and exposures are spread over the published proposals.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Exposure {
    /// Published proposals with thirty votes or more.
    pub covered: u64,
    /// Their share of the published proposals.
    pub coverage: f64,
    /// Gini coefficient of the votes: 0 when every proposal has as many, near 1 when one has all.
    pub gini_ballots: f64,
    /// Cards shown in all, where that was counted.
    #[serde(default)]
    pub shown: Option<u64>,
    /// Gini coefficient of the exposures.
    #[serde(default)]
    pub gini_exposures: Option<f64>,
    /// Votes cast on cards shown, for each card shown.
    #[serde(default)]
    pub response_rate: Option<f64>,
}

/// How participants were weighted to a population.
#[derive(Clone, Debug, Deserialize)]
pub struct Weighting {
    /// Participants with a weight.
    pub participants: u64,
    /// Participants left out, because they did not declare what is weighted by.
    pub undeclared: u64,
    /// Each declared value: what was asked for, what was there, what came out.
    pub margins: Vec<Margin>,
    /// As many participants of equal weight would tell as much.
    pub effective_participants: f64,
    /// How many times their mean weights may be, where they are cut.
    #[serde(default)]
    pub weight_limit: Option<f64>,
}

/// One declared value.
#[derive(Clone, Debug, Deserialize)]
pub struct Margin {
    /// What was asked.
    pub card: String,
    /// What was answered.
    pub value: String,
    /// Its share of the population.
    pub population: f64,
    /// Its share of the participants.
    pub participants: f64,
    /// Its share of the participants by weight.
    pub achieved: f64,
}

/// What a proposal's voters say by weight.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Weighted {
    /// Shares of the three choices.
    pub shares: Shares,
    /// As many voters of equal weight would tell as much.
    pub effective_ballots: f64,
}
