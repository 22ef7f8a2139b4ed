//! Integration of smooth functions on an interval, several at once. Knows no statistics.
//!
//! Patterson's nested sums of 3, 7 and 15 points (Patterson 1968), each with all points of the one before: the first
//! two that agree give the answer, and where the last two do not, the interval is halved. Halving always happens in
//! the same order, so the same input gives the same bits.

/// A place on [−1, 1], and its mirror image, with their weight in each sum from the first that has them.
struct Point<const SUMS: usize> {
    place: f64,
    weights: [f64; SUMS],
}

/// The middle in the three sums, and Gauss's points beside it.
const MIDDLE: [f64; 3] = [0.888_888_888_888_889, 0.450_916_538_658_474_15, 0.225_510_499_798_206_7];
const FIRST: [Point<3>; 1] = [Point {
    place: 0.774_596_669_241_483_4,
    weights: [0.555_555_555_555_555_6, 0.268_488_089_868_333_4, 0.134_415_255_243_784_22],
}];
const SECOND: [Point<2>; 2] = [
    Point { place: 0.434_243_749_346_802_56, weights: [0.401_397_414_775_962_2, 0.200_628_529_376_989_02] },
    Point { place: 0.960_491_268_708_020_3, weights: [0.104_656_226_026_467_27, 0.051_603_282_997_079_74] },
];
const THIRD: [Point<1>; 4] = [
    Point { place: 0.223_386_686_428_966_9, weights: [0.219_156_858_401_587_5] },
    Point { place: 0.621_102_946_737_226_4, weights: [0.171_511_909_136_391_4] },
    Point { place: 0.888_459_232_872_257, weights: [0.092_927_195_315_124_54] },
    Point { place: 0.993_831_963_212_755, weights: [0.017_001_719_629_940_26] },
];

/// An interval is halved at most this often: 2⁻³⁰ of its length is below what the callers can see.
const HALVINGS_MAX: u8 = 30;

/// The greatest difference, in every part, between two successive sums for the finer one to be the answer; its error
/// is then far smaller.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tolerances {
    /// The sums of 3 and 7 points: too few to see all that a function may do, unless one knows it to be smooth.
    pub(crate) seven: f64,
    /// The sums of 7 and 15 points.
    pub(crate) fifteen: f64,
}

/// ∫ f from `from` to `to`, part by part, halving until on every piece two sums are near to each other.
pub(crate) fn integrate<const PARTS: usize>(
    f: &impl Fn(f64) -> [f64; PARTS],
    from: f64,
    to: f64,
    tolerances: Tolerances,
) -> [f64; PARTS] {
    halve_until_exact(f, from, to, tolerances, HALVINGS_MAX)
}

fn halve_until_exact<const PARTS: usize>(
    f: &impl Fn(f64) -> [f64; PARTS],
    from: f64,
    to: f64,
    tolerances: Tolerances,
    halvings_left: u8,
) -> [f64; PARTS] {
    let Sums { finest, exact } = nested_sums(f, from, to, tolerances);
    if exact || halvings_left == 0 {
        return finest;
    }
    let middle = f64::midpoint(from, to);
    let mut sum = halve_until_exact(f, from, middle, tolerances, halvings_left - 1);
    add_times(&mut sum, &halve_until_exact(f, middle, to, tolerances, halvings_left - 1), 1.0);
    sum
}

struct Sums<const PARTS: usize> {
    /// The finest sum that was taken.
    finest: [f64; PARTS],
    /// Whether it is near enough to the one before.
    exact: bool,
}

fn nested_sums<const PARTS: usize>(
    f: &impl Fn(f64) -> [f64; PARTS],
    from: f64,
    to: f64,
    tolerances: Tolerances,
) -> Sums<PARTS> {
    let (center, half) = (f64::midpoint(from, to), (to - from) / 2.0);
    let at_both = |place: f64| {
        let mut value = f(center + half * place);
        add_times(&mut value, &f(center - half * place), 1.0);
        value
    };
    let mut sums = [[0.0; PARTS]; 3];
    let add = |sums: &mut [[f64; PARTS]], value: [f64; PARTS], weights: &[f64]| {
        for (sum, weight) in sums.iter_mut().zip(weights) {
            add_times(sum, &value, half * weight);
        }
    };
    add(&mut sums, f(center), &MIDDLE);
    for Point { place, weights } in &FIRST {
        add(&mut sums, at_both(*place), weights);
    }
    for Point { place, weights } in &SECOND {
        add(&mut sums[1..], at_both(*place), weights);
    }
    if distance(&sums[0], &sums[1]) <= tolerances.seven {
        return Sums { finest: sums[1], exact: true };
    }
    for Point { place, weights } in &THIRD {
        add(&mut sums[2..], at_both(*place), weights);
    }
    Sums { finest: sums[2], exact: distance(&sums[1], &sums[2]) <= tolerances.fifteen }
}

fn distance<const PARTS: usize>(one: &[f64; PARTS], other: &[f64; PARTS]) -> f64 {
    one.iter().zip(other).map(|(one, other)| (one - other).abs()).fold(0.0, f64::max)
}

fn add_times<const PARTS: usize>(sum: &mut [f64; PARTS], value: &[f64; PARTS], times: f64) {
    for (part, more) in sum.iter_mut().zip(value) {
        *part += more * times;
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn the_sums_are_exact_for_polynomials_of_degree_5_and_11_and_23() {
        for degree in 0..=23_i32 {
            let odd = degree % 2 == 1;
            let exact = if odd { 0.0 } else { 2.0 / (f64::from(degree) + 1.0) };
            let places = Cell::new(0);
            let power = |x: f64| {
                places.set(places.get() + 1);
                [x.powi(degree)]
            };
            let sums =
                |seven: f64, fifteen: f64| nested_sums(&power, -1.0, 1.0, Tolerances { seven, fifteen });
            sums(1e-14, 0.0);
            assert_eq!(places.get() == 7, degree <= 5 || odd, "degree {degree}: {} places", places.get());
            let of_seven = sums(f64::INFINITY, 0.0).finest[0];
            let seven_is_exact = (of_seven - exact).abs() < 1e-14;
            assert_eq!(seven_is_exact, degree <= 11 || odd, "degree {degree}: {of_seven} for {exact}");
            let Sums { finest: [of_fifteen], exact: believed } = sums(-1.0, 1e-14);
            assert!((of_fifteen - exact).abs() < 1e-14, "degree {degree}: {of_fifteen} for {exact}");
            assert_eq!(believed, seven_is_exact, "degree {degree}");
        }
    }

    #[test]
    fn a_steep_step_is_found_by_halving() {
        let step = |x: f64| [1.0 / (1.0 + (-1e4 * (x - 0.3)).exp()), x];
        let [below_step, line] = integrate(&step, 0.0, 1.0, Tolerances { seven: 1e-10, fifteen: 1e-10 });
        assert!((below_step - 0.7).abs() < 1e-9, "{below_step}");
        assert!((line - 0.5).abs() < 1e-14, "{line}");
    }
}
