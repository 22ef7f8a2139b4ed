//! What a report says of signs that votes may not be what they seem, and of how little would change its labels.

use gd_domain::{Channel, Choice, Label, ProposalNumber, Timestamp};
use serde::{Deserialize, Deserializer};

use super::proposal::{Counts, label};

/// The signs found, and what they would change.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Integrity {
    /// Minutes in which many more people voted than around them.
    #[serde(default)]
    pub bursts: Vec<Burst>,
    /// Sets of participants whose ballots are all but the same.
    #[serde(default)]
    pub alike: Vec<Alike>,
    /// Proposals on which a channel's ballots differ from the others'.
    #[serde(default)]
    pub channels: Vec<ChannelGap>,
    /// Ballots that any of these signs is about.
    #[serde(default)]
    pub ballots: u64,
    /// Proposals whose label would be another without these ballots.
    #[serde(default)]
    pub relabelled: Vec<Relabelled>,
}

/// A run of minutes with many more voters than around it.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Burst {
    /// Where it starts.
    #[serde(deserialize_with = "instant")]
    pub from: Timestamp,
    /// How many minutes it lasts.
    pub minutes: u64,
    /// Participants voting in it.
    pub participants: u64,
    /// As many would be usual.
    pub usual: f64,
}

/// Participants whose ballots are all but the same.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Alike {
    /// How many they are.
    pub participants: u64,
    /// Ballots of the one with fewest.
    pub ballots_least: u64,
    /// Participants who voted on all but the same proposals, these included.
    pub same_proposals: u64,
    /// Of those so many would have voted like this by chance.
    pub expected: f64,
}

/// One channel that disagrees with the others on one proposal.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct ChannelGap {
    /// On which proposal.
    pub proposal: ProposalNumber,
    /// Which channel.
    pub channel: Channel,
    /// Its ballots.
    pub counts: Counts,
    /// Those of the other channels.
    pub others: Counts,
}

/// A proposal's label with and without the ballots in question.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Relabelled {
    /// Which proposal.
    pub proposal: ProposalNumber,
    /// The label of the report.
    #[serde(deserialize_with = "label")]
    pub label: Option<Label>,
    /// The label without these ballots.
    #[serde(deserialize_with = "label")]
    pub without: Option<Label>,
}

/// The least number of ballots, all of one choice, that undoes a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Fragility {
    /// So many ballots…
    pub ballots: u64,
    /// …added or removed…
    pub change: Change,
    /// …of this choice.
    pub choice: Choice,
}

/// What is done to ballots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// More ballots.
    Add,
    /// Fewer ballots.
    Remove,
}

fn instant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    i64::deserialize(deserializer).map(Timestamp::from_millis)
}
