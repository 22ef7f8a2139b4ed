//! Limits on the repeats of a request. Repeating is always safe: the same ballot again changes nothing.

use std::time::{Duration, Instant};

/// Most repeats of one request after 503.
const TRY_AGAIN_MAX: u32 = 100;

/// The longest wait a server is granted before a repeat.
const RETRY_AFTER_MAX: Duration = Duration::from_secs(1);

/// The wait after a 503 that does not say how long.
const RETRY_AFTER_DEFAULT: Duration = Duration::from_millis(50);

/// The wait before a broken connection is opened again.
const RECONNECT_AFTER: Duration = Duration::from_millis(50);

/// The failures of one request so far.
pub(crate) struct Patience {
    survive: Option<Duration>,
    broken_since: Option<Instant>,
    try_again: u32,
}

impl Patience {
    /// Patience for one request; broken connections are tried again for as long as `survive` says, if at all.
    pub(crate) fn new(survive: Option<Duration>) -> Self {
        Self { survive, broken_since: None, try_again: 0 }
    }

    /// The wait after a 503; `None` after too many of them.
    pub(crate) fn after_try_again(&mut self, retry_after: Option<Duration>) -> Option<Duration> {
        self.try_again += 1;
        let wait = retry_after.unwrap_or(RETRY_AFTER_DEFAULT).min(RETRY_AFTER_MAX);
        (self.try_again <= TRY_AGAIN_MAX).then_some(wait)
    }

    /// The wait after the connection broke at `now`; `None` when the server has been away for too long.
    pub(crate) fn after_break(&mut self, now: Instant) -> Option<Duration> {
        let since = *self.broken_since.get_or_insert(now);
        let survive = self.survive?;
        (now.duration_since(since) < survive).then_some(RECONNECT_AFTER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_server_is_asked_again_a_hundred_times_at_its_pace() {
        let mut patience = Patience::new(None);
        assert_eq!(patience.after_try_again(Some(Duration::from_hours(1))), Some(RETRY_AFTER_MAX));
        assert_eq!(patience.after_try_again(Some(Duration::ZERO)), Some(Duration::ZERO));
        for _ in 2..TRY_AGAIN_MAX {
            assert_eq!(patience.after_try_again(None), Some(RETRY_AFTER_DEFAULT));
        }
        assert_eq!(patience.after_try_again(None), None);
    }

    #[test]
    fn a_server_that_is_away_is_awaited_only_as_long_as_asked() {
        let now = Instant::now();
        assert_eq!(Patience::new(None).after_break(now), None);
        let mut patience = Patience::new(Some(Duration::from_secs(5)));
        assert_eq!(patience.after_break(now), Some(RECONNECT_AFTER));
        assert_eq!(patience.after_break(now + Duration::from_secs(4)), Some(RECONNECT_AFTER));
        assert_eq!(patience.after_break(now + Duration::from_secs(5)), None);
    }
}
