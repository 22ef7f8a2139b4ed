//! The likelihood of Dirichlet weights α given the counts of a whole consultation, and its greatest value.
//!
//! The Dirichlet-multinomial likelihood times a weak prior of the strength α₀ = Σα; docs/METHOD.md,
//! "The prior of the labels". Knows nothing of what the weights are used for.

use statrs::function::gamma::{digamma, ln_gamma};

/// No share's weight falls below this, so that what nobody said yet stays possible.
pub(crate) const WEIGHT_MIN: f64 = 0.01;

/// The search ends when no weight moves by more than this part of itself.
const STEP_MIN: f64 = 1e-10;
const ROUNDS_MAX: u32 = 2_000;

/// Longest step of Newton's method, as a change of ln α.
const NEWTON_STEP_MAX: f64 = 1.0;

/// The counts as the likelihood needs them: how often each number of votes occurs.
pub(crate) struct Likelihood {
    /// Per choice: (votes, proposals with that many), increasing.
    choices: [Vec<(f64, f64)>; 3],
    totals: Vec<(f64, f64)>,
    /// Votes of the proposal in the middle (of an even number of proposals, the one above the middle): the
    /// strength that the weak prior finds as likely as more.
    usual_total: f64,
    /// The overall shares.
    shares: [f64; 3],
}

/// First and second derivatives by ln α. The matrix is a diagonal plus `bend`·ααᵀ.
struct Derivatives {
    first: [f64; 3],
    diagonal: [f64; 3],
    bend: f64,
}

impl Likelihood {
    #[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
    pub(crate) fn of(counts: &[[u64; 3]]) -> Self {
        let choice = |k: usize| frequencies(counts.iter().map(|one| one[k]).collect());
        let mut totals: Vec<u64> = counts.iter().map(|one| one.iter().sum()).collect();
        totals.sort_unstable();
        let usual_total = totals[totals.len() / 2] as f64;
        let sum = |k: usize| counts.iter().map(|one| one[k]).sum::<u64>() as f64 + 0.5;
        let all = sum(0) + sum(1) + sum(2);
        let shares = [0, 1, 2].map(|k| sum(k) / all);
        Self { choices: [choice(0), choice(1), choice(2)], totals: frequencies(totals), usual_total, shares }
    }

    /// The weights that make the counts likeliest: Newton's steps where they help, else steps of the fixed
    /// point, which never go down. Starts from the overall shares with the strength of ten votes.
    pub(crate) fn greatest(&self) -> [f64; 3] {
        let mut weights = self.shares.map(|share| (10.0 * share).max(WEIGHT_MIN));
        for _ in 0..ROUNDS_MAX {
            let next = self.newton(weights).unwrap_or_else(|| self.leap(weights));
            let step = (0..3).map(|k| (next[k] / weights[k] - 1.0).abs()).fold(0.0, f64::max);
            weights = next;
            if step < STEP_MIN {
                break;
            }
        }
        weights
    }

    /// The step of Newton's method, if it goes up and flattens the slope.
    fn newton(&self, weights: [f64; 3]) -> Option<[f64; 3]> {
        let here = self.derivatives(weights);
        let free = here.free(weights);
        let part = |k: usize, value: f64| if free[k] { value / here.diagonal[k] } else { 0.0 };
        let slopes = [0, 1, 2].map(|k| part(k, here.first[k]));
        let turns = [0, 1, 2].map(|k| part(k, weights[k]));
        let dot = |vector: [f64; 3]| (0..3).map(|k| weights[k] * vector[k]).sum::<f64>();
        // (D + bend·ααᵀ)⁻¹ by Sherman and Morrison.
        let common = here.bend * dot(slopes) / (1.0 + here.bend * dot(turns));
        let next = [0, 1, 2].map(|k| {
            let step = turns[k] * common - slopes[k];
            (weights[k] * step.clamp(-NEWTON_STEP_MAX, NEWTON_STEP_MAX).exp()).max(WEIGHT_MIN)
        });
        let there = self.derivatives(next);
        let flatter = there.slope(next) < 0.5 * here.slope(weights);
        (flatter && self.ln(next) >= self.ln(weights) - LN_NOISE).then_some(next)
    }

    fn derivatives(&self, weights: [f64; 3]) -> Derivatives {
        let strength = weights.iter().sum::<f64>();
        let hold = self.usual_total + strength;
        let pull = gain(&self.totals, strength) + 2.0 / hold;
        let first = [0, 1, 2].map(|k| weights[k] * (gain(&self.choices[k], weights[k]) - pull));
        let bend = 2.0 / (hold * hold) - gain_slope(&self.totals, strength);
        let diagonal =
            [0, 1, 2].map(|k| weights[k] * weights[k] * gain_slope(&self.choices[k], weights[k]) + first[k]);
        Derivatives { first, diagonal, bend }
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
        let rise = |frequencies: &[(f64, f64)], weight: f64| {
            let start = ln_gamma(weight);
            frequencies.iter().map(|(n, times)| times * (ln_gamma(n + weight) - start)).sum::<f64>()
        };
        let strength = weights.iter().sum::<f64>();
        let choices = (0..3).map(|k| rise(&self.choices[k], weights[k])).sum::<f64>();
        choices - rise(&self.totals, strength) - 2.0 * (self.usual_total + strength).ln()
    }
}

/// The likelihood is a sum of many large terms: less than this is no difference.
const LN_NOISE: f64 = 1e-6;

impl Derivatives {
    /// Weights that may move: all but those held at their least value.
    fn free(&self, weights: [f64; 3]) -> [bool; 3] {
        [0, 1, 2].map(|k| weights[k] > WEIGHT_MIN || self.first[k] > 0.0)
    }

    fn slope(&self, weights: [f64; 3]) -> f64 {
        let free = self.free(weights);
        (0..3).map(|k| if free[k] { self.first[k].abs() } else { 0.0 }).fold(0.0, f64::max)
    }
}

/// Σ times · [ψ(n + weight) − ψ(weight)].
fn gain(frequencies: &[(f64, f64)], weight: f64) -> f64 {
    let start = digamma(weight);
    frequencies.iter().map(|(n, times)| times * (digamma(n + weight) - start)).sum()
}

/// Its derivative by the weight.
fn gain_slope(frequencies: &[(f64, f64)], weight: f64) -> f64 {
    let start = trigamma(weight);
    frequencies.iter().map(|(n, times)| times * (trigamma(n + weight) - start)).sum()
}

/// ψ′: lifted to 12 by ψ′(x) = ψ′(x + 1) + 1/x², then its asymptotic series.
fn trigamma(mut x: f64) -> f64 {
    let mut below = 0.0;
    while x < 12.0 {
        below += 1.0 / (x * x);
        x += 1.0;
    }
    let y = 1.0 / (x * x);
    let series = 1.0 / 6.0 - y * (1.0 / 30.0 - y * (1.0 / 42.0 - y * (1.0 / 30.0 - y * 5.0 / 66.0)));
    below + 1.0 / x + y / 2.0 + y / x * series
}

#[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
fn frequencies(mut values: Vec<u64>) -> Vec<(f64, f64)> {
    values.sort_unstable();
    values.chunk_by(|one, next| one == next).map(|equal| (equal[0] as f64, equal.len() as f64)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dirichlet;
    use crate::sampling::drawn;

    #[test]
    fn no_neighbour_of_the_greatest_is_likelier() {
        let wide = drawn(11, Dirichlet { agree: 2.0, disagree: 0.6, neutral: 1.0 }, 200, 25);
        let narrow = drawn(12, Dirichlet { agree: 90.0, disagree: 30.0, neutral: 24.0 }, 60, 12);
        for counts in [wide, narrow, vec![[12, 4, 4]; 40]] {
            let likelihood = Likelihood::of(&counts);
            let found = likelihood.greatest();
            let best = likelihood.ln(found);
            for choice in 0..3 {
                for factor in [0.99, 0.999, 1.001, 1.01] {
                    let mut neighbour = found;
                    neighbour[choice] *= factor;
                    assert!(likelihood.ln(neighbour) < best, "{choice} × {factor}: {found:?}");
                }
            }
        }
    }

    #[test]
    fn the_search_ends_where_the_slope_is_rounding() {
        for counts in [vec![[12, 4, 4]; 40], vec![[40, 2, 3]; 400], vec![[3, 0, 1]; 31], vec![[0, 0, 30]; 40]]
        {
            let likelihood = Likelihood::of(&counts);
            let found = likelihood.greatest();
            let slope = likelihood.derivatives(found).slope(found);
            assert!(slope < 1e-7, "{found:?}: {slope}");
        }
    }

    #[test]
    fn trigamma_matches_closed_forms() {
        let pi_squared = std::f64::consts::PI.powi(2);
        for (x, expected) in [(1.0, pi_squared / 6.0), (0.5, pi_squared / 2.0), (2.0, pi_squared / 6.0 - 1.0)]
        {
            assert!((trigamma(x) - expected).abs() < 1e-12, "{x}: {} for {expected}", trigamma(x));
        }
    }
}
