//! Integration of smooth functions on an interval, several at once. Knows no statistics.
//!
//! Gauss–Kronrod pairs of 7 and 15 points (Kronrod 1965): the 15-point sum is the answer, its distance
//! from the 7-point sum says whether to halve the interval. Halving always happens in the same order,
//! so the same input gives the same bits.

/// Places of the 15 points on [−1, 1], the positive half from the outside in; odd places are Gauss's.
const PLACES: [f64; 8] = [
    0.991_455_371_120_812_6,
    0.949_107_912_342_758_5,
    0.864_864_423_359_769_1,
    0.741_531_185_599_394_4,
    0.586_087_235_467_691_1,
    0.405_845_151_377_397_2,
    0.207_784_955_007_898_47,
    0.0,
];
const KRONROD: [f64; 8] = [
    0.022_935_322_010_529_224,
    0.063_092_092_629_978_56,
    0.104_790_010_322_250_18,
    0.140_653_259_715_525_92,
    0.169_004_726_639_267_9,
    0.190_350_578_064_785_4,
    0.204_432_940_075_298_9,
    0.209_482_141_084_727_82,
];
const GAUSS: [f64; 4] =
    [0.129_484_966_168_869_7, 0.279_705_391_489_276_64, 0.381_830_050_505_118_9, 0.417_959_183_673_469_4];

/// An interval is halved at most this often: 2⁻³⁰ of its length is below what the callers can see.
const HALVINGS_MAX: u8 = 30;

/// ∫ f from `from` to `to`, part by part, halving until the two sums differ by at most `tolerance`
/// in every part on every piece (the error of the 15-point sum is then far smaller).
pub(crate) fn integrate<const PARTS: usize>(
    f: &impl Fn(f64) -> [f64; PARTS],
    from: f64,
    to: f64,
    tolerance: f64,
) -> [f64; PARTS] {
    halve_until_exact(f, from, to, tolerance, HALVINGS_MAX)
}

fn halve_until_exact<const PARTS: usize>(
    f: &impl Fn(f64) -> [f64; PARTS],
    from: f64,
    to: f64,
    tolerance: f64,
    halvings_left: u8,
) -> [f64; PARTS] {
    let (kronrod, gauss) = both_sums(f, from, to);
    let apart = kronrod.iter().zip(&gauss).any(|(fine, coarse)| (fine - coarse).abs() > tolerance);
    if !apart || halvings_left == 0 {
        return kronrod;
    }
    let middle = f64::midpoint(from, to);
    let mut sum = halve_until_exact(f, from, middle, tolerance, halvings_left - 1);
    add_times(&mut sum, &halve_until_exact(f, middle, to, tolerance, halvings_left - 1), 1.0);
    sum
}

fn both_sums<const PARTS: usize>(
    f: &impl Fn(f64) -> [f64; PARTS],
    from: f64,
    to: f64,
) -> ([f64; PARTS], [f64; PARTS]) {
    let (center, half) = (f64::midpoint(from, to), (to - from) / 2.0);
    let (mut kronrod, mut gauss) = ([0.0; PARTS], [0.0; PARTS]);
    for (place, &offset) in PLACES.iter().enumerate() {
        let mut value = f(center + half * offset);
        if offset > 0.0 {
            add_times(&mut value, &f(center - half * offset), 1.0);
        }
        add_times(&mut kronrod, &value, half * KRONROD[place]);
        if place % 2 == 1 {
            add_times(&mut gauss, &value, half * GAUSS[place / 2]);
        }
    }
    (kronrod, gauss)
}

fn add_times<const PARTS: usize>(sum: &mut [f64; PARTS], value: &[f64; PARTS], times: f64) {
    for (part, more) in sum.iter_mut().zip(value) {
        *part += more * times;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifteen_points_are_exact_for_polynomials_of_degree_22_and_seven_for_13() {
        for degree in 0..=22_i32 {
            let exact = if degree % 2 == 0 { 2.0 / (f64::from(degree) + 1.0) } else { 0.0 };
            let (kronrod, gauss) = both_sums(&|x: f64| [x.powi(degree)], -1.0, 1.0);
            assert!((kronrod[0] - exact).abs() < 1e-14, "degree {degree}: {} for {exact}", kronrod[0]);
            assert!(degree > 13 || (gauss[0] - exact).abs() < 1e-14, "degree {degree}: {}", gauss[0]);
        }
    }

    #[test]
    fn a_steep_step_is_found_by_halving() {
        let step = |x: f64| [1.0 / (1.0 + (-1e4 * (x - 0.3)).exp()), x];
        let [below_step, line] = integrate(&step, 0.0, 1.0, 1e-10);
        assert!((below_step - 0.7).abs() < 1e-9, "{below_step}");
        assert!((line - 0.5).abs() < 1e-14, "{line}");
    }
}
