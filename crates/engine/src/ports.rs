//! Ports: what the engine needs of the world, one small trait for each thing.
//!
//! An area declares its ports beside its use-cases (`<area>/ports.rs`); here they are put together. Adapters
//! are checked by the contract suites in `testkit`, the same for every one of them.

use std::sync::Arc;

pub use crate::consultation::ports::Consultations;
pub use crate::participants::ports::{OneTimeLinks, ParticipantAnswers};
pub use crate::port_error::{PortError, PortErrorKind, PortResult};
pub use crate::proposals::ports::{Exposures, ItemDecision, Items, NewItem, SeenItem};
pub use crate::results::ports::{ReportKind, Reports, StoredReport};
pub use crate::running::ports::{
    Announcements, Clock, Entropy, Heartbeat, Job, Leases, LimitedRequest, RateLimits,
};
pub use crate::staff::ports::AuditTrail;
pub use crate::voting::ports::{
    Applied, Counters, Ledger, PollMark, Polls, ProjectedBallots, Projection, ProjectionState,
    StandingBallots, Totals,
};
use crate::{consultation, participants, proposals, results, running, staff, voting};

/// Every port on records: the adapter of a database is all of them.
pub trait Records:
    running::ports::Records
    + staff::ports::AuditTrail
    + consultation::ports::Consultations
    + participants::ports::Records
    + voting::ports::Records
    + proposals::ports::Records
    + results::ports::Reports
    + 'static
{
}

impl<S> Records for S where
    S: running::ports::Records
        + staff::ports::AuditTrail
        + consultation::ports::Consultations
        + participants::ports::Records
        + voting::ports::Records
        + proposals::ports::Records
        + results::ports::Reports
        + 'static
{
}

/// The adapters that are no records: counts that can be lost, and what the machine gives.
#[derive(Clone)]
pub struct Services {
    /// The live counts, in this process or in Redis.
    pub counters: Arc<dyn Counters>,
    /// Messages between processes.
    pub announcements: Arc<dyn Announcements>,
    /// Budgets of requests.
    pub rate_limits: Arc<dyn RateLimits>,
    /// The clock that stamps requests.
    pub clock: Arc<dyn Clock>,
    /// Randomness for keys, numbers and draws.
    pub entropy: Arc<dyn Entropy>,
}

/// The adapters an engine runs on, by area.
#[derive(Clone)]
pub struct Ports {
    pub(crate) running: running::ports::Ports,
    pub(crate) staff: Arc<dyn AuditTrail>,
    pub(crate) consultation: Arc<dyn Consultations>,
    pub(crate) participants: participants::ports::Ports,
    pub(crate) voting: voting::ports::Ports,
    pub(crate) proposals: proposals::ports::Ports,
    pub(crate) results: Arc<dyn Reports>,
}

impl Ports {
    /// The ports over one adapter for all records and the services beside it.
    #[must_use]
    pub fn new<S: Records>(records: &Arc<S>, services: Services) -> Self {
        let Services { counters, announcements, rate_limits, clock, entropy } = services;
        Self {
            running: running::ports::Ports::new(records, announcements, rate_limits, clock, entropy),
            staff: Arc::clone(records) as _,
            consultation: Arc::clone(records) as _,
            participants: participants::ports::Ports::new(records),
            voting: voting::ports::Ports::new(records, counters),
            proposals: proposals::ports::Ports::new(records),
            results: Arc::clone(records) as _,
        }
    }
}
