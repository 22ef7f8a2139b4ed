//! The plane that a report places participants on.

use serde::Deserialize;

/// What turns somebody's votes into a place.
#[derive(Clone, Debug, Deserialize)]
pub struct Projection {
    /// The mean vote on each proposal, in the order of the report's: 1 for agree, −1 for disagree, 0 for neutral.
    pub center: Vec<f64>,
    /// How far each proposal moves a voter along each of the two directions.
    pub components: [Vec<f64>; 2],
}
