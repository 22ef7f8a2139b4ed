//! What a report says of opinion groups: who they are, where they lie, what unites and what divides them.

use gd_domain::{ProposalNumber, Slug};
use serde::Deserialize;

use super::proposal::Interval;

/// Participants who vote alike.
#[derive(Clone, Debug, Deserialize)]
pub struct OpinionGroup {
    /// Its name: a letter, unless the groups were given.
    pub id: Slug,
    /// Its participants.
    pub size: u64,
    /// The mean of their places on the map.
    pub center: [f64; 2],
    /// What sets it apart, the clearest first.
    pub representative: Vec<Representative>,
}

/// A proposal that sets a group apart.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Representative {
    /// Its number.
    pub proposal: ProposalNumber,
    /// Whether the group agrees or disagrees more than the others.
    pub direction: Side,
}

/// On which side a group stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// It agrees more than the others.
    Agree,
    /// It disagrees more than the others.
    Disagree,
}

/// How the groups came about, or were looked for in vain.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Grouping {
    /// Whether they were given instead of found.
    pub given: bool,
    /// Votes from which on a participant is placed.
    pub votes_min: u64,
    /// Participants placed, or whom groups were looked for among.
    pub participants: u64,
    /// How far apart the groups are, from −1 to 1, where they were found.
    #[serde(default)]
    pub silhouette: Option<f64>,
    /// The votes beside shuffled votes, unless the groups were given.
    #[serde(default)]
    pub structure: Option<Structure>,
}

/// The votes beside shuffled votes.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Structure {
    /// Share of the votes' variance along their strongest direction.
    pub share: f64,
    /// The same of shuffled votes, in the mean.
    pub shuffled_mean: f64,
    /// Whether the votes go together more than chance makes them.
    pub found: bool,
}

/// Where participants lie, in squares; those with fewer than five are left out.
#[derive(Clone, Debug, Deserialize)]
pub struct OpinionMap {
    /// Side of a square.
    pub side: f64,
    /// The squares shown.
    pub cells: Vec<MapCell>,
    /// Participants in the squares left out.
    pub not_shown: u64,
}

/// One square of the map.
#[derive(Clone, Debug, Deserialize)]
pub struct MapCell {
    /// Its middle, from left to right.
    pub x: f64,
    /// Its middle, upwards.
    pub y: f64,
    /// Participants in it.
    pub size: u64,
    /// The group with the nearest centre.
    #[serde(default)]
    pub group: Option<Slug>,
}

/// The groups that agree least and most with a proposal.
#[derive(Clone, Debug, Deserialize)]
pub struct Bridge {
    /// The one that agrees least.
    pub weakest: GroupShare,
    /// The one that agrees most.
    pub strongest: GroupShare,
}

/// A group's share of agree.
#[derive(Clone, Debug, Deserialize)]
pub struct GroupShare {
    /// Which group.
    pub group: Slug,
    /// Of its votes on the proposal.
    pub agree: Interval,
}

/// Proposals by how they lie to the groups, the clearest first.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Bridging {
    /// A majority agrees in every group.
    #[serde(default)]
    pub unites: Vec<ProposalNumber>,
    /// A majority agrees in one group and does not in another.
    #[serde(default)]
    pub divides: Vec<ProposalNumber>,
}
