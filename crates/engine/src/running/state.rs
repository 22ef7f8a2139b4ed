//! The use-cases of running.

use std::time::Duration;

use gd_domain::Timestamp;

use crate::port_error::PortResult;
use crate::running::ports::{Job, LimitedRequest, Ports};

/// A process of the installation: its clock, its randomness, and what it shares with the others.
pub struct Running {
    pub(crate) ports: Ports,
}

impl Running {
    pub(crate) fn new(ports: Ports) -> Self {
        Self { ports }
    }

    /// The time, as the engine's clock has it.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.ports.clock.now()
    }

    /// Sixty-four unguessable bits.
    #[must_use]
    pub fn random_bits(&self) -> u64 {
        self.ports.entropy.bits()
    }

    /// Whether a job is this process's to do, see [`crate::ports::Leases`].
    ///
    /// # Errors
    /// The lease cannot be read or taken.
    pub async fn may_do(&self, job: Job) -> PortResult<bool> {
        self.ports.leases.hold(job).await
    }

    /// Takes one from the budget of `who`.
    ///
    /// # Errors
    /// The time to wait, when the budget is spent.
    pub async fn ration(&self, kind: LimitedRequest, who: &str) -> Result<(), Duration> {
        self.ports.rate_limits.take(kind, who).await
    }

    /// Tells every process that records have changed.
    pub(crate) async fn announce(&self) {
        self.ports.announcements.announce().await;
    }

    /// Whether an instant lies less than `age_ms` milliseconds before `now`, and not after it.
    pub(crate) fn is_within(at: Timestamp, now: Timestamp, age_ms: i64) -> bool {
        (0..age_ms).contains(&(now.as_millis() - at.as_millis()))
    }
}
