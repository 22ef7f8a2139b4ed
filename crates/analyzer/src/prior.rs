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
