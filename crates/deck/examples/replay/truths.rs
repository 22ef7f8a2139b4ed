//! True shares of agree, disagree and neutral for each proposal.

use gd_analyzer::Dirichlet;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Gamma};

/// The clouds fitted to four real consultations (the priors of their reports), each with how many of its
/// proposals had 100 votes or more.
const CLOUDS: [(f64, Dirichlet); 4] = [
    (569.0, Dirichlet { agree: 5.4, disagree: 2.2, neutral: 4.7 }),
    (101.0, Dirichlet { agree: 3.3, disagree: 0.9, neutral: 1.1 }),
    (97.0, Dirichlet { agree: 6.2, disagree: 2.3, neutral: 1.7 }),
    (16.0, Dirichlet { agree: 6.8, disagree: 5.0, neutral: 3.3 }),
];

/// So many shares drawn from the clouds of real consultations, for where their files are not at hand.
pub fn fitted(how_many: usize) -> Vec<[f64; 3]> {
    let mut generator = ChaCha8Rng::seed_from_u64(0);
    let mut shares = || {
        let cloud = cloud(generator.random());
        let parts = [cloud.agree, cloud.disagree, cloud.neutral]
            .map(|shape| Gamma::new(shape, 1.0).unwrap().sample(&mut generator));
        let all = parts.iter().sum::<f64>();
        parts.map(|part| part / all)
    };
    (0..how_many).map(|_| shares()).collect()
}

/// The cloud at a place between 0 and 1.
fn cloud(place: f64) -> Dirichlet {
    let mut left = place * CLOUDS.iter().map(|(weight, _)| weight).sum::<f64>();
    for (weight, cloud) in CLOUDS {
        left -= weight;
        if left < 0.0 {
            return cloud;
        }
    }
    CLOUDS[0].1
}
