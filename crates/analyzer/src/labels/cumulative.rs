//! The cumulative probability of one Beta distribution at many places: some work to begin, then almost none.
//!
//! The mass is cut into cells, and in each the density is its Taylor series around the middle, which its
//! differential equation x(1 − x)f′ = ((a − 1)(1 − x) − (b − 1)x)·f gives term by term; docs/METHOD.md, "Labels".

use crate::labels::beta::Beta;

/// Below this a shape makes the density infinite at an end, where no series reaches: [`Beta`] answers.
const SHAPE_MIN: f64 = 1.0;

/// Terms of a series, of which there is an even number. A cell is at most a standard deviation wide and reaches at
/// most half way to an end; the terms left out of fine series are then below 2e-7 of the whole, those left out of
/// coarse ones below 1e-4 (see the tests).
pub(crate) const FINE: usize = 10;
pub(crate) const COARSE: usize = 6;

/// 1/(k + 1): a division takes longer than all else that a term does.
const INVERSES: [f64; FINE] = {
    let mut inverses = [1.0; FINE];
    let (mut place, mut number) = (1, 2.0);
    while place < FINE {
        inverses[place] = 1.0 / number;
        place += 1;
        number += 1.0;
    }
    inverses
};

/// P(X ≤ x) for one Beta distribution and any number of x.
pub(crate) enum Cumulative<const TERMS: usize = FINE> {
    Cells(Cells<TERMS>),
    /// The probabilities of 1 − X: numbers are finer near 0 than near 1.
    Mirrored(Cells<TERMS>),
    Exact(Beta),
}

/// Cells in increasing order, each ending where the next begins.
pub(crate) struct Cells<const TERMS: usize> {
    start: f64,
    ends: Vec<f64>,
    series: Vec<Series<TERMS>>,
}

/// The integral of the density from the first cell's start to `middle` + t·`half`, for t in −1..=1.
#[derive(Clone, Copy)]
struct Series<const TERMS: usize> {
    middle: f64,
    /// 1 over half the cell's width.
    per_half: f64,
    constant: f64,
    /// Coefficients of t, t², t³…
    terms: [f64; TERMS],
}

impl<const TERMS: usize> Cumulative<TERMS> {
    pub(crate) fn of(a: f64, b: f64) -> Self {
        if a < SHAPE_MIN || b < SHAPE_MIN {
            Self::Exact(Beta::new(a, b))
        } else if a <= b {
            Self::Cells(Cells::of(a, b))
        } else {
            Self::Mirrored(Cells::of(b, a))
        }
    }

    /// P(X ≤ x), to 2e-7 of fine series, to 1e-4 of coarse ones.
    pub(crate) fn at(&self, x: f64) -> f64 {
        match self {
            Self::Cells(cells) => cells.at(x),
            Self::Mirrored(cells) => 1.0 - cells.at(1.0 - x),
            Self::Exact(beta) => beta.cdf(x),
        }
    }
}

impl<const TERMS: usize> Cells<TERMS> {
    /// The cells end where Chernoff's bound of what is beyond them is e to this.
    const LN_BEYOND: f64 = if TERMS < FINE { -10.0 } else { -18.0 };

    /// For a ≤ b.
    fn of(a: f64, b: f64) -> Self {
        let mean = a / (a + b);
        let deviation = (mean * (1.0 - mean) / (a + b + 1.0)).sqrt();
        // From ln of x and of 1 − x as parts of the mean's: Chernoff's bound, and the density as a part of the mean's.
        let ln_bound = |x: f64| a * (x / mean).ln() + b * ((1.0 - x) / (1.0 - mean)).ln();
        let density =
            |x: f64| ((a - 1.0) * (x / mean).ln() + (b - 1.0) * ((1.0 - x) / (1.0 - mean)).ln()).exp();

        let mut ends = vec![mean];
        let mut end = mean;
        while ln_bound(end) > Self::LN_BEYOND {
            end = (end - deviation).max(end / 2.0);
            ends.push(end);
        }
        ends.reverse();
        end = mean;
        while ln_bound(end) > Self::LN_BEYOND {
            end = (end + deviation).min(f64::midpoint(end, 1.0));
            ends.push(end);
        }

        let mut whole = 0.0;
        let series = ends.windows(2).map(|cell| {
            let series = Series::of((a, b), (cell[0], cell[1]), whole, density);
            whole = series.at(cell[1]);
            series
        });
        let series: Vec<Series<TERMS>> = series.collect();
        let series = series.into_iter().map(|one| one.times(1.0 / whole)).collect();
        Self { start: ends.remove(0), ends, series }
    }

    fn at(&self, x: f64) -> f64 {
        if x <= self.start {
            return 0.0;
        }
        let cell = self.ends.partition_point(|end| *end < x);
        self.series.get(cell).map_or(1.0, |series| series.at(x).clamp(0.0, 1.0))
    }
}

impl<const TERMS: usize> Series<TERMS> {
    /// With f = Σ fₖδᵏ around the middle m, the differential equation says
    /// m(1 − m)(k + 1)fₖ₊₁ = ((a − 1)(1 − m) − (b − 1)m − (1 − 2m)k)fₖ − (a + b − 1 − k)fₖ₋₁.
    fn of((a, b): (f64, f64), (from, to): (f64, f64), before: f64, density: impl Fn(f64) -> f64) -> Self {
        let (middle, half) = (f64::midpoint(from, to), (to - from) / 2.0);
        let slope = (a - 1.0) * (1.0 - middle) - (b - 1.0) * middle;
        let scale = half / (middle * (1.0 - middle));
        let (mut last, mut this) = (0.0, half * density(middle));
        let mut terms = [0.0; TERMS];
        let mut k = 0.0;
        for (term, inverse) in terms.iter_mut().zip(INVERSES) {
            *term = this * inverse;
            let next = (slope - (1.0 - 2.0 * middle) * k) * this - (a + b - 1.0 - k) * half * last;
            (last, this) = (this, next * scale * inverse);
            k += 1.0;
        }
        let without = Self { middle, per_half: 1.0 / half, constant: 0.0, terms };
        Self { constant: before - without.at(from), ..without }
    }

    fn times(self, factor: f64) -> Self {
        Self { constant: self.constant * factor, terms: self.terms.map(|term| term * factor), ..self }
    }

    fn at(&self, x: f64) -> f64 {
        let t = (x - self.middle) * self.per_half;
        // Odd and even powers apart: two sums that do not wait for each other.
        let square = t * t;
        let pairs = self.terms.as_chunks::<2>().0.iter().rev();
        let [odd, even] =
            pairs.fold([0.0; 2], |sums, pair| [sums[0] * square + pair[0], sums[1] * square + pair[1]]);
        self.constant + odd * t + even * square
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_series_say_what_the_continued_fraction_says(
            ln_a in 0.0..9.0_f64,
            ln_b in 0.0..9.0_f64,
            deviations in -7.0..7.0_f64,
        ) {
            let (a, b) = (ln_a.exp(), ln_b.exp());
            let mean = a / (a + b);
            let x = mean + deviations * (mean * (1.0 - mean) / (a + b + 1.0)).sqrt();
            prop_assume!(0.0 < x && x < 1.0);
            let expected = Beta::new(a, b).cdf(x);
            let found: f64 = <Cumulative>::of(a, b).at(x);
            prop_assert!((found - expected).abs() < 2e-7, "Beta({}, {}) at {}: {} for {}", a, b, x, found, expected);
            let found = Cumulative::<COARSE>::of(a, b).at(x);
            prop_assert!((found - expected).abs() < 1e-4, "Beta({}, {}) at {}: {} for {}", a, b, x, found, expected);
        }
    }

    #[test]
    fn closed_forms_are_met_to_seven_digits_and_a_half() {
        // Beta(a, 1) has cumulative probability xᵃ, Beta(1, b) has 1 − (1 − x)ᵇ.
        for shape in [1.0, 1.3, 2.5, 7.2, 40.0, 1e3, 1e6] {
            let (rising, falling) = (<Cumulative>::of(shape, 1.0), <Cumulative>::of(1.0, shape));
            for probability in [1e-6_f64, 0.01, 0.2, 0.5, 0.8, 0.99] {
                let x = probability.powf(1.0 / shape);
                assert!(
                    (rising.at(x) - probability).abs() < 2e-8,
                    "{shape}: {}, {probability}",
                    rising.at(x)
                );
                let found = 1.0 - falling.at(1.0 - x);
                assert!((found - probability).abs() < 2e-8, "{shape}: {found}, {probability}");
            }
        }
    }

    #[test]
    fn at_and_beyond_the_ends_all_or_nothing_is_below() {
        for (a, b) in [(0.5, 3.0), (1.0, 1.0), (30.0, 9.0), (4e5, 6e5)] {
            let cumulative = <Cumulative>::of(a, b);
            assert!(cumulative.at(0.0) == 0.0 && (cumulative.at(1.0) - 1.0).abs() < 1e-12, "Beta({a}, {b})");
        }
    }
}
