//! Backoff: the waits before the next tries to reach Redis.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};

/// The first wait, before jitter.
const DELAY_MIN: Duration = Duration::from_millis(50);
/// The longest wait, before jitter.
const DELAY_MAX: Duration = Duration::from_secs(1);
/// The longest wait: jitter at most doubles one.
pub(crate) const BACKOFF_LONGEST: Duration = Duration::from_secs(2);

/// Waits that double up to a limit, without end, each lengthened by chance so that servers do not return all at once.
pub(crate) fn waits() -> ExponentialBackoff {
    let delays = ExponentialBuilder::new().with_min_delay(DELAY_MIN).with_max_delay(DELAY_MAX);
    delays.without_max_times().with_jitter().build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest() {
        let shortest = [50, 100, 200, 400, 800, 1_000, 1_000].map(Duration::from_millis);
        for (wait, shortest) in waits().zip(shortest) {
            assert!(wait >= shortest && wait <= 2 * shortest, "{wait:?} of {shortest:?}");
            assert!(wait <= BACKOFF_LONGEST);
        }
        assert_eq!(waits().take(100).count(), 100);
    }
}
