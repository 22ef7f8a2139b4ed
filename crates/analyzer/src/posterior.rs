//! The posterior probability that a proposal's true shares lie in each label's region.
//!
//! With (agree, disagree, neutral) ~ Dirichlet(α), n = neutral follows Beta(αₙ, αₐ + α_d) and, apart from
//! it, u = agree / (agree + disagree) follows Beta(αₐ, α_d). At a given n every region is an interval of u,
//! so one integral over n of differences of Beta probabilities is exact; docs/METHOD.md, "Labels".

use crate::beta::Beta;
use crate::label::{Regions, Slice};
use crate::prior::Dirichlet;
use crate::quadrature::integrate;

/// What the tails cut off may hold, and what may be taken for 0 or 1 inside the integral.
const LN_NEGLIGIBLE: f64 = -23.0;

/// On each piece the two quadrature sums agree to this; the error left is far smaller (see the tests).
const TOLERANCE: f64 = 1e-7;

/// Shapes below this put weight on the very end of the interval, where the density may be infinite.
const SHAPE_REACHING_THE_END: f64 = 4.0;

/// The probabilities of consensus, controversy, rejection, indifference and mixed; they sum to 1.
pub(crate) fn region_probabilities(posterior: Dirichlet, regions: &Regions) -> [f64; 5] {
    let sides = Beta::new(posterior.agree, posterior.disagree);
    let neutral = Beta::new(posterior.neutral, posterior.agree + posterior.disagree);
    let (low, high) = support(&neutral, posterior);
    let mut borders = vec![low];
    borders.extend(regions.bends().into_iter().filter(|&bend| low < bend && bend < high));
    borders.push(high);

    let mut sum = [0.0; 5];
    for piece in borders.windows(2) {
        let part = integrate_piece(&neutral, &sides, regions, posterior, (piece[0], piece[1]));
        for (whole, more) in sum.iter_mut().zip(part) {
            *whole += more;
        }
    }
    let total = sum.iter().sum::<f64>();
    debug_assert!((total - 1.0).abs() < 1e-5, "{posterior:?} sums to {total}");
    sum.map(|probability| probability / total)
}

/// P(agree < disagree).
pub(crate) fn probability_more_disagree(posterior: Dirichlet) -> f64 {
    Beta::new(posterior.agree, posterior.disagree).cdf(0.5)
}

/// Where the density of n matters: all but e^[`LN_NEGLIGIBLE`] of it on each side.
fn support(neutral: &Beta, posterior: Dirichlet) -> (f64, f64) {
    let mean = neutral.mean();
    let reach = |end: f64| {
        let (mut inner, mut outer) = (mean, end);
        for _ in 0..30 {
            let middle = f64::midpoint(inner, outer);
            if neutral.ln_tail_bound(middle) < LN_NEGLIGIBLE {
                outer = middle;
            } else {
                inner = middle;
            }
        }
        outer
    };
    let low = if posterior.neutral < SHAPE_REACHING_THE_END { 0.0 } else { reach(0.0) };
    let sides = posterior.agree + posterior.disagree;
    let high = if sides < SHAPE_REACHING_THE_END { 1.0 } else { reach(1.0) };
    (low, high)
}

/// The integral over one piece. Where the piece ends at 0 (or 1) the variable is t with n = tᵐ (or
/// 1 − n = tᵐ), m chosen so that the integrand goes to 0 there like t³ whatever the shape.
fn integrate_piece(
    neutral: &Beta,
    sides: &Beta,
    regions: &Regions,
    posterior: Dirichlet,
    (low, high): (f64, f64),
) -> [f64; 5] {
    let weighted = |n: f64, s: f64, step: f64| {
        let weight = neutral.ln_weight(n, s).exp() / (n * s) * step;
        at_neutral_share(sides, &regions.slice(n, s)).map(|probability| probability * weight)
    };
    if low <= 0.0 && high >= 1.0 {
        let halves = [(low, 0.5), (0.5, high)];
        let [mut sum, second] =
            halves.map(|half| integrate_piece(neutral, sides, regions, posterior, half));
        for (whole, more) in sum.iter_mut().zip(second) {
            *whole += more;
        }
        sum
    } else if low <= 0.0 {
        let power = (SHAPE_REACHING_THE_END / posterior.neutral).max(1.0);
        let at = |t: f64| {
            let n = t.powf(power);
            weighted(n, 1.0 - n, power * n / t)
        };
        integrate(&at, 0.0, high.powf(1.0 / power), TOLERANCE)
    } else if high >= 1.0 {
        let power = (SHAPE_REACHING_THE_END / (posterior.agree + posterior.disagree)).max(1.0);
        let at = |t: f64| {
            let s = t.powf(power);
            weighted(1.0 - s, s, power * s / t)
        };
        integrate(&at, 0.0, (1.0 - low).powf(1.0 / power), TOLERANCE)
    } else {
        integrate(&|n: f64| weighted(n, 1.0 - n, 1.0), low, high, TOLERANCE)
    }
}

/// The regions' probabilities at one share of neutral votes.
fn at_neutral_share(sides: &Beta, slice: &Slice) -> [f64; 5] {
    let consensus = 1.0 - cdf(sides, slice.consensus_above);
    let rejection = cdf(sides, slice.rejection_below);
    let middle = (1.0 - consensus - rejection).max(0.0);
    if slice.indifferent {
        return [consensus, 0.0, rejection, middle, 0.0];
    }
    let (from, to) = slice.split;
    let split = if from < to { cdf(sides, to) - cdf(sides, from) } else { 0.0 };
    let controversy = split.clamp(0.0, middle);
    [consensus, controversy, rejection, 0.0, middle - controversy]
}

/// P(U ≤ u), without the work where Chernoff's bound says it is 0 or 1.
fn cdf(sides: &Beta, u: f64) -> f64 {
    if u <= 0.0 {
        0.0
    } else if u >= 1.0 {
        1.0
    } else if sides.ln_tail_bound(u) < LN_NEGLIGIBLE {
        f64::from(u8::from(u > sides.mean()))
    } else {
        sides.cdf(u)
    }
}
