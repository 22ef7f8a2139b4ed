//! Backoff: the wait before the next try.

use std::sync::Arc;
use std::time::Duration;

use gd_engine::ports::Entropy;

/// The first wait, before jitter.
const BACKOFF_FIRST: Duration = Duration::from_millis(100);
/// The longest wait.
pub(crate) const BACKOFF_LONGEST: Duration = Duration::from_secs(2);
/// Jitter leaves at least half of a wait, in steps of 1/1024.
const JITTER_STEPS: u32 = 512;

/// Waits that double up to a limit, each shortened by chance so that servers do not return all at once.
pub(crate) struct Backoff {
    entropy: Arc<dyn Entropy>,
    next: Duration,
}

impl Backoff {
    pub(crate) fn new(entropy: Arc<dyn Entropy>) -> Self {
        Self { entropy, next: BACKOFF_FIRST }
    }

    /// The next wait.
    pub(crate) fn next(&mut self) -> Duration {
        let full = self.next;
        self.next = (full * 2).min(BACKOFF_LONGEST);
        let steps = u32::try_from(self.entropy.bits() % u64::from(JITTER_STEPS)).unwrap_or(0);
        full * (JITTER_STEPS + steps) / (2 * JITTER_STEPS)
    }

    /// Back to short waits.
    pub(crate) fn start_over(&mut self) {
        self.next = BACKOFF_FIRST;
    }
}

#[cfg(test)]
mod tests {
    use gd_testkit::SeededEntropy;

    use super::*;

    #[test]
    fn waits_double_up_to_the_longest_and_keep_at_least_half() {
        let mut backoff = Backoff::new(Arc::new(SeededEntropy::new(3)));
        for full_ms in [100, 200, 400, 800, 1_600, 2_000, 2_000] {
            let wait = backoff.next();
            let full = Duration::from_millis(full_ms);
            assert!(wait >= full / 2 && wait < full, "{wait:?} of {full:?}");
        }
        backoff.start_over();
        assert!(backoff.next() < BACKOFF_FIRST);
    }
}
