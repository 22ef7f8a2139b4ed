//! The one place that reads the time and the system's randomness.

use std::time::{SystemTime, UNIX_EPOCH};

use gd_domain::Timestamp;
use gd_engine::ports::{Clock, Entropy};
use rand::Rng;

/// The computer's clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everybody else is given")]
    fn now(&self) -> Timestamp {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_millis(i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX))
    }
}

/// A generator seeded and reseeded by the operating system.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(clippy::disallowed_methods, reason = "this is the source that everybody else is given")]
    fn bits(&self) -> u64 {
        rand::rng().next_u64()
    }
}
