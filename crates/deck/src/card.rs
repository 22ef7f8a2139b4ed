//! A card as drawing needs it.

use gd_domain::{ItemNumber, ParticipantId};

/// A published proposal with what is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Card {
    /// The proposal's number.
    pub number: ItemNumber,
    /// Its author, where known: a sequence shows one card of each author.
    pub author: Option<ParticipantId>,
    /// The idea it belongs to, as any number that its near-identical proposals share: a sequence shows one
    /// card of each.
    pub idea: Option<u64>,
    /// Agree, disagree, neutral.
    pub counts: [u32; 3],
    /// The number of times it was shown, as far as that was counted.
    pub shown: u32,
}

impl Card {
    pub(crate) fn votes(&self) -> u32 {
        self.counts.iter().fold(0, |sum, &count| sum.saturating_add(count))
    }

    /// The least number of times it was seen: every voter saw it, whether or not that was counted.
    pub(crate) fn exposures(&self) -> u32 {
        self.shown.max(self.votes())
    }

    /// Whether both are of one author or of one idea.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        (self.author.is_some() && self.author == other.author)
            || (self.idea.is_some() && self.idea == other.idea)
    }
}
