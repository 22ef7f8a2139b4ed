//! Opinion groups: who they are, where participants lie, what unites and what divides them.
//!
//! Formulas and symbols: docs/METHOD.md, "Opinion groups".

use gd_domain::{ItemNumber, Slug};
use serde::{Deserialize, Serialize};

use crate::Share;

/// Participants who vote alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupResult {
    /// `a` for the greatest, then `b`…; given groups keep their names.
    pub id: Slug,
    /// Participants in the group.
    pub size: u64,
    /// The mean of their positions, on the two components.
    pub center: [f64; 2],
    /// Proposals that set it apart, agreements first.
    pub representative: Vec<RepresentativeResult>,
}

/// A proposal that sets a group apart.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RepresentativeResult {
    /// The number of the proposal.
    pub proposal: ItemNumber,
    /// Whether the group agrees or disagrees more than the others.
    pub direction: Direction,
    /// Polis' measure: ratio · test of the ratio · share · test of the share.
    #[serde(default)]
    pub score: f64,
}

/// The side on which a group stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The group agrees more than the others.
    Agree,
    /// The group disagrees more than the others.
    Disagree,
}

/// The origin of the groups, or the reason why there are none.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grouping {
    /// Whether they were given instead of found.
    pub given: bool,
    /// Votes from which on a participant is placed.
    pub votes_min: u64,
    /// Participants placed in a group that is shown, or among whom groups were looked for.
    pub participants: u64,
    /// Mean silhouette of the groups, from −1 to 1, where they were found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silhouette: Option<f64>,
    /// The comparison with shuffled votes, unless the groups were given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub structure: Option<Structure>,
}

/// The strongest direction of the votes beside that of shuffled votes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Structure {
    /// Share of the votes' variance along their strongest direction.
    pub share: f64,
    /// Mean of that share over the shuffles.
    pub shuffled_mean: f64,
    /// Greatest such share among the shuffles.
    #[serde(default)]
    pub shuffled_max: f64,
    /// Number of shuffles.
    #[serde(default)]
    pub shuffles: u64,
    /// Participants whose votes were compared.
    #[serde(default)]
    pub participants: u64,
    /// Whether the votes go together more than chance makes them.
    pub found: bool,
}

/// The plane on which participants are placed. A participant with votes x on n of the C proposals that have a
/// vote lies at √(C / max(n, 1)) · Σ (x − center) · component, with 1, −1, 0 for agree, disagree, neutral.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Projection {
    /// Mean vote on each proposal, in the order of the report's proposals.
    pub center: Vec<f64>,
    /// Two unit vectors with one entry per proposal, in the same order.
    pub components: [Vec<f64>; 2],
    /// Share of the votes' variance along each component.
    #[serde(default)]
    pub explained: [f64; 2],
    /// Whether both components are exact to the digits shown.
    #[serde(default)]
    pub converged: bool,
}

/// Participants counted in squares of the plane; squares with fewer than five are left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpinionMap {
    /// Side of a square, in units of the plane.
    pub side: f64,
    /// Squares with five participants or more, by row and column.
    pub cells: Vec<MapCell>,
    /// Participants in the squares left out.
    pub not_shown: u64,
}

/// One square of the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapCell {
    /// Its middle on the first component, from left to right.
    pub x: f64,
    /// Its middle on the second component, upwards.
    pub y: f64,
    /// Participants in it.
    pub size: u64,
    /// The group with the nearest centre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Slug>,
}

/// Proposals that most participants agree or disagree with, by Polis' rule; leading ones first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Majority {
    /// Proposals most agreed with.
    pub agree: Vec<ItemNumber>,
    /// Proposals most disagreed with.
    pub disagree: Vec<ItemNumber>,
}

/// The groups at both ends of agreement with a proposal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bridge {
    /// The group that agrees least.
    pub weakest: GroupShare,
    /// The group that agrees most.
    pub strongest: GroupShare,
    /// Groups with fewer than five ballots on the proposal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub too_few_to_tell: Vec<Slug>,
}

/// A group's share of agree on a proposal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupShare {
    /// The name of the group.
    pub group: Slug,
    /// Its share of agree, with the 95 % interval.
    pub agree: Share,
}

/// Proposals that unite or divide the groups; a majority counts as one if its 95 % interval says so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Bridging {
    /// A majority agrees in every group; the greatest lower end of the weakest first.
    pub unites: Vec<ItemNumber>,
    /// A majority agrees in one group and does not in another; the widest gap first.
    pub divides: Vec<ItemNumber>,
}
