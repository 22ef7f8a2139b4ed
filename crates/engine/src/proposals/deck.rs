//! The deck prepared last, kept for all who draw from it.

use gd_deck::Deck;
use gd_domain::Timestamp;

use crate::single_flight::SingleFlight;

/// The deck prepared last.
pub(crate) type DeckCache = SingleFlight<PreparedDeck>;

/// A deck with the state it was prepared from.
#[derive(Debug)]
pub(crate) struct PreparedDeck {
    pub(crate) deck: Deck,
    /// The revision of its items.
    pub(crate) revision: u64,
    /// The version of its totals.
    pub(crate) totals: u64,
    pub(crate) made_at: Timestamp,
}
