//! Live totals: read once for all who ask, never by two at the same time, and kept while they are young.
//!
//! Callers get the last totals while newer ones are being read, as long as the last ones are not too old.

use std::sync::Arc;

use gd_domain::{Deltas, Timestamp};

use crate::running::Running;
use crate::single_flight::{Freshness, SingleFlight};
use crate::voting::ports::{ProjectionState, Totals};

/// From which age on totals are read again, in milliseconds.
pub(crate) const REFRESH_AGE_MS: i64 = 1_000;

/// Greatest age of totals when they are shown, in milliseconds, while the counters can be reached. With the
/// time the projector takes, a vote shows in less than two seconds.
pub const TALLIES_AGE_MAX_MS: i64 = 1_200;

/// The counts of a poll at one position, with the sums that are asked for most.
#[derive(Debug)]
pub struct LiveTotals {
    /// The projection this is the count of.
    pub state: ProjectionState,
    /// Every item's tally, the number of participants and the activity.
    pub counts: Deltas,
    version: u64,
    ballots: u64,
}

impl LiveTotals {
    /// Tells these totals from others of the same poll in this process. The same counts read
    /// twice are the same totals.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Standing ballots in all.
    #[must_use]
    pub fn ballots(&self) -> u64 {
        self.ballots
    }

    /// Participants with at least one standing ballot.
    #[must_use]
    pub fn participants(&self) -> u64 {
        u64::try_from(self.counts.participants).unwrap_or(0)
    }
}

/// The totals of a poll read last.
pub(crate) type TotalsCache = SingleFlight<Reading>;

/// Totals with the ages up to which they are shown.
#[derive(Debug)]
pub(crate) struct Reading {
    /// The beginning of the reading.
    pub(crate) at: Timestamp,
    /// The age from which on they are read again, in milliseconds.
    pub(crate) refresh_age_ms: i64,
    /// The age up to which they are shown meanwhile, in milliseconds.
    pub(crate) age_max_ms: i64,
    pub(crate) totals: Arc<LiveTotals>,
}

impl Reading {
    pub(crate) fn freshness(&self, now: Timestamp) -> Freshness {
        let is_younger = |age_ms| Running::is_within(self.at, now, age_ms);
        if is_younger(self.refresh_age_ms) {
            Freshness::Fresh
        } else if is_younger(self.age_max_ms) {
            Freshness::Stale
        } else {
            Freshness::Expired
        }
    }
}

/// These totals with the next version, or the last ones where nothing has changed.
pub(crate) fn next(last: Option<&Arc<LiveTotals>>, Totals { state, counts }: Totals) -> Arc<LiveTotals> {
    match last {
        Some(last) if last.state == state && last.counts == counts => Arc::clone(last),
        _ => {
            let version = last.map_or(0, |last| last.version) + 1;
            let ballots = u64::try_from(counts.ballots()).unwrap_or(0);
            Arc::new(LiveTotals { state, counts, version, ballots })
        }
    }
}
