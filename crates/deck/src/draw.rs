//! Drawing one sequence.

use std::collections::HashMap;

use gd_domain::{ItemNumber, Label};
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::Deck;
use crate::deck::PreparedCard;

/// One card in so many is there for being least exposed: of twelve, four.
const UNDER_EXPOSED_ONE_IN: usize = 3;

/// Cards looked at for each that is taken for being least exposed.
const UNDER_EXPOSED_LOOKS: usize = 6;

/// Cards looked at for each that is taken for what its votes leave open.
const TELLING_LOOKS: usize = 24;

/// Cards looked at one by one for another author and idea, once chance found none, before a second card of
/// one is taken.
const DISTINCT_LOOKS_MAX: usize = 512;

pub(crate) struct Draw<'d, F> {
    deck: &'d Deck,
    generator: ChaCha8Rng,
    is_open: F,
    taken: Vec<&'d PreparedCard>,
    /// Whether a second card of an author or idea may be taken: there seems to be no other.
    relaxed: bool,
    /// The places not looked at one by one yet.
    unseen: ShuffledPlaces,
}

/// Why a card is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    UnderExposed,
    Telling,
}

impl<'d, F: Fn(ItemNumber) -> bool> Draw<'d, F> {
    pub(crate) fn new(deck: &'d Deck, seed: u64, is_open: F) -> Self {
        let unseen = ShuffledPlaces::of(deck.cards.len());
        let generator = ChaCha8Rng::seed_from_u64(seed);
        Self { deck, generator, is_open, taken: Vec::new(), relaxed: false, unseen }
    }

    pub(crate) fn cards(mut self, size: usize) -> Vec<ItemNumber> {
        let under_exposed = self.under_exposed_of(size);
        for place in 0..size {
            let purpose = if place < under_exposed { Purpose::UnderExposed } else { Purpose::Telling };
            if !self.take(purpose) {
                break;
            }
        }
        self.taken.shuffle(&mut self.generator);
        self.taken.iter().map(|taken| taken.card.number).collect()
    }

    /// A third; what does not come out even is decided by chance, so that a caller of single cards
    /// sees the same mixture.
    fn under_exposed_of(&mut self, size: usize) -> usize {
        let rest = size % UNDER_EXPOSED_ONE_IN;
        let one_more = self.generator.random_range(0..UNDER_EXPOSED_ONE_IN) < rest;
        size / UNDER_EXPOSED_ONE_IN + usize::from(one_more)
    }

    /// Takes one more card; `false` when none is left.
    fn take(&mut self, purpose: Purpose) -> bool {
        if self.take_ranked(purpose) || self.take_next() {
            return true;
        }
        if self.relaxed {
            return false;
        }
        self.relaxed = true;
        self.unseen = ShuffledPlaces::of(self.deck.cards.len());
        self.take_ranked(purpose) || self.take_next()
    }

    fn take_ranked(&mut self, purpose: Purpose) -> bool {
        match purpose {
            Purpose::UnderExposed => self.take_under_exposed(),
            Purpose::Telling => self.take_telling(),
        }
    }

    /// The least exposed of a few out of the pool, else out of all.
    fn take_under_exposed(&mut self) -> bool {
        let rank = |one: &PreparedCard, _: &mut ChaCha8Rng| one.exposures;
        let (pool, all) = (self.deck.pool, self.deck.cards.len());
        self.take_first(UNDER_EXPOSED_LOOKS, pool, rank) || self.take_first(TELLING_LOOKS, all, rank)
    }

    /// Thompson sampling: of some cards, each imagined to be as its votes allow, the one the report needs
    /// most; of equals the least voted.
    fn take_telling(&mut self) -> bool {
        let deck = self.deck;
        let rank = |one: &PreparedCard, generator: &mut ChaCha8Rng| {
            let imagined = deck.prior.draw_label(one.card.counts, deck.thresholds, generator);
            (need(one.label, imagined), one.votes)
        };
        self.take_first(TELLING_LOOKS, deck.cards.len(), rank)
    }

    /// Looks at so many cards among the first ones, and takes the one that comes first by rank among those
    /// that may be taken, if there is any.
    fn take_first<R: Ord>(
        &mut self,
        looks: usize,
        among: usize,
        rank: impl Fn(&PreparedCard, &mut ChaCha8Rng) -> R,
    ) -> bool {
        let deck = self.deck;
        let mut first: Option<(R, &'d PreparedCard)> = None;
        for _ in 0..looks.min(among) {
            let one = &deck.cards[self.generator.random_range(0..among)];
            let rank = rank(one, &mut self.generator);
            // The costlier check comes last.
            if first.as_ref().is_none_or(|(least, _)| rank < *least) && self.may_take(one) {
                first = Some((rank, one));
            }
        }
        self.taken.extend(first.as_ref().map(|(_, one)| one));
        first.is_some()
    }

    /// The next card in random order that may be taken: for somebody who has voted on nearly all, and for
    /// decks of few cards, authors or ideas.
    fn take_next(&mut self) -> bool {
        while self.relaxed || self.unseen.next < DISTINCT_LOOKS_MAX {
            let Some(place) = self.unseen.next(&mut self.generator) else { return false };
            let one = &self.deck.cards[place];
            if self.may_take(one) {
                self.taken.push(one);
                return true;
            }
        }
        false
    }

    fn may_take(&self, one: &PreparedCard) -> bool {
        let clashes = |taken: &&'d PreparedCard| {
            taken.card.number == one.card.number || (!self.relaxed && taken.card.is_like(&one.card))
        };
        !self.taken.iter().any(clashes) && (self.is_open)(one.card.number)
    }
}

/// The report's need for votes on a card whose votes so far say `label` and which may as well be what was
/// `imagined`: 0 is most.
fn need(label: Label, imagined: Label) -> u8 {
    match imagined {
        _ if imagined != label => 0,
        Label::Consensus | Label::Controversy => 1,
        _ => 2,
    }
}

/// The places of a list in random order, each once: a shuffle (Fisher and Yates) that goes no further than
/// it is asked to and notes only what it moved.
struct ShuffledPlaces {
    next: usize,
    places: usize,
    moved: HashMap<usize, usize>,
}

impl ShuffledPlaces {
    fn of(places: usize) -> Self {
        Self { next: 0, places, moved: HashMap::new() }
    }

    fn next(&mut self, generator: &mut ChaCha8Rng) -> Option<usize> {
        if self.next >= self.places {
            return None;
        }
        let place = self.next;
        self.next += 1;
        let other = generator.random_range(place..self.places);
        let displaced = self.moved.get(&place).copied().unwrap_or(place);
        Some(self.moved.insert(other, displaced).unwrap_or(other))
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::collections::BTreeSet;

    use gd_domain::{ParticipantId, Thresholds};
    use proptest::prelude::*;

    use super::*;
    use crate::Card;

    fn card(number: u32, counts: [u32; 3]) -> Card {
        Card { number: ItemNumber(number), author: None, idea: None, counts, shown: 0 }
    }

    fn deck(cards: impl IntoIterator<Item = Card>) -> Deck {
        Deck::prepare(cards.into_iter().collect(), Thresholds::default())
    }

    /// The number of cards with these numbers in so many sequences of twelve.
    fn times_shown(deck: &Deck, sequences: u64, numbers: impl Fn(u32) -> bool) -> usize {
        let drawn = (0..sequences).flat_map(|seed| deck.draw(12, seed, |_| true));
        drawn.filter(|number| numbers(number.0)).count()
    }

    proptest! {
        #[test]
        fn cards_are_open_and_each_there_once_as_long_as_there_are_any(
            cards in prop::collection::vec((prop::array::uniform3(0..40_u32), 0..90_u32, any::<bool>()), 0..150),
            size in 0..=12_usize,
            seed: u64,
        ) {
            let open = |number: ItemNumber| cards[number.0 as usize].2;
            let deck = deck((0..).zip(&cards).map(|(number, &(counts, shown, _))| Card { shown, ..card(number, counts) }));
            let drawn = deck.draw(size, seed, open);
            prop_assert!(drawn.iter().all(|&number| open(number)));
            prop_assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), drawn.len());
            prop_assert_eq!(drawn.len(), size.min(cards.iter().filter(|(.., open)| *open).count()));
            prop_assert_eq!(&drawn, &deck.draw(size, seed, open), "the seed decides");
        }

        #[test]
        fn an_author_and_an_idea_come_once_where_there_are_others(
            groups in prop::collection::vec((0..40_i64, 0..40_u64), 150..400), seed: u64,
        ) {
            let author = |author| ParticipantId::from_number(author).ok();
            // Twelve cards stand alone, so that there always is another.
            let alone = (0..12).map(|number| Card { author: author(1_000 + i64::from(number)), ..card(number, [900, 10, 10]) });
            let grouped = (12..).zip(&groups).map(|(number, &(by, idea))| Card {
                author: author(by), idea: Some(idea), ..card(number, [0; 3])
            });
            let drawn = deck(alone.chain(grouped)).draw(12, seed, |_| true);
            let places: Vec<_> = drawn.iter().filter_map(|number| (number.0 as usize).checked_sub(12)).collect();
            prop_assert_eq!(drawn.len(), 12);
            prop_assert_eq!(places.iter().map(|&place| groups[place].0).collect::<BTreeSet<_>>().len(), places.len());
            prop_assert_eq!(places.iter().map(|&place| groups[place].1).collect::<BTreeSet<_>>().len(), places.len());
        }
    }

    #[test]
    fn one_author_alone_still_fills_a_sequence() {
        let author = ParticipantId::from_number(1).ok();
        let deck = deck((0..2_000).map(|number| Card { author, ..card(number, [1, 1, 1]) }));
        assert_eq!(deck.draw(12, 1, |_| true).len(), 12);
    }

    #[test]
    fn four_of_twelve_are_among_the_least_exposed() {
        // A card shown often and answered rarely has had its chance: exposures count, not votes.
        let ignored = (0..400).map(|number| Card { shown: 500, ..card(number, [20, 0, 0]) });
        let least = (400..424).map(|number| Card { shown: 70, ..card(number, [60, 2, 2]) });
        let deck = deck(ignored.chain(least));
        for seed in 0..500 {
            let drawn = deck.draw(12, seed, |_| true);
            assert!(drawn.iter().filter(|number| number.0 >= 400).count() >= 4, "{drawn:?}");
        }
    }

    #[test]
    fn single_cards_are_the_same_mixture_as_sequences() {
        let deck =
            deck((0..300).map(|number| card(number, if number < 100 { [60, 2, 2] } else { [900, 40, 40] })));
        let least = (0..6_000).flat_map(|seed| deck.draw(1, seed, |_| true)).filter(|number| number.0 < 100);
        // A third for being least exposed; of the others nearly none is undetermined, and of equals the least
        // voted of the cards looked at is among the first hundred.
        assert!(least.count() > 5_000);
        let fair =
            (0..6_000).filter(|&seed| Draw::new(&deck, seed, |_| true).under_exposed_of(1) == 1).count();
        assert!((1_850..2_150).contains(&fair), "{fair}");
    }

    #[test]
    fn what_is_undetermined_comes_before_what_is_settled() {
        // All have as many votes; two in ten are undetermined.
        let counts = |number: u32| match number % 10 {
            0 => [121, 50, 29],
            1 => [98, 62, 40],
            _ => [185, 8, 7],
        };
        let deck = deck((0..1_000).map(|number| card(number, counts(number))));
        let undetermined = times_shown(&deck, 300, |number| number % 10 < 2);
        // The four least exposed are of any kind; most of the other eight should be these.
        assert!(undetermined > 300 * 7, "{undetermined}");
    }

    #[test]
    fn of_what_is_settled_consensus_and_controversy_come_first() {
        let counts = |number: u32| match number % 4 {
            0 => [9_000, 500, 500],
            1 => [4_700, 4_500, 800],
            2 => [500, 9_000, 500],
            _ => [1_000, 1_000, 8_000],
        };
        let deck = deck((0..1_000).map(|number| card(number, counts(number))));
        let wanted = times_shown(&deck, 300, |number| number % 4 < 2);
        assert!(wanted >= 300 * 8, "{wanted}");
    }

    #[test]
    fn every_card_gets_its_turn() {
        let deck = deck((0..60).map(|number| card(number, [5, 3, 2])));
        let seen = (0..2_000).flat_map(|seed| deck.draw(12, seed, |_| true)).collect::<BTreeSet<_>>();
        assert_eq!(seen.len(), 60);
    }

    #[test]
    fn a_draw_asks_of_few_cards_whether_they_are_open() {
        let deck = deck((0..50_000).map(|number| card(number, [number % 7, number % 3, number % 5])));
        let asked = Cell::new(0);
        let drawn = deck.draw(12, 1, |_| {
            asked.set(asked.get() + 1);
            true
        });
        assert_eq!(drawn.len(), 12);
        assert!(asked.get() < 100, "{}", asked.get());
    }
}
