//! Region probabilities to a thousandth, many times faster than the exact ones: for forecasts and searches,
//! which ask for thousands of them. No label rests on these figures.

use statrs::function::erf::erfc;

use crate::Label;
use crate::labels::beta::Beta;
use crate::labels::label::Regions;
use crate::labels::prior::Dirichlet;

/// No probability given here is further from the exact one; held by the tests.
pub(crate) const ERROR_MAX: f64 = 0.003;

/// Below these shapes the approximations are too coarse and the exact functions answer.
const SHAPE_MIN: f64 = 1.0;
const NEUTRAL_SHAPE_MIN: f64 = 2.0;

/// What lies further from the mean, in standard deviations, is left out.
const REACH: f64 = 4.5;

/// Longest piece, in standard deviations.
const PIECE: f64 = 4.5;

/// Places and weights of the 8 points of Gauss on [−1, 1], the positive half.
const PLACES: [f64; 4] =
    [0.183_434_642_495_649_8, 0.525_532_409_916_329, 0.796_666_477_413_626_7, 0.960_289_856_497_536_3];
const WEIGHTS: [f64; 4] =
    [0.362_683_783_378_362, 0.313_706_645_877_887_3, 0.222_381_034_453_374_5, 0.101_228_536_290_376_3];

/// The probabilities of the five regions, in the order of [`crate::Label::REGIONS`]; `None` where the shapes are
/// too small for a quick answer.
pub(crate) fn quick_probabilities(posterior: Dirichlet, regions: &Regions) -> Option<[f64; 5]> {
    let sides = (posterior.agree, posterior.disagree);
    over_neutral_shares(posterior, regions, |n| at_neutral_share(sides, regions, n))
}

/// The probability of one region alone.
pub(crate) fn quick_probability(posterior: Dirichlet, regions: &Regions, label: Label) -> Option<f64> {
    let sides = (posterior.agree, posterior.disagree);
    let part = |n| match label {
        Label::Consensus => 1.0 - quick_cdf(sides.0, sides.1, regions.slice(n, 1.0 - n).consensus_above),
        Label::Rejection => quick_cdf(sides.0, sides.1, regions.slice(n, 1.0 - n).rejection_below),
        _ => at_neutral_share(sides, regions, n)[label.index()],
    };
    over_neutral_shares(posterior, regions, |n| [part(n)]).map(|[probability]| probability)
}

/// The mean of `parts` over the posterior's share of neutral votes.
fn over_neutral_shares<const PARTS: usize>(
    posterior: Dirichlet,
    regions: &Regions,
    parts: impl Fn(f64) -> [f64; PARTS],
) -> Option<[f64; PARTS]> {
    let Dirichlet { agree, disagree, neutral } = posterior;
    if agree < SHAPE_MIN || disagree < SHAPE_MIN || neutral < NEUTRAL_SHAPE_MIN {
        return None;
    }
    let density = Beta::new(neutral, agree + disagree);
    let mean = density.mean();
    let deviation = (mean * (1.0 - mean) / (agree + disagree + neutral + 1.0)).sqrt();
    let low = (mean - REACH * deviation).max(0.0);
    let high = (mean + REACH * deviation).min(1.0);
    let mut sum = [0.0; PARTS];
    let mut whole = 0.0;
    let mut piece = |from: f64, to: f64| {
        let (middle, half) = (f64::midpoint(from, to), (to - from) / 2.0);
        for (place, weight) in PLACES.into_iter().zip(WEIGHTS) {
            for n in [middle - half * place, middle + half * place] {
                let weight = half * weight * density.ln_weight(n.ln(), (-n).ln_1p()).exp() / (n * (1.0 - n));
                whole += weight;
                for (total, part) in sum.iter_mut().zip(parts(n)) {
                    *total += weight * part;
                }
            }
        }
    };
    let mut from = low;
    for &border in regions.bends().iter().filter(|&&bend| low < bend && bend < high).chain([&high]) {
        while border - from > PIECE * deviation {
            piece(from, from + PIECE * deviation);
            from += PIECE * deviation;
        }
        piece(from, border);
        from = border;
    }
    Some(sum.map(|part| part / whole))
}

fn at_neutral_share((agree, disagree): (f64, f64), regions: &Regions, n: f64) -> [f64; 5] {
    let slice = regions.slice(n, 1.0 - n);
    let cdf = |u: f64| quick_cdf(agree, disagree, u);
    let consensus = 1.0 - cdf(slice.consensus_above);
    let rejection = cdf(slice.rejection_below);
    let middle = (1.0 - consensus - rejection).max(0.0);
    if slice.indifferent {
        return [consensus, 0.0, rejection, middle, 0.0];
    }
    let (from, to) = slice.split;
    let split = if from < to && middle > 0.0 { (cdf(to) - cdf(from)).clamp(0.0, middle) } else { 0.0 };
    [consensus, split, rejection, 0.0, middle - split]
}

/// P(X ≤ x) of Beta(a, b) by the bell curve of Peizer & Pratt (1968); exact where a shape is small.
#[expect(clippy::many_single_char_names, reason = "the symbols of the source")]
pub(crate) fn quick_cdf(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    if a < SHAPE_MIN || b < SHAPE_MIN {
        return Beta::new(a, b).cdf(x);
    }
    let total = a + b;
    let mean = a / total;
    let far = 7.0 * (mean * (1.0 - mean) / total).sqrt();
    if total > 100.0 && (x - mean).abs() > far {
        return f64::from(u8::from(x > mean));
    }
    // As the binomial's P(X ≥ a) of n = a + b − 1 trials with chance x.
    let (n, s, t, rest) = (total - 1.0, a - 0.5, b - 0.5, 1.0 - x);
    let shift = 0.02 * (rest / (s + 0.5) - x / (t + 0.5) + (rest - 0.5) / (n + 1.0));
    let distance = s + 1.0 / 6.0 - (n + 1.0 / 3.0) * x + shift;
    let bend = 1.0 + rest * skew(s / (n * x)) + x * skew(t / (n * rest));
    let z = distance * (bend / ((n + 1.0 / 6.0) * x * rest)).sqrt();
    0.5 * erfc(z / std::f64::consts::SQRT_2)
}

/// g(x) = (1 − x² + 2x ln x)/(1 − x)².
fn skew(x: f64) -> f64 {
    let e = x - 1.0;
    if e.abs() < 1e-3 {
        return e * (e / 6.0 - 1.0 / 3.0);
    }
    (1.0 - x * x + 2.0 * x * x.ln()) / (e * e)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Thresholds;
    use crate::labels::posterior::region_probabilities;
    use crate::sampling::{generator, shares};

    #[test]
    fn quick_probabilities_are_the_exact_ones_to_a_thousandth() {
        let regions = Regions::new(Thresholds::default());
        let mut generator = generator(12);
        let (mut answered, mut worst) = (0, 0.0_f64);
        for round in 0..600 {
            let flat = Dirichlet { agree: 1.2, disagree: 1.2, neutral: 1.2 };
            let votes = 8.0 * 1.6_f64.powi(round % 16);
            let [agree, disagree, neutral] = shares(&mut generator, flat).map(|share| share * votes);
            let posterior = Dirichlet { agree, disagree, neutral };
            let weights_do = agree >= SHAPE_MIN && disagree >= SHAPE_MIN && neutral >= NEUTRAL_SHAPE_MIN;
            let quick = quick_probabilities(posterior, &regions);
            assert_eq!(quick.is_some(), weights_do);
            if let Some(quick) = quick {
                let exact = region_probabilities(posterior, &regions);
                let apart =
                    quick.iter().zip(exact).map(|(one, other)| (one - other).abs()).fold(0.0, f64::max);
                assert!(apart < ERROR_MAX, "{posterior:?}: {quick:?} for {exact:?}");
                for (label, of_all) in Label::REGIONS.into_iter().zip(quick) {
                    let alone = quick_probability(posterior, &regions, label).unwrap();
                    assert!((alone - of_all).abs() < 1e-3, "{posterior:?} {label}: {alone} for {of_all}");
                }
                (answered, worst) = (answered + 1, worst.max(apart));
            }
        }
        println!("{answered} answers, none further off than {worst}");
        assert!(answered > 300);
    }
}
