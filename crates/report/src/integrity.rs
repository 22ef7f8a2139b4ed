//! Signs that votes may not be what they seem.

use gd_domain::{Channel, ItemNumber, Label};
use serde::{Deserialize, Serialize};

use crate::Counts;
use crate::labels::known_label;

/// The signs found, and the labels without the ballots in question.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Integrity {
    /// Minutes in which many more people voted than around them, in order of time.
    pub bursts: Vec<Burst>,
    /// Sets of participants whose ballots are all but the same, the largest first.
    pub alike: Vec<Alike>,
    /// Proposals on which a channel's ballots differ from the others', in order of their numbers.
    pub channels: Vec<ChannelGap>,
    /// Ballots on published proposals that any of these signs is about.
    pub ballots: u64,
    /// Proposals whose label would be another without these ballots.
    pub relabelled: Vec<LabelChange>,
}

/// A run of minutes with many more voters than around it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Burst {
    /// The start of its first minute, in milliseconds since 1970.
    pub from: i64,
    /// Its length in minutes.
    pub minutes: i64,
    /// Participants voting in it; one who votes in two of its minutes counts in both.
    pub participants: u64,
    /// Participants expected in that time, from the minutes around it.
    pub usual: f64,
    /// Ballots cast in it.
    pub ballots: u64,
}

/// A set of participants whose ballots are all but the same.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alike {
    /// Participants in the set.
    pub participants: u64,
    /// Ballots of the participant with fewest.
    pub ballots_least: u64,
    /// Ballots of all of them.
    pub ballots: u64,
    /// Participants who voted on all but the same proposals, these included: an estimate.
    pub same_proposals: u64,
    /// The number of them expected to vote like this by chance, were they like-minded people.
    pub expected: f64,
}

/// A channel that disagrees with the others on one proposal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChannelGap {
    /// The number of the proposal.
    pub proposal: ItemNumber,
    /// The channel that differs.
    pub channel: Channel,
    /// Ballots on the proposal by this channel.
    pub counts: Counts,
    /// Ballots on the proposal by all other channels.
    pub others: Counts,
    /// Probability that chance alone sets them further apart: Pearson's χ² with two degrees of freedom.
    pub chance: f64,
}

/// A proposal's label with and without the ballots in question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelChange {
    /// The number of the proposal.
    pub proposal: ItemNumber,
    /// The label of the report.
    #[serde(deserialize_with = "known_label")]
    pub label: Label,
    /// The label without the ballots in question.
    #[serde(deserialize_with = "known_label")]
    pub without: Label,
    /// The ballots left.
    pub counts: Counts,
}
