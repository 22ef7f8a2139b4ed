//! Seeded draws for tests: what the exact computations are checked against.

use gd_report::Dirichlet;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

pub(crate) fn generator(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// Shares of agree, disagree and neutral drawn from a Dirichlet distribution.
pub(crate) fn shares(generator: &mut ChaCha8Rng, weights: Dirichlet) -> [f64; 3] {
    let parts = [weights.agree, weights.disagree, weights.neutral].map(|shape| gamma(generator, shape));
    let sum = parts.iter().sum::<f64>();
    parts.map(|part| part / sum)
}

/// `total` votes drawn from these shares.
pub(crate) fn votes(generator: &mut ChaCha8Rng, shares: [f64; 3], total: u64) -> [u64; 3] {
    let mut counts = [0; 3];
    for _ in 0..total {
        let place = generator.random::<f64>();
        let choice = usize::from(place >= shares[0]) + usize::from(place >= shares[0] + shares[1]);
        counts[choice] += 1;
    }
    counts
}

/// `proposals` counts of `ballots` votes each, on truths drawn from one public.
pub(crate) fn drawn(seed: u64, public: Dirichlet, proposals: usize, ballots: u64) -> Vec<[u64; 3]> {
    let mut generator = generator(seed);
    let mut draw = || {
        let truth = shares(&mut generator, public);
        votes(&mut generator, truth, ballots)
    };
    (0..proposals).map(|_| draw()).collect()
}

/// Marsaglia and Tsang (2000); a shape below 1 is lifted by one and pulled back by a power.
fn gamma(generator: &mut ChaCha8Rng, shape: f64) -> f64 {
    if shape < 1.0 {
        let lifted = gamma(generator, shape + 1.0);
        return lifted * generator.random::<f64>().powf(1.0 / shape);
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let normal = normal(generator);
        let v = (1.0 + c * normal).powi(3);
        let u: f64 = generator.random();
        if v > 0.0 && u.ln() < 0.5 * normal * normal + d - d * v + d * v.ln() {
            return d * v;
        }
    }
}

/// Box and Muller (1958).
fn normal(generator: &mut ChaCha8Rng) -> f64 {
    let (u, v): (f64, f64) = (generator.random(), generator.random());
    (-2.0 * (1.0 - u).ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}
