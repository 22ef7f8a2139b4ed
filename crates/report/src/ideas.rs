//! Ideas: near-identical proposals taken together.

use gd_domain::ItemNumber;
use serde::{Deserialize, Serialize};

use crate::Shares;

/// The rule by which two proposals are one idea.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdeaRule {
    /// Proposals from this likeness on are near-identical, in percent. From 100 on, texts are grouped that differ in
    /// nothing but order, endings and words that say little.
    pub likeness_percent: u8,
}

impl Default for IdeaRule {
    /// The default of `gd-likeness`; a test of `gd-analyzer` holds the two together.
    fn default() -> Self {
        Self { likeness_percent: 83 }
    }
}

/// The reason why an idea's proposals are together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdeaSource {
    /// The organizer named it; near-identical proposals without a name of their own have joined.
    Organizer,
    /// Its texts are near-identical.
    Texts,
}

/// Published proposals that are one idea.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IdeaResult {
    /// The organizer's name for it; else "#" and the number of its representative.
    pub id: String,
    /// The reason why its proposals are together.
    pub source: IdeaSource,
    /// The text of its representative.
    pub title: String,
    /// The proposal the others are near-identical to; of an organizer's idea the one with the most ballots.
    pub representative: ItemNumber,
    /// The numbers of its proposals.
    pub proposals: Vec<ItemNumber>,
    /// Participants with a ballot on any of them.
    pub voters: u64,
    /// Participants who agree with at least one.
    pub supporters: u64,
    /// Participants who agree with none and disagree with at least one.
    pub opponents: u64,
    /// Supporters who disagree with another: if many, the proposals are not one idea after all.
    pub divided: u64,
    /// Shares of supporters, opponents and others among the voters.
    pub shares: Shares,
}
