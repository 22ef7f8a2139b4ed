//! Counters that count who asks, and fail when told to.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use gd_counters::InProcessCounters;
use gd_domain::{Choice, Deltas, PollId, Position};
use gd_engine::ports::{
    Applied, Counters, Ledger, PortError, PortErrorKind, PortResult, ProjectionState, Totals,
};
use gd_testkit::{MemoryStore, NEVER_LATE, ballot_event};

/// Counters that can go out of reach.
#[derive(Default)]
pub(crate) struct FarCounters {
    pub(crate) counters: InProcessCounters,
    pub(crate) away: AtomicBool,
    /// Times that totals were asked for.
    pub(crate) reads: AtomicUsize,
    /// The next deltas are added, but nobody hears of it.
    pub(crate) loses_one_answer: AtomicBool,
    pub(crate) replacements: AtomicUsize,
    /// They have lost everything, until they are replaced.
    pub(crate) flushed: AtomicBool,
    /// The store where somebody votes each time that deltas come, as often as this.
    pub(crate) crowd: Mutex<Option<(Arc<MemoryStore>, u32)>>,
}

impl FarCounters {
    fn reach(&self) -> PortResult<&InProcessCounters> {
        if self.away.load(Ordering::Relaxed) {
            return Err(PortError::new(PortErrorKind::Unavailable, "told to be away"));
        }
        Ok(&self.counters)
    }
}

#[async_trait]
impl Counters for FarCounters {
    async fn apply(
        &self,
        poll: PollId,
        from: ProjectionState,
        to: Position,
        deltas: &Deltas,
    ) -> PortResult<Applied> {
        let crowd = self.crowd.lock().unwrap().clone();
        if let Some((store, votes @ 1..)) = crowd {
            *self.crowd.lock().unwrap() = Some((Arc::clone(&store), votes - 1));
            let ballot = ballot_event(100 + i64::from(votes), 1, Choice::Neutral);
            store.append(poll, &[ballot], NEVER_LATE).await?;
        }
        let applied = self.reach()?.apply(poll, from, to, deltas).await;
        if self.loses_one_answer.swap(false, Ordering::Relaxed) {
            return Err(PortError::new(PortErrorKind::OutcomeUnknown, "told to lose the answer"));
        }
        applied
    }

    async fn replace(
        &self,
        poll: PollId,
        seen: Option<ProjectionState>,
        totals: &Totals,
    ) -> PortResult<bool> {
        self.replacements.fetch_add(1, Ordering::Relaxed);
        let counters = self.reach()?;
        let seen = match seen {
            None if self.flushed.swap(false, Ordering::Relaxed) => counters.state(poll).await?,
            seen => seen,
        };
        counters.replace(poll, seen, totals).await
    }

    async fn state(&self, poll: PollId) -> PortResult<Option<ProjectionState>> {
        let counters = self.reach()?;
        if self.flushed.load(Ordering::Relaxed) { Ok(None) } else { counters.state(poll).await }
    }

    async fn totals(&self, poll: PollId) -> PortResult<Option<Totals>> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        let counters = self.reach()?;
        if self.flushed.load(Ordering::Relaxed) { Ok(None) } else { counters.totals(poll).await }
    }

    async fn forget(&self, poll: PollId) {
        self.counters.forget(poll).await;
    }

    async fn check(&self) -> PortResult<()> {
        self.reach().map(|_| ())
    }
}
