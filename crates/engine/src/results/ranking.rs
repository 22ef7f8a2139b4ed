//! The orders in which published proposals can be looked through.

/// An order of proposals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ranking {
    /// The nearest to the search words first, the latest first among equals. Without search words: the latest
    /// first.
    #[default]
    Relevance,
    /// The latest first.
    New,
    /// The fewest votes first.
    FewestVotes,
    /// The broadest agreement first. Only for readers who may see results.
    Consensus,
    /// The most even split between agree and disagree first. Only for readers who may see results.
    Controversy,
}

impl Ranking {
    /// Whether votes change the order.
    pub(crate) fn follows_votes(self) -> bool {
        matches!(self, Self::FewestVotes | Self::Consensus | Self::Controversy)
    }
}
