//! The printed shares: posterior mean and 95 % interval under Jeffreys' prior.

use std::collections::HashMap;

use gd_report::{Share, Shares};
use rayon::prelude::*;

use crate::labels::beta::Beta;
use crate::rounding::rounded;

/// The posterior probability left out on each side of an interval.
const TAIL: f64 = 0.025;

/// Computes each interval once: the same counts come back on thousands of proposals.
#[derive(Debug, Default)]
pub(crate) struct Intervals {
    known: HashMap<(u64, u64), Share>,
}

impl Intervals {
    /// Computes the intervals of all these counts (agree, disagree, neutral) on every processor.
    pub(crate) fn of(counts: impl IntoIterator<Item = [u64; 3]>) -> Self {
        let pairs = |counts: [u64; 3]| counts.map(|count| (count, counts.iter().sum::<u64>()));
        let mut asked: Vec<(u64, u64)> = counts.into_iter().flat_map(pairs).collect();
        asked.sort_unstable();
        asked.dedup();
        let shares: Vec<_> = asked.par_iter().map(|&(count, total)| jeffreys(count, total)).collect();
        Self { known: asked.into_iter().zip(shares).collect() }
    }

    /// The shares behind these counts of agree, disagree and neutral.
    pub(crate) fn shares(&mut self, counts: [u64; 3]) -> Shares {
        let total = counts.iter().sum();
        let [agree, disagree, neutral] = counts.map(|count| self.share(count, total));
        Shares { agree, disagree, neutral }
    }

    fn share(&mut self, count: u64, total: u64) -> Share {
        *self.known.entry((count, total)).or_insert_with(|| jeffreys(count, total))
    }
}

/// Dirichlet(½, ½, ½) and `count` of `total` give the share's marginal Beta(count + ½, total − count + 1).
#[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
fn jeffreys(count: u64, total: u64) -> Share {
    posterior(count as f64 + 0.5, (total - count) as f64 + 1.0)
}

/// The same for a share of weighted votes that tell as much as `effective` equal ones.
pub(crate) fn share_of_effective(share: f64, effective: f64) -> Share {
    posterior(share * effective + 0.5, (1.0 - share) * effective + 1.0)
}

fn posterior(a: f64, b: f64) -> Share {
    let beta = Beta::new(a, b);
    Share {
        mean: rounded(beta.mean()),
        low: rounded(beta.quantile(TAIL)),
        high: rounded(beta.quantile(1.0 - TAIL)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_votes_leave_every_share_open() {
        let share = jeffreys(0, 0);
        assert!((share.mean - 1.0 / 3.0).abs() < 1e-9);
        // Beta(½, 1) has the cumulative probability √x.
        assert!((share.low - 0.025_f64.powi(2)).abs() < 1e-9, "{share:?}");
        assert!((share.high - 0.975_f64.powi(2)).abs() < 1e-9, "{share:?}");
    }

    #[test]
    fn shares_made_beforehand_are_the_same() {
        let counts = [[3, 0, 1], [40, 7, 9], [3, 0, 1]];
        let mut before = Intervals::of(counts);
        assert_eq!(before.known.len(), 6);
        assert!(counts.iter().all(|one| before.shares(*one) == Intervals::default().shares(*one)));
    }

    #[test]
    fn intervals_hold_the_mean_and_shrink_with_the_votes() {
        let mut width = 1.0;
        for scale in [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000] {
            let share = jeffreys(3 * scale, 5 * scale);
            assert!(share.low < share.mean && share.mean < share.high, "{share:?}");
            assert!(share.high - share.low < width, "{share:?}");
            width = share.high - share.low;
        }
        // At three million of five the normal approximation is exact to the ninth digit.
        let normal = 2.0 * 1.959_963_985 * (0.6_f64 * 0.4 / 5e6).sqrt();
        assert!((width - normal).abs() < 1e-8, "{width} for {normal}");
    }

    #[test]
    fn all_of_ten_million_is_a_share_below_one() {
        let (all, none) = (jeffreys(10_000_000, 10_000_000), jeffreys(0, 10_000_000));
        assert!(all.low > 0.999_999 && all.high <= 1.0, "{all:?}");
        assert!(none.low >= 0.0 && none.high < 0.000_001, "{none:?}");
    }
}
