//! The deck that all sequences of a consultation are drawn from: which one, and for how long.
//!
//! The rule of drawing is `gd-deck`'s. A small deck is prepared anew at every change; a large one at most
//! once a second, behind the backs of those who draw from the last one meanwhile.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use gd_deck::{Card, Deck};
use gd_domain::{Thresholds, Timestamp};
use tokio::sync::Mutex;

use crate::consultation::catalogue::{CatalogueEntry, CatalogueView, Listed};
use crate::proposals::exposures::Shown;
use crate::voting::totals::LiveTotals;

/// Cards up to which a deck is prepared while its caller waits: that takes less than a millisecond.
const SMALL_DECK_CARDS_MAX: usize = 1_000;

/// From which age on any deck is prepared anew, in milliseconds: exposures change without a vote.
const REFRESH_AGE_MS: i64 = 1_000;

/// How old a large deck may be while the next one is being prepared, in milliseconds.
const LARGE_DECK_AGE_MAX_MS: i64 = 2_000;

/// The deck prepared last.
#[derive(Debug, Default)]
pub(crate) struct DeckCache {
    last: ArcSwapOption<PreparedDeck>,
    preparing: Arc<Mutex<()>>,
}

/// A deck with what it was prepared from.
#[derive(Debug)]
pub(crate) struct PreparedDeck {
    pub(crate) deck: Deck,
    revision: u64,
    totals: u64,
    made_at: Timestamp,
}

/// What a deck is prepared from.
#[derive(Clone)]
pub(crate) struct DeckSource {
    pub(crate) entry: Arc<CatalogueEntry>,
    pub(crate) view: Arc<CatalogueView>,
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
        (0..age_ms).contains(&(now.as_millis() - self.made_at.as_millis()))
    }

    fn is_large(&self) -> bool {
        self.deck.len() > SMALL_DECK_CARDS_MAX
    }
}

impl DeckSource {
    /// The deck to draw from now.
    pub(crate) async fn deck(&self) -> Arc<PreparedDeck> {
        let cache = &self.entry.deck_cache;
        if let Some(last) = cache.last.load_full() {
            if last.is_younger(self.now, REFRESH_AGE_MS) && (last.is_large() || last.is_of(self)) {
                return last;
            }
            if last.is_large() && last.is_younger(self.now, LARGE_DECK_AGE_MAX_MS) {
                self.prepare_in_the_background();
                return last;
            }
        }
        self.newest_deck().await
    }

    /// A deck of these very proposals and counts.
    pub(crate) async fn newest_deck(&self) -> Arc<PreparedDeck> {
        let cache = &self.entry.deck_cache;
        let _one_at_a_time = cache.preparing.lock().await;
        // Whoever held the lock may have prepared it.
        match cache.last.load_full() {
            Some(last) if last.is_of(self) && last.is_younger(self.now, REFRESH_AGE_MS) => last,
            _ if self.view.published().len() > SMALL_DECK_CARDS_MAX => {
                let source = self.clone();
                let prepared = tokio::task::spawn_blocking(move || source.prepare()).await;
                prepared.unwrap_or_else(|_| self.prepare())
            }
            _ => self.prepare(),
        }
    }

    fn prepare_in_the_background(&self) {
        let Ok(one_at_a_time) = Arc::clone(&self.entry.deck_cache.preparing).try_lock_owned() else { return };
        let source = self.clone();
        tokio::task::spawn_blocking(move || {
            source.prepare();
            drop(one_at_a_time);
        });
    }

    fn prepare(&self) -> Arc<PreparedDeck> {
        let shown = self.entry.exposures.shown();
        let cards = self.view.published_listed().map(|listed| self.card(listed, &shown)).collect();
        let prepared = Arc::new(PreparedDeck {
            deck: Deck::prepare(cards, Thresholds::default()),
            revision: self.view.revision(),
            totals: self.totals.version(),
            made_at: self.now,
        });
        self.entry.deck_cache.last.store(Some(Arc::clone(&prepared)));
        prepared
    }

    fn card(&self, listed: &Listed, shown: &Shown) -> Card {
        let number = listed.proposal.number;
        let choices = self.totals.counts.proposals.get(&number).map_or([0; 3], |tally| tally.choices);
        Card {
            number,
            author: listed.proposal.author,
            idea: Some(listed.idea),
            counts: choices.map(|count| u32::try_from(count.max(0)).unwrap_or(u32::MAX)),
            shown: u32::try_from(shown.of(number)).unwrap_or(u32::MAX),
        }
    }
}
