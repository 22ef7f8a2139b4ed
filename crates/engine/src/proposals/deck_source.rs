//! The deck that all sequences of a poll are drawn from, and its age.
//!
//! The rule of drawing is `gd-deck`'s. A small deck is prepared anew at every change; a large one at most
//! once a second, behind the backs of those who draw from the last one meanwhile.

use std::convert::Infallible;
use std::sync::Arc;

use gd_deck::{Card, Deck};
use gd_domain::{Choice, Thresholds, Timestamp};

use crate::proposals::deck::PreparedDeck;
use crate::proposals::exposures::ItemExposures;
use crate::proposals::item_list::ItemList;
use crate::proposals::item_view::{ItemView, ListedItem};
use crate::running::Running;
use crate::single_flight::Freshness;
use crate::voting::LiveTotals;

/// Cards up to which a deck is prepared while its caller waits: that takes less than a millisecond.
const SMALL_DECK_CARDS_MAX: usize = 1_000;

/// Age from which on any deck is prepared anew, in milliseconds: exposures change without a vote.
const REFRESH_AGE_MS: i64 = 1_000;

/// Greatest age of a large deck while the next one is being prepared, in milliseconds.
const LARGE_DECK_AGE_MAX_MS: i64 = 2_000;

/// The state a deck is prepared from.
#[derive(Clone)]
pub(crate) struct DeckSource {
    pub(crate) list: Arc<ItemList>,
    pub(crate) view: Arc<ItemView>,
    pub(crate) totals: Arc<LiveTotals>,
    pub(crate) now: Timestamp,
}

impl DeckSource {
    /// The deck to draw from now.
    pub(crate) async fn deck(&self) -> Arc<PreparedDeck> {
        self.deck_if(|last| self.freshness(last)).await
    }

    /// A deck of these very proposals and counts.
    pub(crate) async fn newest_deck(&self) -> Arc<PreparedDeck> {
        self.deck_if(|last| {
            let is_newest = self.is_of(last) && self.is_younger(last, REFRESH_AGE_MS);
            if is_newest { Freshness::Fresh } else { Freshness::Expired }
        })
        .await
    }

    /// Whether a deck shows these very proposals and counts.
    pub(crate) fn is_of(&self, deck: &PreparedDeck) -> bool {
        self.is_of_revision(deck) && deck.totals == self.totals.version()
    }

    /// Whether a deck's cards are these very proposals, the published ones and no other.
    pub(crate) fn is_of_revision(&self, deck: &PreparedDeck) -> bool {
        deck.revision == self.view.revision()
    }

    fn is_younger(&self, deck: &PreparedDeck, age_ms: i64) -> bool {
        Running::is_within(deck.made_at, self.now, age_ms)
    }

    fn freshness(&self, deck: &PreparedDeck) -> Freshness {
        let is_large = deck.deck.len() > SMALL_DECK_CARDS_MAX;
        if self.is_younger(deck, REFRESH_AGE_MS) && (is_large || self.is_of(deck)) {
            Freshness::Fresh
        } else if is_large && self.is_younger(deck, LARGE_DECK_AGE_MAX_MS) {
            Freshness::Stale
        } else {
            Freshness::Expired
        }
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

    fn card(&self, listed: &ListedItem, shown: &ItemExposures) -> Card {
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
