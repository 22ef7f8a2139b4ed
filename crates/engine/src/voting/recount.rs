//! Rebuilding the projection from the ledger.

use gd_domain::Position;

use crate::consultation::catalogue::CatalogueEntry;
use crate::engine::Engine;
use crate::ports::PortResult;
use crate::voting::projector;

/// Told how far long work has come: done, of how many.
pub type Progress<'a> = &'a mut (dyn FnMut(u64, u64) + Send);

impl Engine {
    /// Forgets the standing ballots and folds them again from the first event, then recounts. Voting goes
    /// on meanwhile; "my votes" stay exact, totals show the old count until the new one is complete.
    ///
    /// # Errors
    /// Of the ports; running it again completes what was begun.
    pub async fn recount(&self, entry: &CatalogueEntry, progress: Progress<'_>) -> PortResult<Position> {
        let head = self.ports.ledger.head(entry.id).await?;
        {
            let mut known = entry.projection.lock().await;
            self.ports.projection.reset(entry.id, self.now()).await?;
            known.forget();
        }
        projector::project_to_head(&self.ports, entry, |position| progress(position.0.min(head.0), head.0))
            .await
    }

    /// Projects everything that waits in the ledger of a consultation.
    ///
    /// # Errors
    /// Of the ports.
    pub async fn project(&self, entry: &CatalogueEntry) -> PortResult<Position> {
        projector::project_to_head(&self.ports, entry, |_| ()).await
    }
}
