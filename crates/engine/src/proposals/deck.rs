//! The deck that all sequences of a poll are drawn from, and its age.
//!
//! The rule of drawing is `gd-deck`'s. A small deck is prepared anew at every change; a large one at most
//! once a second, behind the backs of those who draw from the last one meanwhile.

use std::convert::Infallible;
use std::sync::Arc;

use gd_deck::{Card, Deck};
use gd_domain::{Choice, Thresholds, Timestamp};

use crate::proposals::exposures::Shown;
use crate::proposals::item_list::ItemList;
use crate::proposals::item_view::{ItemView, Listed};
use crate::running::Running;
use crate::single_flight::{Freshness, SingleFlight};
use crate::voting::LiveTotals;

/// Cards up to which a deck is prepared while its caller waits: that takes less than a millisecond.
const SMALL_DECK_CARDS_MAX: usize = 1_000;

/// From which age on any deck is prepared anew, in milliseconds: exposures change without a vote.
const REFRESH_AGE_MS: i64 = 1_000;

/// How old a large deck may be while the next one is being prepared, in milliseconds.
const LARGE_DECK_AGE_MAX_MS: i64 = 2_000;

/// The deck prepared last.
pub(crate) type DeckCache = SingleFlight<PreparedDeck>;

/// A deck with the state it was prepared from.
#[derive(Debug)]
pub(crate) struct PreparedDeck {
    pub(crate) deck: Deck,
    revision: u64,
    totals: u64,
    made_at: Timestamp,
}

/// The state a deck is prepared from.
#[derive(Clone)]
pub(crate) struct DeckSource {
    pub(crate) list: Arc<ItemList>,
    pub(crate) view: Arc<ItemView>,
    pub(crate) totals: Arc<LiveTotals>,
    pub(crate) now: Timestamp,
}

impl PreparedDeck {
    /// Whether it shows these very proposals and counts.
    pub(crate) fn is_of(&self, source: &DeckSource) -> bool {
        self.is_of_revision(source) && self.totals == source.totals.version()
    }

    /// Whether its cards are these very proposals, the published ones and no other.
    pub(crate) fn is_of_revision(&self, source: &DeckSource) -> bool {
        self.revision == source.view.revision()
    }

    fn is_younger(&self, now: Timestamp, age_ms: i64) -> bool {
        Running::is_within(self.made_at, now, age_ms)
    }

    fn freshness(&self, source: &DeckSource) -> Freshness {
        let is_large = self.deck.len() > SMALL_DECK_CARDS_MAX;
        if self.is_younger(source.now, REFRESH_AGE_MS) && (is_large || self.is_of(source)) {
            Freshness::Fresh
        } else if is_large && self.is_younger(source.now, LARGE_DECK_AGE_MAX_MS) {
            Freshness::Stale
        } else {
            Freshness::Expired
        }
    }
}

impl DeckSource {
    /// The deck to draw from now.
    pub(crate) async fn deck(&self) -> Arc<PreparedDeck> {
        self.deck_if(|last| last.freshness(self)).await
    }

    /// A deck of these very proposals and counts.
    pub(crate) async fn newest_deck(&self) -> Arc<PreparedDeck> {
        self.deck_if(|last| {
            let is_newest = last.is_of(self) && last.is_younger(self.now, REFRESH_AGE_MS);
            if is_newest { Freshness::Fresh } else { Freshness::Expired }
        })
        .await
    }

    async fn deck_if(&self, freshness: impl Fn(&PreparedDeck) -> Freshness) -> Arc<PreparedDeck> {
        let source = self.clone();
        let made = self.list.deck_cache.get(freshness, |_| async move { source.prepare().await }).await;
        match made {
            Ok(deck) => deck,
            Err(never) => match never {},
        }
    }

    /// A large deck is prepared where that holds no other request up.
    async fn prepare(self) -> Result<PreparedDeck, Infallible> {
        if self.view.published().len() <= SMALL_DECK_CARDS_MAX {
            return Ok(self.prepare_here());
        }
        let source = self.clone();
        let prepared = tokio::task::spawn_blocking(move || source.prepare_here()).await;
        Ok(prepared.unwrap_or_else(|_| self.prepare_here()))
    }

    fn prepare_here(&self) -> PreparedDeck {
        let shown = self.list.exposures.shown();
        let cards = self.view.published_listed().map(|listed| self.card(listed, &shown)).collect();
        PreparedDeck {
            deck: Deck::prepare(cards, Thresholds::default()),
            revision: self.view.revision(),
            totals: self.totals.version(),
            made_at: self.now,
        }
    }

    fn card(&self, listed: &Listed, shown: &Shown) -> Card {
        let number = listed.proposal.number;
        let choices = self
            .totals
            .counts
            .proposals
            .get(&number)
            .map_or([0; 3], |tally| Choice::ALL.map(|choice| tally.of(choice)));
        Card {
            number,
            author: listed.proposal.author,
            idea: Some(listed.idea),
            counts: choices.map(|count| u32::try_from(count.max(0)).unwrap_or(u32::MAX)),
            shown: u32::try_from(shown.of(number)).unwrap_or(u32::MAX),
        }
    }
}
