//! The Beta distribution: its cumulative probability, its quantiles and a bound of its tails.
//!
//! statrs computes the incomplete Beta function; this module covers what it does not: both shapes large
//! (its continued fraction stops after 140 terms) and quantiles (its search does not end for some shapes
//! of ten million). Symbols: docs/METHOD.md, "Intervals".

use statrs::function::beta::{beta_reg, ln_beta};
use statrs::function::erf::erfc_inv;

use crate::labels::quadrature::{Tolerances, integrate};

/// Above this in both shapes statrs' continued fraction is cut short; measured against 40-digit
/// integrals, its error is below 2e-8 up to here and 9e-3 at a hundred times this.
const SHAPES_LARGE: f64 = 10_000.0;

/// Beyond this many standard deviations a Beta of large shapes holds less than 1e-17.
const DEVIATIONS_MAX: f64 = 9.0;

/// The relative error of its sums.
const TOLERANCES: Tolerances = Tolerances { seven: 1e-9, fifteen: 1e-9 };

/// Newton's last step, against the distance to the nearer end.
const LAST_STEP: f64 = 1e-8;

/// Shapes below this are beyond the formula that says where a quantile lies.
const SHAPE_OF_NEARBY_MIN: f64 = 1.0;

/// Beta(a, b), both shapes positive and finite.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beta {
    a: f64,
    b: f64,
    ln_normalizer: f64,
}

impl Beta {
    pub(crate) fn new(a: f64, b: f64) -> Self {
        debug_assert!(a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite(), "Beta({a}, {b})");
        let ln_normalizer = if a.min(b) > SHAPES_LARGE { ln_beta_stirling(a, b) } else { ln_beta(a, b) };
        Self { a, b, ln_normalizer }
    }

    pub(crate) fn mean(&self) -> f64 {
        self.a / (self.a + self.b)
    }

    /// ln of x·(1 − x) times the density at x, from ln x and ln(1 − x): nearer to an end than the
    /// smallest number, only their logarithms are left.
    pub(crate) fn ln_weight(&self, ln_x: f64, ln_rest: f64) -> f64 {
        self.a * ln_x + self.b * ln_rest - self.ln_normalizer
    }

    fn density(&self, x: f64) -> f64 {
        self.ln_weight(x.ln(), (-x).ln_1p()).exp() / (x * (1.0 - x))
    }

    /// P(X ≤ x).
    pub(crate) fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 {
            0.0
        } else if x >= 1.0 {
            1.0
        } else if self.a.min(self.b) > SHAPES_LARGE {
            self.cdf_of_large_shapes(x)
        } else {
            beta_reg(self.a, self.b, x)
        }
    }

    /// ln of Chernoff's bound of the tail beyond x, seen from the mean:
    /// P(X ≥ x) ≤ (x/μ)ᵃ ((1−x)/(1−μ))ᵇ for x ≥ μ, and the same for P(X ≤ x) when x ≤ μ.
    pub(crate) fn ln_tail_bound(&self, x: f64) -> f64 {
        let mean = self.mean();
        self.a * (x / mean).ln() + self.b * ((1.0 - x) / (1.0 - mean)).ln()
    }

    /// The x with P(X ≤ x) = `probability`, to 1e-12: Newton's steps held inside a shrinking bracket,
    /// every fourth one a halving, so that it always ends. Each step squares what is missing, so a small one is the
    /// last.
    pub(crate) fn quantile(&self, probability: f64) -> f64 {
        let (mut low, mut high) = (0.0, 1.0);
        let mut x = self.quantile_nearby(probability);
        for round in 0..200_u32 {
            let excess = self.cdf(x) - probability;
            if excess > 0.0 {
                high = x;
            } else {
                low = x;
            }
            let next = x - excess / self.density(x);
            if high - low < 1e-12 {
                break;
            }
            let inside = low < next && next < high;
            if inside && (next - x).abs() < LAST_STEP * next.min(1.0 - next) {
                return next;
            }
            x = if inside && round % 4 != 3 { next } else { f64::midpoint(low, high) };
        }
        f64::midpoint(low, high)
    }

    /// The quantile to about a hundredth of a deviation: Abramowitz & Stegun 1964, 26.5.22. Falls back on the mean.
    fn quantile_nearby(&self, probability: f64) -> f64 {
        if self.a.min(self.b) < SHAPE_OF_NEARBY_MIN {
            return self.mean();
        }
        let y = -std::f64::consts::SQRT_2 * erfc_inv(2.0 * probability);
        let (one, other) = (1.0 / (2.0 * self.b - 1.0), 1.0 / (2.0 * self.a - 1.0));
        let (lambda, h) = ((y * y - 3.0) / 6.0, 2.0 / (one + other));
        let w = y * (h + lambda).sqrt() / h + (one - other) * (lambda + 5.0 / 6.0 - 2.0 / (3.0 * h));
        let nearby = self.a / (self.a + self.b * (-2.0 * w).exp());
        if 0.0 < nearby && nearby < 1.0 { nearby } else { self.mean() }
    }

    /// Integrates the density from the nearer end, within [`DEVIATIONS_MAX`] of the mean.
    fn cdf_of_large_shapes(&self, x: f64) -> f64 {
        let (mean, total) = (self.mean(), self.a + self.b);
        let deviation = (mean * (1.0 - mean) / (total + 1.0)).sqrt();
        let density = |x: f64| [self.density(x)];
        let reach = DEVIATIONS_MAX * deviation;
        if x <= mean - reach {
            0.0
        } else if x >= mean + reach {
            1.0
        } else if x <= mean {
            integrate(&density, mean - reach, x, TOLERANCES)[0]
        } else {
            1.0 - integrate(&density, x, mean + reach, TOLERANCES)[0]
        }
    }
}

/// ln B(a, b) for large shapes by Stirling's series, in the form whose great terms do not cancel.
fn ln_beta_stirling(a: f64, b: f64) -> f64 {
    let total = a + b;
    let rest = |z: f64| 1.0 / (12.0 * z) - 1.0 / (360.0 * z * z * z);
    let ln_two_pi = std::f64::consts::TAU.ln();
    let leading = (a - 0.5) * (a / total).ln() + (b - 0.5) * (b / total).ln();
    0.5 * (ln_two_pi - total.ln()) + leading + rest(a) + rest(b) - rest(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The regularized incomplete Beta function by 40-digit integration of its density.
    #[expect(clippy::unreadable_literal, reason = "a table that another program printed")]
    const REFERENCE: &[(f64, f64, f64, f64)] = &[
        (0.5, 1.0, 0.03519093633336137, 0.1875924740850799),
        (0.5, 100.5, 0.018849271477905327, 0.9492158615685705),
        (0.5, 10000.5, 4.999500049995001e-5, 0.6826773944000876),
        (0.5, 1000000.5, 1.9142105875040594e-6, 0.9496097615763731),
        (1.5, 1.0, 0.07627706343361829, 0.02106643013592052),
        (1.5, 100.5, 0.002845194502604151, 0.09766952888161073),
        (1.5, 10000.5, 0.00014997000599880023, 0.6083516994735856),
        (1.5, 1000000.5, 2.724737890988354e-6, 0.8583087533503548),
        (10.5, 1.0, 0.9130434782608695, 0.3847337773979006),
        (10.5, 100.5, 0.03928815694680777, 0.006978042276887313),
        (10.5, 10000.5, 0.0004018561912433674, 0.005040472393743517),
        (10.5, 1000000.5, 4.0192523537352314e-6, 0.005021321351188428),
        (100.5, 1.0, 0.9803921591952824, 0.13667303600029515),
        (100.5, 100.5, 0.42964024552697083, 0.022613391605245628),
        (100.5, 10000.5, 0.005999612446894048, 1.581190673423652e-6),
        (100.5, 1000000.5, 0.0001405836414509921, 0.9998394812637745),
        (1000.5, 1.0, 0.9970064862790627, 0.04981185621744353),
        (1000.5, 100.5, 0.9173952245442512, 0.8415468700086166),
        (1000.5, 10000.5, 0.09094627761112627, 0.5036074766215735),
        (1000.5, 1000000.5, 0.0009679162616827472, 0.15861426452122235),
        (10000.5, 1.0, 0.9995001149747554, 0.0067355884622633255),
        (10000.5, 100.5, 0.9861005925478742, 0.0001570785383657755),
        (10000.5, 10000.5, 0.5141414285699784, 0.9999684156685807),
        (10000.5, 100000.5, 0.09004601763505461, 0.1586533685937973),
        (10000.5, 1000000.5, 0.010098516997386248, 0.9767206878660674),
        (10000.5, 10000000.5, 0.0009790803160355276, 0.022208372022031297),
        (100000.5, 1.0, 0.9999999999000035, 0.9999900003544421),
        (100000.5, 100.5, 0.9989960140258339, 0.48675429663496056),
        (100000.5, 10000.5, 0.9082203978679616, 0.15865339980139978),
        (100000.5, 100000.5, 0.5022360567972437, 0.9772500030310061),
        (100000.5, 1000000.5, 0.09036125985406995, 0.022603399182913816),
        (100000.5, 10000000.5, 0.009932192991973057, 0.8413451245785801),
        (1000000.5, 1.0, 0.9999990000015, 0.36787962510942324),
        (1000000.5, 100.5, 0.9999396039404008, 0.9999985010456225),
        (1000000.5, 10000.5, 0.9902955663072384, 0.9777843396152507),
        (1000000.5, 100000.5, 0.9085423342349115, 0.022896418068890444),
        (1000000.5, 1000000.5, 0.5003535532138167, 0.8413446855758873),
        (1000000.5, 10000000.5, 0.0905624143980462, 3.11005797479714e-5),
        (10000000.5, 1.0, 0.99999980000004, 0.13533529671908606),
        (10000000.5, 100.5, 0.9999889476198339, 0.15828050466341562),
        (10000000.5, 10000.5, 0.9989809786175442, 0.023286504969571287),
        (10000000.5, 100000.5, 0.9901301157446539, 0.8413451262921348),
        (10000000.5, 1000000.5, 0.9087441581997059, 3.2249011494165444e-5),
        (10000000.5, 10000000.5, 0.5, 0.5),
    ];

    #[test]
    fn cumulative_probabilities_match_40_digit_integrals() {
        for &(a, b, x, expected) in REFERENCE {
            let found = Beta::new(a, b).cdf(x);
            assert!((found - expected).abs() < 3e-8, "Beta({a}, {b}) at {x}: {found}, expected {expected}");
        }
    }

    #[test]
    fn quantiles_lead_back_to_their_probability_at_extreme_counts() {
        let counts = [(0, 0), (0, 1), (1, 1), (3, 40), (0, 1_000), (0, 1_000_000), (3, 10_000_000)];
        let more = [(1_000_000, 1_000_000), (5_000_000, 10_000_000), (10_000_000, 10_000_000)];
        for (count, total) in counts.into_iter().chain(more) {
            let beta = Beta::new(f64::from(count) + 0.5, f64::from(total - count) + 1.0);
            let (low, high) = (beta.quantile(0.025), beta.quantile(0.975));
            assert!(0.0 < low && low < high && high < 1.0, "{count} of {total}: {low} to {high}");
            let (back_low, back_high) = (beta.cdf(low), beta.cdf(high));
            assert!((back_low - 0.025).abs() < 1e-4, "{count} of {total}: {low} has {back_low} below");
            assert!((back_high - 0.975).abs() < 1e-4, "{count} of {total}: {high} has {back_high} below");
        }
    }

    #[test]
    fn quantiles_match_closed_forms() {
        // Beta(a, 1) has cumulative probability xᵃ, Beta(1, b) has 1 − (1 − x)ᵇ.
        for shape in [0.5, 1.0, 7.0, 1e3, 1e6, 1e7] {
            let upper = Beta::new(shape, 1.0).quantile(0.025);
            assert!((upper - 0.025_f64.powf(1.0 / shape)).abs() < 1e-11, "{shape}: {upper}");
            let lower = Beta::new(1.0, shape).quantile(0.975);
            assert!((lower - (1.0 - 0.025_f64.powf(1.0 / shape))).abs() < 1e-11, "{shape}: {lower}");
        }
    }

    #[test]
    fn the_tail_bound_is_never_below_the_tail() {
        for (a, b) in [(0.5, 0.5), (0.5, 30.0), (12.0, 4.0), (300.0, 900.0)] {
            let beta = Beta::new(a, b);
            for place in 1..100 {
                let x = f64::from(place) / 100.0;
                let tail = if x < beta.mean() { beta.cdf(x) } else { 1.0 - beta.cdf(x) };
                assert!(tail <= beta.ln_tail_bound(x).exp() + 1e-12, "Beta({a}, {b}) at {x}");
            }
        }
    }
}
