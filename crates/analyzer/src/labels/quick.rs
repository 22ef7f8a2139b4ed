//! Region probabilities to a thousandth, several times faster than the exact ones: for forecasts and searches,
//! which ask for hundreds of thousands of them. No label rests on these figures.

use gd_report::Dirichlet;

use crate::Label;
use crate::labels::cumulative::{COARSE, Cumulative};
use crate::labels::label::Regions;
use crate::labels::posterior::{at_neutral_share, bends_seen};

/// No probability given here is further from the exact one; held by the tests.
pub(crate) const ERROR_MAX: f64 = 0.001;

/// Below this shape the density of n has its mass at the very end, and the exact functions answer.
const NEUTRAL_SHAPE_MIN: f64 = 2.0;

/// The range computed, in standard deviations on each side of the mean.
const REACH: f64 = 4.5;

/// Longest piece, in standard deviations.
const PIECE: f64 = 4.5;

/// Pieces up to so many standard deviations get half the points.
const SHORT: f64 = 3.0;

/// Places and weights of the 8 points of Gauss on [−1, 1], the positive half, and of the 4.
const EIGHT: [(f64, f64); 4] = [
    (0.183_434_642_495_649_8, 0.362_683_783_378_362),
    (0.525_532_409_916_329, 0.313_706_645_877_887_3),
    (0.796_666_477_413_626_7, 0.222_381_034_453_374_5),
    (0.960_289_856_497_536_3, 0.101_228_536_290_376_3),
];
const FOUR: [(f64, f64); 2] =
    [(0.339_981_043_584_856_3, 0.652_145_154_862_546_1), (0.861_136_311_594_052_6, 0.347_854_845_137_453_9)];

/// The probabilities of the five regions, in the order of [`crate::Label::REGIONS`]; `None` where the shapes are
/// too small for a quick answer.
pub(crate) fn quick_probabilities(posterior: Dirichlet, regions: &Regions) -> Option<[f64; 5]> {
    over_neutral_shares(posterior, regions, |sides, n| at_neutral_share(sides, &regions.slice(n, 1.0 - n)))
}

/// The probability of one region alone.
pub(crate) fn quick_probability(posterior: Dirichlet, regions: &Regions, label: Label) -> Option<f64> {
    let part = |sides: &Cumulative<COARSE>, n: f64| {
        let slice = regions.slice(n, 1.0 - n);
        match label {
            Label::Consensus => 1.0 - sides.at(slice.consensus_above),
            Label::Rejection => sides.at(slice.rejection_below),
            _ => at_neutral_share(sides, &slice)[label.index()],
        }
    };
    over_neutral_shares(posterior, regions, |sides, n| [part(sides, n)]).map(|[probability]| probability)
}

/// The mean of `parts` over the posterior's share of neutral votes.
fn over_neutral_shares<const PARTS: usize>(
    posterior: Dirichlet,
    regions: &Regions,
    parts: impl Fn(&Cumulative<COARSE>, f64) -> [f64; PARTS],
) -> Option<[f64; PARTS]> {
    let Dirichlet { agree, disagree, neutral } = posterior;
    let either = agree + disagree;
    if neutral < NEUTRAL_SHAPE_MIN || either < NEUTRAL_SHAPE_MIN {
        return None;
    }
    let sides = Cumulative::<COARSE>::of(agree, disagree);
    let mean = neutral / (neutral + either);
    let deviation = (mean * (1.0 - mean) / (neutral + either + 1.0)).sqrt();
    let (low, high) = ((mean - REACH * deviation).max(0.0), (mean + REACH * deviation).min(1.0));
    let density =
        |n: f64| ((neutral - 1.0) * (n / mean).ln() + (either - 1.0) * ((1.0 - n) / (1.0 - mean)).ln()).exp();
    let (mut sum, mut whole) = ([0.0; PARTS], 0.0);
    let mut piece = |from: f64, to: f64| {
        let (middle, half) = (f64::midpoint(from, to), (to - from) / 2.0);
        let points = if to - from <= SHORT * deviation { &FOUR[..] } else { &EIGHT[..] };
        for &(place, weight) in points {
            for n in [middle - half * place, middle + half * place] {
                let weight = half * weight * density(n);
                whole += weight;
                for (total, part) in sum.iter_mut().zip(parts(&sides, n)) {
                    *total += weight * part;
                }
            }
        }
    };
    let mut from = low;
    for border in bends_seen(&sides, regions, (low, high)).chain([high]) {
        while border - from > PIECE * deviation {
            piece(from, from + PIECE * deviation);
            from += PIECE * deviation;
        }
        piece(from, border);
        from = border;
    }
    Some(sum.map(|part| part / whole))
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
            let weights_do = neutral >= NEUTRAL_SHAPE_MIN && agree + disagree >= NEUTRAL_SHAPE_MIN;
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
