//! The posterior probability that a proposal's true shares lie in each label's region.
//!
//! With (agree, disagree, neutral) ~ Dirichlet(α), n = neutral follows Beta(αₙ, αₐ + αᵈ) and, apart from
//! it, u = agree / (agree + disagree) follows Beta(αₐ, αᵈ). At a given n every region is an interval of u,
//! so one integral over n of differences of Beta probabilities is exact; docs/METHOD.md, "Labels".

use gd_report::Dirichlet;

use crate::labels::beta::Beta;
use crate::labels::cumulative::Cumulative;
use crate::labels::label::{Regions, Slice};
use crate::labels::quadrature::{Tolerances, integrate};

/// The probability that the tails cut off may hold.
const LN_NEGLIGIBLE: f64 = -18.0;

/// The pieces meet so many standard deviations from the mean of n, on both sides: on most of them no halving is
/// needed, in the middle or in the tails.
const CUT: f64 = 2.0;

/// The greatest difference between two quadrature sums of a piece.
struct Accuracy {
    smooth: Tolerances,
    /// Cuts near an end where the density is infinite or steep: all may happen within a small part of a piece, and
    /// few points may agree by chance.
    steep: Tolerances,
}

/// The error left is far smaller (see the tests).
const ACCURACY: Accuracy = Accuracy {
    smooth: Tolerances { seven: 1e-4, fifteen: 1e-4 },
    steep: Tolerances { seven: 0.0, fifteen: 1e-8 },
};

/// Shapes of u below this are steep.
const SHAPE_SMOOTH: f64 = 2.0;

/// Shapes below this put weight on the very end of the interval, where the density may be infinite.
const SHAPE_REACHING_THE_END: f64 = 4.0;

/// The probabilities of consensus, controversy, rejection, indifference and mixed; they sum to 1.
pub(crate) fn region_probabilities(posterior: Dirichlet, regions: &Regions) -> [f64; 5] {
    probabilities_to(&ACCURACY, posterior, regions)
}

fn probabilities_to(accuracy: &Accuracy, posterior: Dirichlet, regions: &Regions) -> [f64; 5] {
    let sides = <Cumulative>::of(posterior.agree, posterior.disagree);
    let neutral = Beta::new(posterior.neutral, posterior.agree + posterior.disagree);
    let borders = borders(&neutral, &sides, regions, posterior);
    let mut sum = [0.0; 5];
    for piece in borders.windows(2) {
        let part = integrate_piece(accuracy, (&neutral, &sides), regions, posterior, (piece[0], piece[1]));
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

/// The ends of the pieces: of what matters of n, of the bends that are seen there, and of pieces not too long.
fn borders(neutral: &Beta, sides: &Cumulative, regions: &Regions, posterior: Dirichlet) -> Vec<f64> {
    let Dirichlet { agree, disagree, neutral: shape } = posterior;
    let mean = neutral.mean();
    let deviation = (mean * (1.0 - mean) / (agree + disagree + shape + 1.0)).sqrt();
    let (low, high) = support(neutral, posterior, deviation);
    let mut borders = vec![low];
    borders.extend(bends_seen(sides, regions, (low, high)));
    let cuts = [mean - CUT * deviation, mean + CUT * deviation];
    let between_the_ends = (low <= 0.0 && high >= 1.0).then_some(0.5);
    borders.extend(cuts.into_iter().chain(between_the_ends).filter(|&cut| low < cut && cut < high));
    borders.push(high);
    borders.sort_by(f64::total_cmp);
    borders
}

/// The bends between `low` and `high` that the integral over n feels: where a border lies among the places u may
/// have, and where regions jump.
pub(crate) fn bends_seen<const TERMS: usize>(
    sides: &Cumulative<TERMS>,
    regions: &Regions,
    (low, high): (f64, f64),
) -> impl Iterator<Item = f64> {
    let may_be = |u: f64| (1e-8..1.0 - 1e-8).contains(&sides.at(u));
    let is_seen = move |bend: f64| {
        let slice = regions.slice(bend, 1.0 - bend);
        regions.is_jump(bend)
            || [slice.rejection_below, slice.consensus_above, slice.split.0, slice.split.1]
                .into_iter()
                .any(may_be)
    };
    let between = regions.bends().iter().copied().filter(move |bend| low < *bend && *bend < high);
    between.filter(move |bend| is_seen(*bend))
}

/// The range of n that matters: all but e^[`LN_NEGLIGIBLE`] of the density on each side.
fn support(neutral: &Beta, posterior: Dirichlet, deviation: f64) -> (f64, f64) {
    let (mut low, mut high) = (0.0, 1.0);
    if posterior.neutral >= SHAPE_REACHING_THE_END {
        low = neutral.mean();
        while neutral.ln_tail_bound(low) > LN_NEGLIGIBLE {
            low = (low - deviation).max(low / 2.0);
        }
    }
    if posterior.agree + posterior.disagree >= SHAPE_REACHING_THE_END {
        high = neutral.mean();
        while neutral.ln_tail_bound(high) > LN_NEGLIGIBLE {
            high = (high + deviation).min(f64::midpoint(high, 1.0));
        }
    }
    (low, high)
}

/// The integral over one piece. Where the piece ends at 0 (or 1) the variable is t with n = tᵐ (or
/// 1 − n = tᵐ), m chosen so that the integrand goes to 0 there like t³ whatever the shape.
fn integrate_piece(
    accuracy: &Accuracy,
    (neutral, sides): (&Beta, &Cumulative),
    regions: &Regions,
    posterior: Dirichlet,
    (low, high): (f64, f64),
) -> [f64; 5] {
    let weighted = |n: f64, s: f64, ln_weight: f64| {
        let weight = ln_weight.exp();
        at_neutral_share(sides, &regions.slice(n, s)).map(|probability| probability * weight)
    };
    if low <= 0.0 {
        let power = (SHAPE_REACHING_THE_END / posterior.neutral).max(1.0);
        let at = |t: f64| {
            let (ln_n, n) = (power * t.ln(), t.powf(power));
            let ln_s = (-n).ln_1p();
            weighted(n, 1.0 - n, neutral.ln_weight(ln_n, ln_s) - ln_s + (power / t).ln())
        };
        integrate(&at, 0.0, high.powf(1.0 / power), accuracy.steep)
    } else if high >= 1.0 {
        let power = (SHAPE_REACHING_THE_END / (posterior.agree + posterior.disagree)).max(1.0);
        let at = |t: f64| {
            let (ln_s, s) = (power * t.ln(), t.powf(power));
            let ln_n = (-s).ln_1p();
            weighted(1.0 - s, s, neutral.ln_weight(ln_n, ln_s) - ln_n + (power / t).ln())
        };
        integrate(&at, 0.0, (1.0 - low).powf(1.0 / power), accuracy.steep)
    } else {
        let at = |n: f64| {
            let (ln_n, ln_s) = (n.ln(), (-n).ln_1p());
            weighted(n, 1.0 - n, neutral.ln_weight(ln_n, ln_s) - ln_n - ln_s)
        };
        let smooth = posterior.agree.min(posterior.disagree) >= SHAPE_SMOOTH;
        integrate(&at, low, high, if smooth { accuracy.smooth } else { accuracy.steep })
    }
}

/// The regions' probabilities at one share of neutral votes.
pub(crate) fn at_neutral_share<const TERMS: usize>(sides: &Cumulative<TERMS>, slice: &Slice) -> [f64; 5] {
    let consensus = 1.0 - sides.at(slice.consensus_above);
    let rejection = sides.at(slice.rejection_below);
    let middle = (1.0 - consensus - rejection).max(0.0);
    if slice.indifferent {
        return [consensus, 0.0, rejection, middle, 0.0];
    }
    let (from, to) = slice.split;
    let split = if from < to { sides.at(to) - sides.at(from) } else { 0.0 };
    let controversy = split.clamp(0.0, middle);
    [consensus, controversy, rejection, 0.0, middle - controversy]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sampling::{generator, shares};
    use crate::{Label, Thresholds};
    use proptest::prelude::*;
    use rand::RngExt;

    fn dirichlet(agree: f64, disagree: f64, neutral: f64) -> Dirichlet {
        Dirichlet { agree, disagree, neutral }
    }

    /// The same integral by midpoints of θ with n = sin²θ, apart on each side of the one place where the
    /// regions jump: no other pieces, no bounds, no halving.
    fn by_midpoints(posterior: Dirichlet, regions: &Regions) -> [f64; 5] {
        let sides = Beta::new(posterior.agree, posterior.disagree);
        let neutral = Beta::new(posterior.neutral, posterior.agree + posterior.disagree);
        let jump = 0.4_f64.sqrt().asin();
        let steps = 25_000;
        let mut sum = [0.0; 5];
        for (from, to) in [(0.0, jump), (jump, std::f64::consts::FRAC_PI_2)] {
            let width = (to - from) / f64::from(steps);
            for step in 0..steps {
                let (sin, cos) = (from + (f64::from(step) + 0.5) * width).sin_cos();
                let (n, s) = (sin * sin, cos * cos);
                let weight = neutral.ln_weight(n.ln(), s.ln()).exp() / (n * s) * 2.0 * sin * cos * width;
                let parts = parts_without_bounds(&sides, &regions.slice(n, s));
                for (total, part) in sum.iter_mut().zip(parts) {
                    *total += part * weight;
                }
            }
        }
        sum
    }

    fn parts_without_bounds(sides: &Beta, slice: &Slice) -> [f64; 5] {
        let consensus = 1.0 - sides.cdf(slice.consensus_above);
        let rejection = sides.cdf(slice.rejection_below);
        let middle = 1.0 - consensus - rejection;
        if slice.indifferent {
            return [consensus, 0.0, rejection, middle, 0.0];
        }
        let split = sides.cdf(slice.split.1) - sides.cdf(slice.split.0);
        [consensus, split, rejection, 0.0, middle - split]
    }

    #[test]
    fn region_probabilities_are_exact_to_a_millionth() {
        let regions = Regions::new(Thresholds::default());
        let posteriors = [
            dirichlet(0.5, 0.5, 0.5),
            dirichlet(1.5, 0.5, 0.5),
            dirichlet(3.2, 1.1, 0.7),
            dirichlet(12.5, 6.5, 9.5),
            dirichlet(65.0, 20.0, 16.0),
            dirichlet(400.5, 350.5, 60.5),
            dirichlet(6_000.5, 2_450.5, 1_600.5),
            dirichlet(120_000.5, 50_000.5, 29_000.5),
            dirichlet(0.7, 900.5, 600.5),
            dirichlet(1_800.5, 0.6, 1_199.5),
            dirichlet(0.5, 0.5, 50.5),
            dirichlet(0.300_325, 0.324_093, 0.968_267),
        ];
        let mut generator = generator(7);
        let mut any = |greatest: f64| 0.5 + greatest * shares(&mut generator, dirichlet(0.7, 0.7, 0.7))[0];
        let drawn: Vec<Dirichlet> = (0..24)
            .map(|round| 3.0_f64.powi(1 + round % 6))
            .map(|most| dirichlet(any(most), any(most), any(most)))
            .collect();
        for posterior in posteriors.into_iter().chain(drawn) {
            let found = region_probabilities(posterior, &regions);
            let expected = by_midpoints(posterior, &regions);
            for (place, label) in Label::REGIONS.into_iter().enumerate() {
                let apart = (found[place] - expected[place]).abs();
                assert!(apart < 1e-6, "{posterior:?} {label}: {} for {}", found[place], expected[place]);
            }
        }
    }

    #[test]
    fn nearer_sums_give_the_same_region_probabilities_whatever_the_shapes() {
        let regions = Regions::new(Thresholds::default());
        let nearest = Tolerances { seven: 0.0, fifteen: 1e-11 };
        let nearest = Accuracy { smooth: nearest, steep: nearest };
        let mut generator = generator(11);
        let mut worst = 0.0_f64;
        for round in 0..1_200 {
            // Shapes of every size together, and small ones together.
            let ln_most = if round % 2 == 0 { 9.2 } else { 3.4 };
            let mut shape = || (-4.6 + (ln_most + 4.6) * generator.random::<f64>()).exp();
            let posterior = dirichlet(shape(), shape(), shape());
            let found = region_probabilities(posterior, &regions);
            for (one, other) in found.into_iter().zip(probabilities_to(&nearest, posterior, &regions)) {
                assert!((one - other).abs() < 5e-7, "{posterior:?}: {one} for {other}");
                worst = worst.max((one - other).abs());
            }
        }
        println!("none further off than {worst:e}");
    }

    #[test]
    fn region_probabilities_match_draws() {
        let regions = Regions::new(Thresholds::default());
        let mut generator = generator(4);
        let draws = 40_000;
        for posterior in [
            dirichlet(0.1, 0.05, 0.08),
            dirichlet(2.0, 1.0, 0.3),
            dirichlet(30.5, 12.5, 9.5),
            dirichlet(45.5, 40.5, 12.5),
            dirichlet(2_500.5, 1_000.5, 600.5),
            dirichlet(1_105.9, 760.8, 0.01),
            dirichlet(30.3, 19.4, 0.01),
            dirichlet(0.01, 24.3, 30.6),
        ] {
            let mut hits = [0_u32; 5];
            for _ in 0..draws {
                let [agree, disagree, _] = shares(&mut generator, posterior);
                hits[regions.at(agree, disagree).index()] += 1;
            }
            let found = region_probabilities(posterior, &regions);
            for (place, label) in Label::REGIONS.into_iter().enumerate() {
                let share = f64::from(hits[place]) / f64::from(draws);
                let error = (found[place] * (1.0 - found[place]) / f64::from(draws)).sqrt();
                let apart = (found[place] - share).abs();
                assert!(apart < 4.5 * error + 1e-4, "{posterior:?} {label}: {} for {share}", found[place]);
            }
        }
    }

    #[test]
    fn the_more_probable_side_is_the_one_with_more_votes() {
        assert!((probability_more_disagree(dirichlet(3.0, 3.0, 1.0)) - 0.5).abs() < 1e-12);
        assert!(probability_more_disagree(dirichlet(10.5, 30.5, 5.0)) > 0.99);
    }

    proptest! {
        #[test]
        fn probabilities_sum_to_one_whatever_the_counts(
            counts in prop::array::uniform3(prop_oneof![0_u64..20, 0_u64..3_000, 0_u64..10_000_000]),
            weights in prop::array::uniform3(0.01..40.0_f64),
        ) {
            let prior = dirichlet(weights[0], weights[1], weights[2]);
            let regions = Regions::new(Thresholds::default());
            let found = region_probabilities(prior.after(counts), &regions);
            prop_assert!(found.iter().all(|part| (0.0..=1.0 + 1e-12).contains(part)), "{:?}", found);
            prop_assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        }

        #[test]
        fn agree_and_disagree_mirror_each_other(a in 0_u64..500, d in 0_u64..500, n in 0_u64..500) {
            let regions = Regions::new(Thresholds::default());
            let found = region_probabilities(Dirichlet::JEFFREYS.after([a, d, n]), &regions);
            let mirrored = region_probabilities(Dirichlet::JEFFREYS.after([d, a, n]), &regions);
            let expected = [mirrored[2], mirrored[1], mirrored[0], mirrored[3], mirrored[4]];
            for (one, other) in found.into_iter().zip(expected) {
                prop_assert!((one - other).abs() < 1e-6);
            }
        }
    }
}
