//! The three ways to choose cards.

use std::collections::HashSet;

use gd_deck::{Card, Deck};
use gd_domain::{ItemNumber, ParticipantId, Thresholds};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Gamma};

use crate::replay::{Policy, SEQUENCE, VotesSoFar};

/// Sequences drawn from one state of votes: servers refresh theirs once a second, and a busy one draws many.
const DRAWN_FROM_ONE_STATE: u32 = 25;

/// Ours: the very deck the servers draw from.
pub struct Ours {
    authors: Vec<i64>,
    deck: Option<Deck>,
    drawn: u32,
}

impl Ours {
    pub fn new(authors: Vec<i64>) -> Self {
        Self { authors, deck: None, drawn: 0 }
    }

    fn prepare(&self, seen: &VotesSoFar) -> Deck {
        let card = |place: usize| Card {
            number: ItemNumber(u32::try_from(place).unwrap()),
            author: ParticipantId::from_number(self.authors[place]).ok(),
            idea: None,
            counts: seen.counts[place],
            shown: seen.shown[place],
        };
        Deck::prepare((0..seen.published).map(card).collect(), Thresholds::default())
    }
}

impl Policy for Ours {
    fn serve(&mut self, seen: &VotesSoFar, had: &HashSet<usize>, generator: &mut ChaCha8Rng) -> Vec<usize> {
        if self.drawn.is_multiple_of(DRAWN_FROM_ONE_STATE) {
            self.deck = Some(self.prepare(seen));
        }
        self.drawn += 1;
        let deck = self.deck.as_ref().expect("prepared before the first draw");
        let drawn = deck.draw(SEQUENCE, generator.random(), |number| !had.contains(&(number.0 as usize)));
        drawn.into_iter().map(|number| number.0 as usize).collect()
    }
}

/// Every card as likely as any other.
pub struct Uniform;

impl Policy for Uniform {
    fn serve(&mut self, seen: &VotesSoFar, had: &HashSet<usize>, generator: &mut ChaCha8Rng) -> Vec<usize> {
        let wanted = SEQUENCE.min(seen.published - had.len().min(seen.published));
        let mut cards = Vec::new();
        while cards.len() < wanted {
            let place = generator.random_range(0..seen.published);
            if !had.contains(&place) && !cards.contains(&place) {
                cards.push(place);
            }
        }
        cards
    }
}

/// Make.org's rule: of twelve four new ones (fewer than ten votes), the newest first; one controversy and
/// seven consensus, ranked by scores drawn from what the votes allow, each time the least voted of the
/// first ten.
#[derive(Default)]
pub struct MakeOrg {
    /// Places by score drawn, greatest first, of those whose zone drawn was a controversy.
    controversial: Vec<usize>,
    /// The same of all others, consensus first.
    top: Vec<usize>,
    drawn: u32,
}

const NEW_VOTES_MAX: u32 = 10;
const NEW_CARDS: usize = 4;
const CONTROVERSIES: usize = 1;
const RANKED_FIRST: usize = 10;

impl MakeOrg {
    /// Draws zone and score of every tested proposal.
    fn rank(&mut self, seen: &VotesSoFar, generator: &mut ChaCha8Rng) {
        let (mut controversial, mut top) = (Vec::new(), Vec::new());
        for place in (0..seen.published).filter(|&place| votes(seen, place) >= NEW_VOTES_MAX) {
            let counts = seen.counts[place].map(|count| f64::from(count) + 1.0 / 3.0);
            let parts = counts.map(|shape| Gamma::new(shape, 1.0).unwrap().sample(generator));
            let all = parts.iter().sum::<f64>();
            let [agree, disagree, neutral] = parts.map(|part| part / all);
            let carried = |side: f64, other: f64| side >= 0.6 || (neutral < 0.4 && other < 0.15);
            let consensus = carried(agree, disagree);
            if !consensus && !carried(disagree, agree) && neutral < 0.4 {
                controversial.push((agree.min(disagree), place));
            } else {
                top.push((f64::from(u8::from(consensus)) + agree, place));
            }
        }
        let ranked = |mut scored: Vec<(f64, usize)>| {
            scored.sort_by(|one, other| other.0.total_cmp(&one.0));
            scored.into_iter().map(|(_, place)| place).collect()
        };
        (self.controversial, self.top) = (ranked(controversial), ranked(top));
    }
}

impl Policy for MakeOrg {
    fn serve(&mut self, seen: &VotesSoFar, had: &HashSet<usize>, generator: &mut ChaCha8Rng) -> Vec<usize> {
        if self.drawn.is_multiple_of(DRAWN_FROM_ONE_STATE) {
            self.rank(seen, generator);
        }
        self.drawn += 1;
        let newest = (0..seen.published).rev().filter(|place| !had.contains(place));
        let mut cards: Vec<usize> =
            newest.filter(|&place| votes(seen, place) < NEW_VOTES_MAX).take(NEW_CARDS).collect();
        take_ranked(&mut cards, &self.controversial, CONTROVERSIES, seen, had);
        let wanted = SEQUENCE - cards.len();
        take_ranked(&mut cards, &self.top, wanted, seen, had);
        let wanted = SEQUENCE - cards.len();
        take_ranked(&mut cards, &self.controversial, wanted, seen, had);
        // At the very beginning nothing is tested yet.
        let rest = (0..seen.published).rev().filter(|place| !had.contains(place) && !cards.contains(place));
        let rest: Vec<usize> = rest.take(SEQUENCE - cards.len()).collect();
        cards.extend(rest);
        for place in (1..cards.len()).rev() {
            cards.swap(place, generator.random_range(0..=place));
        }
        cards
    }
}

fn take_ranked(
    cards: &mut Vec<usize>,
    ranked: &[usize],
    wanted: usize,
    seen: &VotesSoFar,
    had: &HashSet<usize>,
) {
    for _ in 0..wanted {
        let open = ranked.iter().filter(|place| !had.contains(place) && !cards.contains(place));
        let Some(&least) = open.take(RANKED_FIRST).min_by_key(|&&place| votes(seen, place)) else { return };
        cards.push(least);
    }
}

fn votes(seen: &VotesSoFar, place: usize) -> u32 {
    seen.counts[place].iter().sum()
}
