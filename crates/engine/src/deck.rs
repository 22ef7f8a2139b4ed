//! The cards of a consultation in the order of their votes, prepared once for all sequences drawn until
//! there are newer totals, so that drawing a dozen of them looks at about a dozen of them.

use std::collections::HashMap;

use gd_domain::{ProposalNumber, Tally, Timestamp};
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::catalogue::CatalogueView;
use crate::live_totals::LiveTotals;

/// Cards up to which a deck is prepared anew at every change: that takes less than a millisecond.
const SMALL_DECK_CARDS_MAX: usize = 1_000;

/// How long a larger one is drawn from, in milliseconds, before it follows what has changed.
const LARGE_DECK_AGE_MAX_MS: i64 = 1_000;

/// Published proposals, the least voted first.
#[derive(Debug)]
pub(crate) struct Deck {
    revision: u64,
    totals: u64,
    made_at: Timestamp,
    /// Votes so far and number, in that order.
    cards: Vec<(i64, ProposalNumber)>,
}

impl Deck {
    pub(crate) fn prepare(view: &CatalogueView, totals: &LiveTotals, now: Timestamp) -> Self {
        let votes_on = |number| totals.counts.proposals.get(&number).map_or(0, Tally::total);
        let cards = view.published().map(|proposal| (votes_on(proposal.number), proposal.number));
        let mut cards = cards.collect::<Vec<_>>();
        cards.sort_unstable();
        Self { revision: view.revision(), totals: totals.version(), made_at: now, cards }
    }

    /// Whether it shows these very proposals and counts.
    pub(crate) fn is_of(&self, view: &CatalogueView, totals: &LiveTotals) -> bool {
        self.revision == view.revision() && self.totals == totals.version()
    }

    /// Whether it may be drawn from although proposals or counts have changed.
    pub(crate) fn may_lag(&self, now: Timestamp) -> bool {
        let age_ms = now.as_millis() - self.made_at.as_millis();
        self.cards.len() > SMALL_DECK_CARDS_MAX && (0..LARGE_DECK_AGE_MAX_MS).contains(&age_ms)
    }

    /// Draws `size` of the cards that are open, fewer when there are no more: half of them (rounded up)
    /// the least voted, chance deciding between equals, the others at random; in random order.
    pub(crate) fn draw(
        &self,
        size: usize,
        seed: u64,
        is_open: impl Fn(ProposalNumber) -> bool,
    ) -> Vec<ProposalNumber> {
        let mut draw = Draw { generator: ChaCha8Rng::seed_from_u64(seed), drawn: Vec::new(), is_open };
        let least_voted = size.div_ceil(2);
        let mut rest = self.cards.as_slice();
        while draw.drawn.len() < least_voted
            && let Some(&(fewest, _)) = rest.first()
        {
            let (equals, others) = rest.split_at(rest.partition_point(|&(votes, _)| votes == fewest));
            draw.up_to(least_voted, equals);
            rest = others;
        }
        draw.up_to(size, &self.cards);
        draw.drawn.shuffle(&mut draw.generator);
        draw.drawn
    }
}

struct Draw<F> {
    generator: ChaCha8Rng,
    drawn: Vec<ProposalNumber>,
    is_open: F,
}

impl<F: Fn(ProposalNumber) -> bool> Draw<F> {
    /// Draws from these cards, each equally likely, until `wanted` are drawn in all or none is left.
    ///
    /// A shuffle (Fisher and Yates) that goes no further than needed and notes only what it moved: it
    /// looks at as many cards as it draws, and at those that are not open among them.
    fn up_to(&mut self, wanted: usize, cards: &[(i64, ProposalNumber)]) {
        let mut moved = HashMap::new();
        for place in 0..cards.len() {
            if self.drawn.len() >= wanted {
                return;
            }
            let other = self.generator.random_range(place..cards.len());
            let displaced = moved.get(&place).copied().unwrap_or(place);
            let chosen = moved.insert(other, displaced).unwrap_or(other);
            let (_, number) = cards[chosen];
            if !self.drawn.contains(&number) && (self.is_open)(number) {
                self.drawn.push(number);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// A deck of proposals 1, 2, 3… with these votes.
    fn deck(votes: &[i64]) -> Deck {
        let mut cards =
            votes.iter().zip(1..).map(|(&votes, number)| (votes, ProposalNumber(number))).collect::<Vec<_>>();
        cards.sort_unstable();
        Deck { revision: 0, totals: 0, made_at: Timestamp::default(), cards }
    }

    proptest! {
        #[test]
        fn cards_are_distinct_and_open_and_half_are_the_least_voted(
            votes in prop::collection::vec((0..50_i64, any::<bool>()), 0..60), size in 0..=12_usize, seed: u64,
        ) {
            let place = |number: ProposalNumber| usize::try_from(number.0 - 1).unwrap();
            let all = votes.iter().map(|&(votes, _)| votes).collect::<Vec<_>>();
            let drawn = deck(&all).draw(size, seed, |number| votes[place(number)].1);
            prop_assert!(drawn.iter().all(|&number| votes[place(number)].1));

            let mut open = votes.iter().filter(|(_, open)| *open).map(|&(votes, _)| votes).collect::<Vec<_>>();
            prop_assert_eq!(drawn.len(), size.min(open.len()));
            prop_assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), drawn.len());
            open.sort_unstable();
            let mut of_drawn = drawn.iter().map(|&number| votes[place(number)].0).collect::<Vec<_>>();
            of_drawn.sort_unstable();
            let least = drawn.len().div_ceil(2);
            prop_assert_eq!(&of_drawn[..least], &open[..least]);
        }

        #[test]
        fn the_seed_decides(size in 1..=12_usize, seed: u64) {
            let deck = deck(&[0; 100]);
            prop_assert_eq!(deck.draw(size, seed, |_| true), deck.draw(size, seed, |_| true));
        }
    }

    #[test]
    fn equals_are_equally_likely_wherever_they_are_drawn() {
        const DRAWS: u64 = 6_000;
        // Proposals 1 to 3 are the least voted: one of them each time; the second card is any other.
        let deck = deck(&[0, 0, 0, 5, 5, 7]);
        let mut times = [0_u64; 7];
        for seed in 0..DRAWS {
            for number in deck.draw(2, seed, |_| true) {
                times[usize::try_from(number.0).unwrap()] += 1;
            }
        }
        // 1/3 + 2/3 × 1/5 and 1/5 of the draws; six standard deviations are less than 240.
        for (number, expected) in [(1, 2_800), (2, 2_800), (3, 2_800), (4, 1_200), (5, 1_200), (6, 1_200)] {
            assert!(times[number].abs_diff(expected) < 240, "{number}: {times:?}");
        }
    }

    #[test]
    fn every_proposal_gets_its_turn() {
        let deck = deck(&[0; 30]);
        let seen = (0..200).flat_map(|seed| deck.draw(12, seed, |_| true)).collect::<BTreeSet<_>>();
        assert_eq!(seen.len(), 30);
    }

    #[test]
    fn a_draw_looks_at_few_cards() {
        let deck = deck(&(0..50_000).map(|number| number % 7).collect::<Vec<_>>());
        let looked_at = std::cell::Cell::new(0);
        let drawn = deck.draw(12, 1, |_| {
            looked_at.set(looked_at.get() + 1);
            true
        });
        assert_eq!((drawn.len(), looked_at.get()), (12, 12));
    }
}
