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

/// Fewer participants than this with one value are never shown and carry no weight for others.
pub(crate) const PEOPLE_MIN: u64 = 5;
