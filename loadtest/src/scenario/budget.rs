//! A number of things shared out at random to a known number of takers, to the last one.

use rand::RngExt;
use rand::rngs::SmallRng;

/// The rest to share out, and the takers left.
pub(crate) struct Budget {
    left: u64,
    takers_left: u64,
}

impl Budget {
    pub(crate) fn new(whole: u64, takers: u64) -> Self {
        Self { left: whole, takers_left: takers }
    }

    /// The next taker's share: the average of what is left, give or take one.
    pub(crate) fn take(&mut self, random: &mut SmallRng) -> u64 {
        let average = self.average(random);
        self.spend(average)
    }

    /// The next taker's share, drawn from around the average of what is left, as far below it as it may be
    /// above; the last taker's is the rest.
    pub(crate) fn take_around(&mut self, most: u64, random: &mut SmallRng) -> u64 {
        if self.takers_left <= 1 {
            return self.spend(self.left);
        }
        let average = self.average(random);
        let reach = most.saturating_sub(average).min(average);
        self.spend(random.random_range(average - reach..=average + reach))
    }

    /// The next taker's share, as it is.
    pub(crate) fn spend(&mut self, share: u64) -> u64 {
        let share = share.min(self.left);
        self.left -= share;
        self.takers_left = self.takers_left.saturating_sub(1);
        share
    }

    /// The average share of the takers left, rounded up at random so that the mean is exact.
    fn average(&self, random: &mut SmallRng) -> u64 {
        let takers = self.takers_left.max(1);
        self.left / takers + u64::from(random.random_range(0..takers) < self.left % takers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn everything_is_shared_out() {
        let mut random = SmallRng::seed_from_u64(1);
        for (whole, takers) in [(0, 5), (3, 100), (100, 3), (1_200, 120)] {
            let mut budget = Budget::new(whole, takers);
            let shares = (0..takers).map(|_| budget.take(&mut random)).collect::<Vec<_>>();
            assert_eq!(shares.iter().sum::<u64>(), whole);
            assert!(shares.iter().max() <= Some(&(whole / takers + 2)), "{shares:?}");
        }
    }

    #[test]
    fn shares_around_the_average_add_up_too() {
        let mut random = SmallRng::seed_from_u64(1);
        for (whole, takers) in [(1_000, 100), (1_041, 100), (12, 12), (0, 4), (7, 1)] {
            let mut budget = Budget::new(whole, takers);
            let shares = (0..takers).map(|_| budget.take_around(12, &mut random)).collect::<Vec<_>>();
            assert_eq!(shares.iter().sum::<u64>(), whole, "{shares:?}");
        }
    }
}
