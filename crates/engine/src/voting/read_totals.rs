//! Reading totals: from the counters, else by counting in SQL.

use std::sync::Arc;

use gd_domain::Timestamp;

use crate::port_error::PortResult;
use crate::running::Running;
use crate::voting::poll::RunningPoll;
use crate::voting::ports::{Ports, Totals};
use crate::voting::totals::{LiveTotals, REFRESH_AGE_MS, Reading, TALLIES_AGE_MAX_MS, next};

/// While the counters are out of reach, standing ballots are counted one part of the time in so many.
const SQL_COUNT_ONE_PART_IN: i64 = 10;

/// While the counters are out of reach, how many times what a count takes its result may be kept: until
/// the next count, and what that one takes, twice over.
const SQL_COUNT_KEPT_TIMES: i64 = SQL_COUNT_ONE_PART_IN + 2;

/// The totals to show now.
///
/// # Errors
/// Neither counters nor records can be read, and the last totals are too old to show.
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
            // Flushed, or never filled: the process that holds the lease fills them without waiting for a vote.
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
