//! Live totals: read once for all who ask, never by two at the same time, and kept while they are young.
//!
//! Whoever asks while newer ones are being read gets the last ones, as long as those are not too old.

use std::sync::Arc;

use gd_domain::{Deltas, Timestamp};

use crate::port_error::PortResult;
use crate::running::Running;
use crate::single_flight::{Freshness, SingleFlight};
use crate::voting::poll::RunningPoll;
use crate::voting::ports::{Ports, ProjectionState, Totals};

/// From which age on totals are read again, in milliseconds.
const REFRESH_AGE_MS: i64 = 1_000;

/// How old totals may be when they are shown, in milliseconds, while the counters can be reached. With
/// the time the projector takes, a vote shows in less than two seconds.
pub const TALLIES_AGE_MAX_MS: i64 = 1_200;

/// While the counters are out of reach, standing ballots are counted one part of the time in so many.
const SQL_COUNT_ONE_PART_IN: i64 = 10;

/// While the counters are out of reach, how many times what a count takes its result may be kept: until
/// the next count, and what that one takes, twice over.
const SQL_COUNT_KEPT_TIMES: i64 = SQL_COUNT_ONE_PART_IN + 2;

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
    at: Timestamp,
    /// The age from which on they are read again, in milliseconds.
    refresh_age_ms: i64,
    /// The age up to which they are shown meanwhile, in milliseconds.
    age_max_ms: i64,
    totals: Arc<LiveTotals>,
}

impl Reading {
    fn freshness(&self, now: Timestamp) -> Freshness {
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

/// The totals to show now.
///
/// # Errors
/// Of the ports, when there are none young enough and neither counters nor SQL can be read.
pub(crate) async fn totals(
    ports: &Ports,
    running: &Arc<Running>,
    poll: &Arc<RunningPoll>,
    now: Timestamp,
) -> PortResult<Arc<LiveTotals>> {
    let make = |last: Option<Arc<Reading>>| {
        let (ports, running, poll) = (ports.clone(), Arc::clone(running), Arc::clone(poll));
        async move { read(&ports, &running, &poll, last.map(|last| Arc::clone(&last.totals)), now).await }
    };
    let reading = poll.totals_cache.get(|last| last.freshness(now), make).await?;
    Ok(Arc::clone(&reading.totals))
}

/// Reads the counters; counts in SQL while they are empty or out of reach.
async fn read(
    ports: &Ports,
    running: &Running,
    poll: &RunningPoll,
    last: Option<Arc<LiveTotals>>,
    at: Timestamp,
) -> PortResult<Reading> {
    let from_counters = match read_counters(ports, poll, last.as_ref()).await {
        Ok(Some(found)) => Some(found),
        Ok(None) => {
            // Flushed, or never filled: whoever holds the lease fills them without waiting for a vote.
            poll.wake_projector.notify_one();
            None
        }
        Err(failure) => {
            tracing::warn!(poll = poll.id().0, %failure, "the counters could not be read; counting in SQL");
            None
        }
    };
    if let Some(totals) = from_counters {
        return Ok(Reading { at, refresh_age_ms: REFRESH_AGE_MS, age_max_ms: TALLIES_AGE_MAX_MS, totals });
    }
    let began = running.now();
    let (state, counts) = ports.standing_ballots.count(poll.id()).await?;
    let took_ms = running.now().as_millis().saturating_sub(began.as_millis());
    let refresh_age_ms = REFRESH_AGE_MS.max(took_ms.saturating_mul(SQL_COUNT_ONE_PART_IN));
    let age_max_ms = TALLIES_AGE_MAX_MS.max(took_ms.saturating_mul(SQL_COUNT_KEPT_TIMES));
    Ok(Reading { at, refresh_age_ms, age_max_ms, totals: next(last.as_ref(), Totals { state, counts }) })
}

/// The totals the counters hold; the last totals where they still stand there.
async fn read_counters(
    ports: &Ports,
    poll: &RunningPoll,
    last: Option<&Arc<LiveTotals>>,
) -> PortResult<Option<Arc<LiveTotals>>> {
    if let Some(last) = last
        && ports.counters.state(poll.id()).await? == Some(last.state)
    {
        return Ok(Some(Arc::clone(last)));
    }
    Ok(ports.counters.totals(poll.id()).await?.map(|totals| next(last, totals)))
}

fn next(last: Option<&Arc<LiveTotals>>, Totals { state, counts }: Totals) -> Arc<LiveTotals> {
    match last {
        Some(last) if last.state == state && last.counts == counts => Arc::clone(last),
        _ => {
            let version = last.map_or(0, |last| last.version) + 1;
            let ballots = u64::try_from(counts.ballots()).unwrap_or(0);
            Arc::new(LiveTotals { state, counts, version, ballots })
        }
    }
}
