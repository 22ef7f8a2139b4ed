//! Counters in the server's own memory: one server, no services.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use async_trait::async_trait;
use gd_domain::{ConsultationId, Deltas, Position};
use gd_engine::ports::{Applied, Counters, PortResult, ProjectionState, Totals};

type ByConsultation = HashMap<ConsultationId, Totals>;

/// The counts of every consultation, each with the projection it is the count of.
#[derive(Debug, Default)]
pub struct InProcessCounters {
    totals: RwLock<ByConsultation>,
}

impl InProcessCounters {
    // A panic while the lock is held cannot leave a count half changed that anyone relies on: counters
    // that stand elsewhere are replaced.
    fn read(&self) -> RwLockReadGuard<'_, ByConsultation> {
        self.totals.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, ByConsultation> {
        self.totals.write().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Counters for InProcessCounters {
    async fn apply(
        &self,
        consultation: ConsultationId,
        from: ProjectionState,
        to: Position,
        deltas: &Deltas,
    ) -> PortResult<Applied> {
        let mut all = self.write();
        let Some(totals) = all.get_mut(&consultation).filter(|totals| totals.state == from) else {
            return Ok(Applied::Elsewhere);
        };
        totals.counts.add(deltas);
        totals.state.position = to;
        Ok(Applied::Added)
    }

    async fn replace(
        &self,
        consultation: ConsultationId,
        seen: Option<ProjectionState>,
        totals: &Totals,
    ) -> PortResult<bool> {
        let mut all = self.write();
        if all.get(&consultation).map(|standing| standing.state) != seen {
            return Ok(false);
        }
        all.insert(consultation, totals.clone());
        Ok(true)
    }

    async fn state(&self, consultation: ConsultationId) -> PortResult<Option<ProjectionState>> {
        Ok(self.read().get(&consultation).map(|totals| totals.state))
    }

    async fn totals(&self, consultation: ConsultationId) -> PortResult<Option<Totals>> {
        Ok(self.read().get(&consultation).cloned())
    }
    async fn check(&self) -> PortResult<()> {
        Ok(())
    }
}
