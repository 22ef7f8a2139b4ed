//! A consultation to replay: what people would truly say of each proposal, when proposals arrive, who comes
//! and how long they stay. Known to the policies only through votes.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, LogNormal};

/// The size of a consultation.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub proposals: usize,
    pub people: usize,
    pub votes_per_person: f64,
}

/// One consultation; times are parts of its length, from 0 to 1.
pub struct World {
    /// Shares of agree, disagree and neutral of each proposal, in the order of their arrival.
    pub truths: Vec<[f64; 3]>,
    /// The arrival time of each proposal, increasing.
    pub arrivals: Vec<f64>,
    /// The author of each proposal.
    pub authors: Vec<i64>,
    /// The visits, ordered by time.
    pub visits: Vec<Visit>,
}

/// One person who comes once.
#[derive(Clone, Copy, Debug)]
pub struct Visit {
    pub at: f64,
    /// Answers they give before they leave.
    pub votes: usize,
}

/// Spread of ln(votes per person): half of the people give fewer than 6 votes of a mean of 10, one in a
/// hundred more than 70.
const STAY_SPREAD: f64 = 1.05;

impl World {
    /// Every proposal truly is like one of these, drawn at random.
    pub fn draw(truths: &[[f64; 3]], size: Size, seed: u64) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        let mut arrivals: Vec<f64> = (0..size.proposals).map(|_| generator.random()).collect();
        arrivals.sort_by(f64::total_cmp);
        let truths = (0..size.proposals).map(|_| truths[generator.random_range(0..truths.len())]).collect();
        // One author in a few writes several: the square of an even draw leans to the first ones.
        let authors = (0..size.proposals).map(|_| {
            let place: f64 = generator.random();
            (place * place * size.proposals as f64) as i64
        });
        let authors = authors.collect();
        let stay = LogNormal::new(size.votes_per_person.ln() - STAY_SPREAD * STAY_SPREAD / 2.0, STAY_SPREAD);
        let stay = stay.unwrap();
        let mut visits: Vec<Visit> = (0..size.people)
            .map(|_| Visit {
                at: generator.random(),
                votes: stay.sample(&mut generator).round().max(1.0) as usize,
            })
            .collect();
        visits.sort_by(|one, other| one.at.total_cmp(&other.at));
        Self { truths, arrivals, authors, visits }
    }
}
