//! What a report says of opinion groups, as it is stored and published.

use gd_domain::{ProposalNumber, Slug};
use serde::{Deserialize, Serialize};

use super::representative::Direction;
use super::structure::Structure;
use crate::Share;

/// All that a report says of opinion groups as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct OpinionGroups {
    /// The greatest group first.
    pub groups: Vec<GroupResult>,
    /// How they came about, or why there are none.
    pub grouping: Option<Grouping>,
    /// What most participants share.
    pub majority: Majority,
    /// The plane on which participants are placed.
    pub projection: Option<Projection>,
    /// How many participants lie where on it.
    pub opinion_map: Option<OpinionMap>,
}

/// Participants who vote alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupResult {
    /// `a` for the greatest, then `b`…; given groups keep their names.
    pub id: Slug,
    /// Its participants.
    pub size: u64,
    /// The mean of their positions.
    pub center: [f64; 2],
    /// What sets it apart, agreements first.
    pub representative: Vec<RepresentativeResult>,
}

/// A proposal that sets a group apart.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RepresentativeResult {
    /// Its number.
    pub proposal: ProposalNumber,
    /// Whether the group agrees or disagrees more than the others.
    pub direction: Direction,
    /// How clearly: ratio · test of the ratio · share · test of the share.
    pub score: f64,
}

/// How the groups came about.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grouping {
    /// Whether they were given instead of found.
    pub given: bool,
    /// Votes from which on a participant is placed.
    pub votes_min: usize,
    /// Participants placed in a group that is shown, or whom groups were looked for among.
    pub participants: usize,
    /// How far apart the groups are, from −1 to 1, where they were found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silhouette: Option<f64>,
    /// The votes beside shuffled votes, unless the groups were given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub structure: Option<Structure>,
}

/// The plane on which participants are placed. A participant with votes x on n of the C proposals that have a
/// vote lies at √(C / max(n, 1)) · Σ (x − center) · component, with 1, −1, 0 for agree, disagree, neutral.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Projection {
    /// Mean vote on each proposal, in the order of the report's proposals.
    pub center: Vec<f64>,
    /// Two directions, in the same order.
    pub components: [Vec<f64>; 2],
    /// Share of the votes' variance along each.
    pub explained: [f64; 2],
    /// Whether both directions are exact to the digits shown.
    pub converged: bool,
}

/// Where participants lie, in squares; squares with fewer than five are left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpinionMap {
    /// Side of a square.
    pub side: f64,
    /// Squares with five participants or more, by row and column.
    pub cells: Vec<MapCell>,
    /// Participants in the squares left out.
    pub not_shown: u64,
}

/// One square of the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapCell {
    /// Its middle.
    pub x: f64,
    /// Its middle.
    pub y: f64,
    /// Participants in it.
    pub size: u64,
    /// The group with the nearest centre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Slug>,
}

/// What most participants share, by Polis' rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Majority {
    /// Proposals most agreed with, leading ones first.
    pub agree: Vec<ProposalNumber>,
    /// Proposals most disagreed with, leading ones first.
    pub disagree: Vec<ProposalNumber>,
}

/// How far agreement with a proposal crosses groups.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bridge {
    /// The group that agrees least.
    pub weakest: GroupShare,
    /// The group that agrees most.
    pub strongest: GroupShare,
    /// Groups with fewer than five ballots on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub too_few_to_tell: Vec<Slug>,
}

/// A group's share of agree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupShare {
    /// Which group.
    pub group: Slug,
    /// Of its ballots on the proposal, with the 95 % interval.
    pub agree: Share,
}

/// Proposals by how they lie to the groups.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bridging {
    /// A majority agrees in every group, intervals included; the greatest lower end of the weakest first.
    pub unites: Vec<ProposalNumber>,
    /// A majority agrees in one group and does not in another, intervals included; the widest gap first.
    pub divides: Vec<ProposalNumber>,
}
