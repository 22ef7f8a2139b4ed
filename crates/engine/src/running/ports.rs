//! Ports of running: leases, messages and budgets shared between processes; clock and randomness of the
//! machine.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use gd_domain::{PollId, Timestamp};

use crate::port_error::PortResult;

/// Work that one process at a time should do, out of many on the same records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Job {
    /// Folding a poll's ledger into its standing ballots and counters.
    Project(PollId),
    /// Keeping the live reports up to date.
    LiveReports,
    /// Cutting the audit trail where its retention ends.
    AuditRetention,
}

/// Leases on jobs. They save work; nothing relies on them to be right, for a process that was paused may
/// still believe it holds one.
#[async_trait]
pub trait Leases: Send + Sync {
    /// Whether this process holds the lease of a job now; takes it if it is free. The holder asks again
    /// before each step, at least every half second; from a process that has stopped asking or has
    /// died, its leases pass on within 2 s.
    async fn hold(&self, job: Job) -> PortResult<bool>;

    /// Gives back every lease: the last thing before the process ends.
    async fn release(&self);
}

/// Messages between the processes of an installation. They only make things faster: a periodic look at
/// the records is behind them, and any of them may be lost.
#[async_trait]
pub trait Announcements: Send + Sync {
    /// Tells every process that consultations or proposals have changed on record.
    async fn announce(&self);

    /// Returns when a change was announced since this was last called, by any process.
    async fn heard(&self);
}

/// The kinds of request that have budgets, each its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LimitedRequest {
    /// Requests that cast or retract ballots, by participant.
    Ballots,
    /// Proposals, by participant.
    Proposals,
    /// Proposals, by network address.
    NetworkProposals,
    /// New participants, by network address.
    Participants,
    /// Requests of any kind, by network address.
    Requests,
}

/// Rate limits: a budget of requests for each participant or network address.
#[async_trait]
pub trait RateLimits: Send + Sync {
    /// Takes one from the budget of `who`.
    ///
    /// # Errors
    /// The time to wait, when the budget is spent.
    async fn take(&self, request: LimitedRequest, who: &str) -> Result<(), Duration>;
}

/// Whether records can be written, and by which clock.
#[async_trait]
pub trait Heartbeat: Send + Sync {
    /// Commits one small row to disk.
    async fn beat(&self, now: Timestamp) -> PortResult<()>;

    /// The time where the records are kept; `None` where that is here.
    async fn clock(&self) -> PortResult<Option<Timestamp>>;
}

/// The source of the current time.
pub trait Clock: Send + Sync {
    /// The current instant, in milliseconds since 1970 UTC.
    fn now(&self) -> Timestamp;
}

/// Randomness that nobody can guess.
pub trait Entropy: Send + Sync {
    /// 64 random bits.
    fn bits(&self) -> u64;
}

/// The ports of running that a database adapter fills.
pub trait Records: Heartbeat + Leases {}

impl<S: Heartbeat + Leases> Records for S {}

/// The ports of running.
#[derive(Clone)]
pub struct Ports {
    pub(crate) heartbeat: Arc<dyn Heartbeat>,
    pub(crate) leases: Arc<dyn Leases>,
    pub(crate) announcements: Arc<dyn Announcements>,
    pub(crate) rate_limits: Arc<dyn RateLimits>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
}

impl Ports {
    pub(crate) fn new<S: Records + 'static>(
        records: &Arc<S>,
        announcements: Arc<dyn Announcements>,
        rate_limits: Arc<dyn RateLimits>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Self {
        let (heartbeat, leases) = (Arc::clone(records) as _, Arc::clone(records) as _);
        Self { heartbeat, leases, announcements, rate_limits, clock, entropy }
    }
}
