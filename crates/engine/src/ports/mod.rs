//! What the engine needs of the world: one small trait for each thing, each with at most six methods.
//!
//! Adapters are checked by the contract suites in `testkit`, the same for every one of them.

mod processes;
mod records;
mod votes;

use std::error::Error;
use std::fmt;
use std::sync::Arc;

pub use processes::{Announcements, Clock, Entropy, Heartbeat, Job, Leases, RateLimits, Rationed};
pub use records::{
    Consultations, Exposures, Moderated, NewProposal, OneTimeLinks, ParticipantAnswers, Proposals,
    ReportKind, Reports, StoredReport, Watermark,
};
pub use votes::{
    Applied, Counters, Ledger, ProjectedBallots, Projection, ProjectionState, StandingBallots, Totals,
};

/// A port could not do its work. The cause is opaque; only the kind matters to callers.
#[derive(Debug)]
pub struct PortError {
    /// What a caller can do about it.
    pub kind: PortErrorKind,
    source: Box<dyn Error + Send + Sync>,
}

/// What a caller can do about a failed port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortErrorKind {
    /// Nothing was done; try again later.
    Unavailable,
    /// It is not known whether the work was done; repeating is safe where the port says so.
    OutcomeUnknown,
    /// It was refused because something of that name exists already.
    Conflict,
    /// A record cannot be understood: written by a newer program, or damaged.
    Corrupt,
}

impl PortError {
    /// An error of this kind with its cause.
    pub fn new(kind: PortErrorKind, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { kind, source: source.into() }
    }
}

impl fmt::Display for PortError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            PortErrorKind::Unavailable => "not available",
            PortErrorKind::OutcomeUnknown => "outcome unknown",
            PortErrorKind::Conflict => "exists already",
            PortErrorKind::Corrupt => "record not understood",
        };
        write!(f, "{kind}: {}", self.source)
    }
}

impl Error for PortError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        // The cause itself is part of the message.
        self.source.source()
    }
}

/// What every port answers.
pub type PortResult<T> = Result<T, PortError>;

/// The adapters an engine runs on.
#[derive(Clone)]
pub struct Ports {
    /// The ledger.
    pub ledger: Arc<dyn Ledger>,
    /// The writing side of the standing ballots.
    pub projection: Arc<dyn Projection>,
    /// The reading side of the standing ballots.
    pub standing_ballots: Arc<dyn StandingBallots>,
    /// Consultations on record.
    pub consultations: Arc<dyn Consultations>,
    /// Proposals on record.
    pub proposals: Arc<dyn Proposals>,
    /// Reports on record.
    pub reports: Arc<dyn Reports>,
    /// How often proposals were shown.
    pub exposures: Arc<dyn Exposures>,
    /// Links that work once.
    pub one_time_links: Arc<dyn OneTimeLinks>,
    /// What participants answered about themselves.
    pub participant_answers: Arc<dyn ParticipantAnswers>,
    /// Whether records can be written.
    pub heartbeat: Arc<dyn Heartbeat>,
    /// Which process does what.
    pub leases: Arc<dyn Leases>,
    /// Live counts.
    pub counters: Arc<dyn Counters>,
    /// Messages between processes.
    pub announcements: Arc<dyn Announcements>,
    /// Rate limits.
    pub rate_limits: Arc<dyn RateLimits>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
}
