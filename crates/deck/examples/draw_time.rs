//! Measures the time to draw twelve cards at 50,000 published proposals, and to prepare their deck:
//! `cargo run --release -p gd-deck --example draw_time`.
#![expect(clippy::unwrap_used, reason = "figures for a table: what is wrong may stop them")]

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

use gd_deck::{Card, Deck};
use gd_domain::{ItemNumber, ParticipantId, Thresholds};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const CARDS: u32 = 50_000;
const DRAWS: u64 = 20_000;

fn main() {
    let mut generator = ChaCha8Rng::seed_from_u64(1);
    let cards: Vec<Card> = (0..CARDS).map(|number| card(number, &mut generator)).collect();
    let mut prepared: Vec<Duration> =
        (0..100).map(|_| time(|| Deck::prepare(cards.clone(), Thresholds::default()))).collect();
    print("prepare", &mut prepared);

    let deck = Deck::prepare(cards, Thresholds::default());
    let fresh = BTreeSet::new();
    // Somebody who has voted on half of everything.
    let busy: BTreeSet<ItemNumber> = (0..CARDS).filter(|number| number % 2 == 0).map(ItemNumber).collect();
    for (name, had) in [("draw, somebody new", &fresh), ("draw, half voted on", &busy)] {
        let mut draws: Vec<Duration> =
            (0..DRAWS).map(|seed| time(|| deck.draw(12, seed, |number| !had.contains(&number)))).collect();
        print(name, &mut draws);
    }
}

fn card(number: u32, generator: &mut ChaCha8Rng) -> Card {
    let counts = [60, 25, 20].map(|most| generator.random_range(0..=most));
    Card {
        number: ItemNumber(number),
        author: Some(ParticipantId::from_number(generator.random_range(0..30_000)).unwrap()),
        idea: Some(generator.random_range(0..40_000)),
        counts,
        shown: generator.random_range(0..200),
    }
}

/// The shortest of five runs of the same work: what else the machine does is left out.
fn time<T>(work: impl Fn() -> T) -> Duration {
    let once = || {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    (0..5).map(|_| once()).min().unwrap_or_default()
}

fn print(name: &str, durations: &mut [Duration]) {
    durations.sort_unstable();
    let at = |part: usize| durations[(durations.len() * part / 1_000).min(durations.len() - 1)];
    println!("{name}: median {:?}, 99 % {:?}, 99.9 % {:?}", at(500), at(990), at(999));
}
