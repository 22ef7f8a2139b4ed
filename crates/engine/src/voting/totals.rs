//! Live totals: read once for all who ask, never by two at the same time, and kept while they are young.
//!
//! Whoever asks while newer ones are being read gets the last ones, as long as those are not too old.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use gd_domain::{Deltas, Timestamp};
use tokio::sync::Mutex;

use crate::consultation::catalogue::CatalogueEntry;
use crate::ports::{PortResult, Ports, ProjectionState, Totals};

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

/// The counts of a consultation at one position, and what is asked of them most.
#[derive(Debug)]
pub struct LiveTotals {
    /// The projection this is the count of.
    pub state: ProjectionState,
    /// Every proposal's tally, the number of participants and the activity.
    pub counts: Deltas,
    version: u64,
    ballots: u64,
}

impl LiveTotals {
    /// Tells these totals from others of the same consultation in this process. The same counts read
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

/// The totals of a consultation read last.
#[derive(Debug, Default)]
pub(crate) struct TotalsCache {
    last: ArcSwapOption<Reading>,
    reading: Arc<Mutex<()>>,
}

#[derive(Debug)]
struct Reading {
    /// When the reading began.
    at: Timestamp,
    /// From which age on to read again, in milliseconds.
    refresh_age_ms: i64,
    /// Up to which age to show it meanwhile, in milliseconds.
    age_max_ms: i64,
    totals: Arc<LiveTotals>,
}

impl Reading {
    fn is_younger(&self, now: Timestamp, age_ms: i64) -> bool {
        (0..age_ms).contains(&(now.as_millis() - self.at.as_millis()))
    }
}

/// The totals to show now.
///
/// # Errors
/// Of the ports, when there are none young enough and neither counters nor SQL can be read.
pub(crate) async fn totals(
    ports: &Arc<Ports>,
    entry: &Arc<CatalogueEntry>,
    now: Timestamp,
) -> PortResult<Arc<LiveTotals>> {
    let cache = &entry.totals_cache;
    if let Some(last) = cache.last.load_full() {
        if last.is_younger(now, last.refresh_age_ms) {
            return Ok(Arc::clone(&last.totals));
        }
        if last.is_younger(now, last.age_max_ms) {
            read_in_the_background(ports, entry, now);
            return Ok(Arc::clone(&last.totals));
        }
    }
    let _one_at_a_time = cache.reading.lock().await;
    // Whoever held the lock may have read them.
    match cache.last.load_full() {
        Some(last) if last.is_younger(now, last.refresh_age_ms) => Ok(Arc::clone(&last.totals)),
        _ => read(ports, entry, now).await,
    }
}

fn read_in_the_background(ports: &Arc<Ports>, entry: &Arc<CatalogueEntry>, now: Timestamp) {
    let Ok(one_at_a_time) = Arc::clone(&entry.totals_cache.reading).try_lock_owned() else { return };
    let (ports, entry) = (Arc::clone(ports), Arc::clone(entry));
    tokio::spawn(async move {
        if let Err(failure) = read(&ports, &entry, now).await {
            tracing::warn!(consultation = entry.id.0, %failure, "totals could not be read; showing the last ones");
        }
        drop(one_at_a_time);
    });
}

/// Reads the counters; counts in SQL while they are empty or out of reach.
async fn read(ports: &Ports, entry: &CatalogueEntry, now: Timestamp) -> PortResult<Arc<LiveTotals>> {
    let cache = &entry.totals_cache;
    let last = cache.last.load_full().map(|last| Arc::clone(&last.totals));
    let from_counters = match read_counters(ports, entry, last.as_ref()).await {
        Ok(Some(found)) => Some(found),
        Ok(None) => {
            // Flushed, or never filled: whoever holds the lease fills them without waiting for a vote.
            entry.wake_projector.notify_one();
            None
        }
        Err(failure) => {
            tracing::warn!(consultation = entry.id.0, %failure, "the counters could not be read; counting in SQL");
            None
        }
    };
    let (totals, refresh_age_ms, age_max_ms) = if let Some(totals) = from_counters {
        (totals, REFRESH_AGE_MS, TALLIES_AGE_MAX_MS)
    } else {
        let began = ports.clock.now();
        let (state, counts) = ports.standing_ballots.count(entry.id).await?;
        let took_ms = ports.clock.now().as_millis().saturating_sub(began.as_millis());
        let refresh_age_ms = REFRESH_AGE_MS.max(took_ms.saturating_mul(SQL_COUNT_ONE_PART_IN));
        let age_max_ms = TALLIES_AGE_MAX_MS.max(took_ms.saturating_mul(SQL_COUNT_KEPT_TIMES));
        (next(last.as_ref(), Totals { state, counts }), refresh_age_ms, age_max_ms)
    };
    let reading = Reading { at: now, refresh_age_ms, age_max_ms, totals: Arc::clone(&totals) };
    cache.last.store(Some(Arc::new(reading)));
    Ok(totals)
}

/// What the counters count; the last totals where they still stand there.
async fn read_counters(
    ports: &Ports,
    entry: &CatalogueEntry,
    last: Option<&Arc<LiveTotals>>,
) -> PortResult<Option<Arc<LiveTotals>>> {
    if let Some(last) = last
        && ports.counters.state(entry.id).await? == Some(last.state)
    {
        return Ok(Some(Arc::clone(last)));
    }
    Ok(ports.counters.totals(entry.id).await?.map(|totals| next(last, totals)))
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
