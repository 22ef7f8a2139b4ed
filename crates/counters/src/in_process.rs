//! Counters in the server's own memory: one server, no services.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use async_trait::async_trait;
use gd_domain::{Deltas, PollId, Position};
use gd_engine::ports::{Applied, Counters, PortResult, ProjectionState, Totals};

type ByPoll = HashMap<PollId, Totals>;

/// The counts of every poll, each with the projection it is the count of.
#[derive(Debug, Default)]
pub struct InProcessCounters {
    totals: RwLock<ByPoll>,
}

impl InProcessCounters {
    // A panic while the lock is held cannot leave a count half changed that anyone relies on: counters
    // that stand elsewhere are replaced.
    fn read(&self) -> RwLockReadGuard<'_, ByPoll> {
        self.totals.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, ByPoll> {
        self.totals.write().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Counters for InProcessCounters {
    async fn apply(
        &self,
        poll: PollId,
        from: ProjectionState,
        to: Position,
        deltas: &Deltas,
    ) -> PortResult<Applied> {
        let mut all = self.write();
        let Some(totals) = all.get_mut(&poll).filter(|totals| totals.state == from) else {
            return Ok(Applied::Elsewhere);
        };
        totals.counts.add(deltas);
        totals.state.position = to;
        Ok(Applied::Added)
    }

    async fn replace(
        &self,
        poll: PollId,
        seen: Option<ProjectionState>,
        totals: &Totals,
    ) -> PortResult<bool> {
        let mut all = self.write();
        if all.get(&poll).map(|standing| standing.state) != seen {
            return Ok(false);
        }
        all.insert(poll, totals.clone());
        Ok(true)
    }

    async fn state(&self, poll: PollId) -> PortResult<Option<ProjectionState>> {
        Ok(self.read().get(&poll).map(|totals| totals.state))
    }

    async fn totals(&self, poll: PollId) -> PortResult<Option<Totals>> {
        Ok(self.read().get(&poll).cloned())
    }

    async fn forget(&self, poll: PollId) {
        self.write().remove(&poll);
    }

    async fn check(&self) -> PortResult<()> {
        Ok(())
    }
}
