//! The orders in which published proposals can be looked through.

/// An order of proposals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ranking {
    /// Those nearest to the words first, of equals the latest: where none are looked for, the latest first.
    #[default]
    Relevance,
    /// The latest first.
    New,
    /// Those with the fewest votes first.
    FewestVotes,
    /// Those that most agree with first. For those who may see results.
    Consensus,
    /// Those that many agree and as many disagree with first. For those who may see results.
    Controversy,
}

impl Ranking {
    /// Whether votes change the order.
    pub(crate) fn follows_votes(self) -> bool {
        matches!(self, Self::FewestVotes | Self::Consensus | Self::Controversy)
    }
}
