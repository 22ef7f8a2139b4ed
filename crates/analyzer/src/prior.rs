//! The prior of the labels: a Dirichlet distribution fitted to the consultation (empirical Bayes).
//!
//! The fit maximises the Dirichlet-multinomial likelihood of the counts times a weak prior of the strength
//! α₀ = Σα, by a fixed point that never decreases it; docs/METHOD.md, "The prior of the labels".

use serde::{Deserialize, Serialize};
use statrs::function::gamma::digamma;

/// Fewer published proposals with two ballots or more than this say too little about their spread.
pub(crate) const PROPOSALS_FITTED_MIN: usize = 30;

/// No share's weight falls below this, so that what nobody said yet stays possible.
const WEIGHT_MIN: f64 = 0.01;

/// Stop when no weight moves by more than this part of itself.
const STEP_MIN: f64 = 1e-9;
const ROUNDS_MAX: u32 = 2_000;

/// Weights of a Dirichlet distribution of (agree, disagree, neutral) shares.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dirichlet {
    /// Weight of agree.
    pub agree: f64,
    /// Weight of disagree.
    pub disagree: f64,
    /// Weight of neutral.
    pub neutral: f64,
}

impl Dirichlet {
    /// Jeffreys' prior: half a vote each.
    pub const JEFFREYS: Self = Self { agree: 0.5, disagree: 0.5, neutral: 0.5 };

    /// What is believed after these counts of agree, disagree and neutral.
    #[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
    #[must_use]
    pub fn after(self, counts: [u64; 3]) -> Self {
        Self {
            agree: self.agree + counts[0] as f64,
            disagree: self.disagree + counts[1] as f64,
            neutral: self.neutral + counts[2] as f64,
        }
    }
}

/// The prior for these counts per proposal, and whether it is fitted (else Jeffreys').
pub(crate) fn fit(counts: &[[u64; 3]]) -> (Dirichlet, bool) {
    let telling: Vec<[u64; 3]> = counts.iter().copied().filter(|one| total(*one) >= 2).collect();
    if telling.len() < PROPOSALS_FITTED_MIN {
        return (Dirichlet::JEFFREYS, false);
    }
    let likelihood = Likelihood::of(&telling);
    let mut weights = likelihood.start(&telling);
    for _ in 0..ROUNDS_MAX {
        let next = likelihood.leap(weights);
        let step = (0..3).map(|k| (next[k] / weights[k] - 1.0).abs()).fold(0.0, f64::max);
        weights = next;
        if step < STEP_MIN {
            break;
        }
    }
    (Dirichlet { agree: weights[0], disagree: weights[1], neutral: weights[2] }, true)
}

fn total(counts: [u64; 3]) -> u64 {
    counts.iter().sum()
}

/// The counts as the likelihood needs them: how often each number of votes occurs.
struct Likelihood {
    /// Per choice: (votes, proposals with that many), increasing.
    choices: [Vec<(f64, f64)>; 3],
    totals: Vec<(f64, f64)>,
    /// Votes of the proposal in the middle: the strength that the weak prior finds as likely as more.
    usual_total: f64,
}

impl Likelihood {
    fn of(counts: &[[u64; 3]]) -> Self {
        let choice = |k: usize| frequencies(counts.iter().map(|one| one[k]).collect());
        let mut totals: Vec<u64> = counts.iter().map(|one| total(*one)).collect();
        totals.sort_unstable();
        #[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
        let usual_total = totals[totals.len() / 2] as f64;
        Self { choices: [choice(0), choice(1), choice(2)], totals: frequencies(totals), usual_total }
    }

    /// The overall shares, with the strength of ten votes.
    #[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
    fn start(&self, counts: &[[u64; 3]]) -> [f64; 3] {
        let sum = |k: usize| counts.iter().map(|one| one[k]).sum::<u64>() as f64 + 0.5;
        let all = sum(0) + sum(1) + sum(2);
        [0, 1, 2].map(|k| (10.0 * sum(k) / all).max(WEIGHT_MIN))
    }

    /// One step of the fixed point: αₖ ← αₖ · Σᵢ[ψ(nᵢₖ+αₖ) − ψ(αₖ)] / (Σᵢ[ψ(nᵢ+α₀) − ψ(α₀)] + 2/(z₀+α₀)).
    fn step(&self, weights: [f64; 3]) -> [f64; 3] {
        let strength = weights.iter().sum::<f64>();
        let below = gain(&self.totals, strength) + 2.0 / (self.usual_total + strength);
        [0, 1, 2].map(|k| (weights[k] * gain(&self.choices[k], weights[k]) / below).max(WEIGHT_MIN))
    }

    /// Two steps, extrapolated along their common direction on the logarithmic scale where that does
    /// not overshoot (Varadhan & Roland 2008), then one more step.
    fn leap(&self, weights: [f64; 3]) -> [f64; 3] {
        let first = self.step(weights);
        let second = self.step(first);
        let moved = [0, 1, 2].map(|k| (first[k] / weights[k]).ln());
        let turned = [0, 1, 2].map(|k| (second[k] / first[k]).ln() - moved[k]);
        let norm = |vector: [f64; 3]| vector.iter().map(|part| part * part).sum::<f64>().sqrt();
        if norm(turned) < 1e-14 {
            return second;
        }
        let stride = (norm(moved) / norm(turned)).clamp(1.0, 64.0);
        let leapt = [0, 1, 2].map(|k| {
            let ln = weights[k].ln() + 2.0 * stride * moved[k] + stride * stride * turned[k];
            ln.exp().clamp(WEIGHT_MIN, 1e9)
        });
        let landed = self.step(leapt);
        if self.ln(landed) >= self.ln(second) { landed } else { second }
    }

    /// ln of the likelihood times the weak prior of the strength, up to a constant.
    fn ln(&self, weights: [f64; 3]) -> f64 {
        use statrs::function::gamma::ln_gamma;
        let rise = |frequencies: &[(f64, f64)], weight: f64| {
            let start = ln_gamma(weight);
            frequencies.iter().map(|(n, times)| times * (ln_gamma(n + weight) - start)).sum::<f64>()
        };
        let strength = weights.iter().sum::<f64>();
        let choices = (0..3).map(|k| rise(&self.choices[k], weights[k])).sum::<f64>();
        choices - rise(&self.totals, strength) - 2.0 * (self.usual_total + strength).ln()
    }
}

/// Σ times · [ψ(n + weight) − ψ(weight)].
fn gain(frequencies: &[(f64, f64)], weight: f64) -> f64 {
    let start = digamma(weight);
    frequencies.iter().map(|(n, times)| times * (digamma(n + weight) - start)).sum()
}

#[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
fn frequencies(mut values: Vec<u64>) -> Vec<(f64, f64)> {
    values.sort_unstable();
    values.chunk_by(|one, next| one == next).map(|equal| (equal[0] as f64, equal.len() as f64)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sampling::{generator, shares, votes};

    fn drawn(weights: Dirichlet, proposals: usize, ballots: u64) -> Vec<[u64; 3]> {
        let mut generator = generator(11);
        let mut draw = || {
            let truth = shares(&mut generator, weights);
            votes(&mut generator, truth, ballots)
        };
        (0..proposals).map(|_| draw()).collect()
    }

    #[test]
    fn the_weights_that_made_the_votes_are_found_again() {
        let truth = Dirichlet { agree: 5.0, disagree: 1.5, neutral: 2.5 };
        let (found, fitted) = fit(&drawn(truth, 4_000, 60));
        assert!(fitted);
        for (one, other) in
            [(found.agree, truth.agree), (found.disagree, truth.disagree), (found.neutral, truth.neutral)]
        {
            assert!((one / other - 1.0).abs() < 0.06, "{found:?}");
        }
    }

    #[test]
    fn no_neighbour_of_the_fit_is_likelier() {
        let counts = drawn(Dirichlet { agree: 2.0, disagree: 0.6, neutral: 1.0 }, 200, 25);
        let (found, _) = fit(&counts);
        let likelihood = Likelihood::of(&counts);
        let weights = [found.agree, found.disagree, found.neutral];
        let best = likelihood.ln(weights);
        for choice in 0..3 {
            for factor in [0.99, 0.999, 1.001, 1.01] {
                let mut neighbour = weights;
                neighbour[choice] *= factor;
                assert!(likelihood.ln(neighbour) < best, "{choice} × {factor}: {found:?}");
            }
        }
    }

    #[test]
    fn few_proposals_leave_jeffreys_prior() {
        let counts = vec![[5, 3, 2]; PROPOSALS_FITTED_MIN - 1];
        assert_eq!(fit(&counts), (Dirichlet::JEFFREYS, false));
        let single_votes = vec![[1, 0, 0]; 500];
        assert_eq!(fit(&single_votes), (Dirichlet::JEFFREYS, false));
    }

    #[test]
    fn proposals_all_alike_give_a_strong_prior_that_stays_finite() {
        let (found, fitted) = fit(&vec![[12, 4, 4]; 40]);
        let strength = found.agree + found.disagree + found.neutral;
        assert!(fitted && strength > 20.0 && strength < 1e5, "{found:?}");
        assert!((found.agree / strength - 0.6).abs() < 0.02, "{found:?}");
    }

    #[test]
    fn what_nobody_said_stays_possible() {
        let (found, fitted) = fit(&vec![[0, 0, 30]; 40]);
        assert!(fitted && found.agree >= WEIGHT_MIN && found.disagree >= WEIGHT_MIN, "{found:?}");
        assert!(found.neutral.is_finite() && found.neutral > found.agree, "{found:?}");
    }
}
