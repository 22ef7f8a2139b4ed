//! Replays a consultation under a policy.

use std::collections::HashSet;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::world::World;

/// Cards of a sequence.
pub const SEQUENCE: usize = 12;

/// Share of the cards seen that are passed over without an answer.
const PASSED_OVER: f64 = 0.1;

/// The votes and exposures so far: all that a policy may know. A proposal's place is its place by arrival.
#[derive(Clone, Default)]
pub struct VotesSoFar {
    /// Proposals there are so far: these places and no others.
    pub published: usize,
    pub counts: Vec<[u32; 3]>,
    pub shown: Vec<u32>,
}

impl VotesSoFar {
    /// Votes on each place.
    pub fn votes(&self) -> Vec<u32> {
        self.counts.iter().map(|counts| counts.iter().sum()).collect()
    }
}

/// A policy decides which cards are shown next.
pub trait Policy {
    /// Up to [`SEQUENCE`] places that are not in `had`, in the order they are shown.
    fn serve(&mut self, seen: &VotesSoFar, had: &HashSet<usize>, generator: &mut ChaCha8Rng) -> Vec<usize>;
}

/// Lets everybody come and vote by the truth; what was seen in the end.
pub fn replay(world: &World, policy: &mut impl Policy, start: u64) -> VotesSoFar {
    let mut generator = ChaCha8Rng::seed_from_u64(start);
    let places = world.truths.len();
    let mut seen = VotesSoFar { published: 0, counts: vec![[0; 3]; places], shown: vec![0; places] };
    for visit in &world.visits {
        while seen.published < places && world.arrivals[seen.published] <= visit.at {
            seen.published += 1;
        }
        let mut had = HashSet::new();
        let mut left = visit.votes;
        while left > 0 {
            let cards = policy.serve(&seen, &had, &mut generator);
            if cards.is_empty() {
                break;
            }
            for &place in &cards {
                assert!(place < seen.published && had.insert(place), "served twice, or too early");
                seen.shown[place] += 1;
            }
            // A person leaves in the middle of a sequence.
            for place in cards {
                if left == 0 {
                    break;
                }
                if generator.random::<f64>() >= PASSED_OVER {
                    seen.counts[place][choice(world.truths[place], &mut generator)] += 1;
                    left -= 1;
                }
            }
        }
    }
    seen
}

fn choice([agree, disagree, _]: [f64; 3], generator: &mut ChaCha8Rng) -> usize {
    let place = generator.random::<f64>();
    usize::from(place >= agree) + usize::from(place >= agree + disagree)
}
