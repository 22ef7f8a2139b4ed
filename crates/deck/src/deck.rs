//! The published proposals, prepared once for all sequences drawn until there is news.

use gd_domain::{ItemNumber, Label, Thresholds};

use crate::Card;
use crate::draw::Draw;
use crate::shares::Prior;

/// The least exposed cards are one in so many…
const POOL_ONE_IN: usize = 32;
/// …but not fewer than this, or than half of a small deck: many draw from one deck at the same moment, and
/// must not all show one card.
const POOL_CARDS_MIN: usize = 24;

/// Published proposals, ready to be drawn from.
#[derive(Debug)]
pub struct Deck {
    /// The [`Deck::pool`] least exposed ones first, otherwise in no order.
    pub(crate) cards: Vec<PreparedCard>,
    /// The number of cards at the front that are less exposed than all others.
    pub(crate) pool: usize,
    pub(crate) prior: Prior,
    pub(crate) thresholds: Thresholds,
}

/// A card with what does not change from draw to draw.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PreparedCard {
    pub(crate) card: Card,
    pub(crate) votes: u32,
    pub(crate) exposures: u32,
    /// The label that its votes give now.
    pub(crate) label: Label,
}

impl Deck {
    /// Prepares these cards. Costs one pass over them.
    #[must_use]
    pub fn prepare(cards: Vec<Card>, thresholds: Thresholds) -> Self {
        let mut votes = [0_u64; 3];
        for card in &cards {
            for (sum, count) in votes.iter_mut().zip(card.counts) {
                *sum += u64::from(count);
            }
        }
        let prior = Prior::of(votes);
        let prepared = |card: Card| PreparedCard {
            card,
            votes: card.votes(),
            exposures: card.exposures(),
            label: prior.label_at_mean(card.counts, thresholds),
        };
        let mut cards: Vec<_> = cards.into_iter().map(prepared).collect();
        let pool = (cards.len() / POOL_ONE_IN).max(POOL_CARDS_MIN.min(cards.len().div_ceil(2)));
        if pool < cards.len() {
            let rank = |one: &PreparedCard| (one.exposures, one.votes, one.card.number);
            cards.select_nth_unstable_by_key(pool, rank);
        }
        Self { cards, pool, prior, thresholds }
    }

    /// The number of cards.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cards.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cards.is_empty()
    }

    /// Draws `size` of the cards that are open, fewer only when there are no more: a third of them for being
    /// least exposed, the others for what their votes leave open; of one author or idea a second one only
    /// when there seems to be no other. In random order; the same deck, seed and open cards give the same.
    pub fn draw(&self, size: usize, seed: u64, is_open: impl Fn(ItemNumber) -> bool) -> Vec<ItemNumber> {
        Draw::new(self, seed, is_open).cards(size)
    }
}
