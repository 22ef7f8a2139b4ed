//! Random draws of a card's true shares and label, given its votes.

use gd_domain::{Label, Thresholds};
use rand::Rng;
use rand_distr::{Distribution, Gamma};

/// The weight of the prior in votes, shared like the votes of all cards together: fewer than the prior of a
/// report ever has, so that a card's own votes soon decide.
const PRIOR_VOTES: f64 = 3.0;

/// No choice's prior weight falls below this.
const WEIGHT_MIN: f64 = 0.25;

/// A prior for the shares of agree, disagree and neutral.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prior([f64; 3]);

impl Prior {
    /// The prior after these votes on all cards.
    pub(crate) fn of(votes: [u64; 3]) -> Self {
        let votes = votes.map(|count| float(count) + 1.0);
        let all = votes.iter().sum::<f64>();
        Self(votes.map(|part| (PRIOR_VOTES * part / all).max(WEIGHT_MIN)))
    }

    /// The label at the mean of the posterior Dirichlet(prior + counts).
    pub(crate) fn label_at_mean(&self, counts: [u32; 3], thresholds: Thresholds) -> Label {
        label(self.after(counts), thresholds)
    }

    /// The label at shares drawn from the posterior: as gamma variables over their sum.
    pub(crate) fn draw_label(
        &self,
        counts: [u32; 3],
        thresholds: Thresholds,
        generator: &mut impl Rng,
    ) -> Label {
        let gamma = |shape| Gamma::new(shape, 1.0).expect("prior weights are positive and counts finite");
        label(self.after(counts).map(|shape| gamma(shape).sample(generator)), thresholds)
    }

    fn after(&self, counts: [u32; 3]) -> [f64; 3] {
        [0, 1, 2].map(|choice| self.0[choice] + f64::from(counts[choice]))
    }
}

fn label(parts: [f64; 3], thresholds: Thresholds) -> Label {
    let all = parts.iter().sum::<f64>();
    thresholds.label_at(parts[0] / all, parts[1] / all)
}

#[expect(clippy::cast_precision_loss, reason = "votes are far below 2^52")]
fn float(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    /// The number of draws of a thousand that give this label.
    fn drawn(counts: [u32; 3], wanted: Label) -> usize {
        let mut generator = ChaCha8Rng::seed_from_u64(5);
        let prior = Prior::of([700, 200, 100]);
        let thresholds = Thresholds::default();
        let draws = (0..1_000).map(|_| prior.draw_label(counts, thresholds, &mut generator));
        draws.filter(|label| *label == wanted).count()
    }

    #[test]
    fn draws_scatter_as_much_as_the_votes_allow() {
        // 70 of 100 agree, 22 do not: 3 % from where it stops being a consensus, at a deviation of 4 %.
        let few = drawn([14, 4, 2], Label::Consensus);
        let some = drawn([70, 22, 8], Label::Consensus);
        let many = drawn([1_400, 440, 160], Label::Consensus);
        assert!((550..750).contains(&few) && (700..850).contains(&some), "{few} {some}");
        assert!(many > 990, "{many}");
        // Without votes, every label is possible.
        for label in Label::REGIONS {
            assert!(drawn([0; 3], label) > 5, "{label}");
        }
    }

    #[test]
    fn a_choice_nobody_made_stays_possible() {
        assert!(drawn([0, 0, 3], Label::Indifference) > 500);
        assert!(Prior::of([0, 0, u64::from(u32::MAX)]).0.iter().all(|weight| *weight >= WEIGHT_MIN));
        assert_eq!(
            Prior::of([0; 3]).label_at_mean([u32::MAX, 0, 0], Thresholds::default()),
            Label::Consensus
        );
    }
}
