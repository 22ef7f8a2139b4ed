//! Printing a ledger, and rebuilding its projection.

use gd_domain::{ConsultationId, PollId, Position, PositionedEvent, Scope, StaffAction};
use serde_json::json;
use thiserror::Error;

use crate::port_error::{PortError, PortResult};
use crate::staff::{NotPermitted, Permit};
use crate::voting::fold_ledger::Progress;
use crate::voting::projector;
use crate::voting::state::Voting;

/// A ledger was not printed, folded again or verified.
#[derive(Debug, Error)]
pub enum MaintainError {
    /// The actor may not.
    #[error(transparent)]
    NotPermitted(#[from] NotPermitted),
    /// The records did not answer; running it again completes what was begun.
    #[error(transparent)]
    Port(#[from] PortError),
}

impl Voting {
    /// Forgets the standing ballots and folds them again from the first event, then recounts. Voting goes
    /// on meanwhile; "my votes" stay exact, totals show the old count until the new one is complete.
    ///
    /// # Errors
    /// [`MaintainError`].
    pub async fn recount(
        &self,
        permit: &Permit,
        poll: PollId,
        progress: Progress<'_>,
    ) -> Result<Position, MaintainError> {
        let here = Scope::Consultation(self.consultation_of(poll).await?);
        let act = permit.check(StaffAction::MaintainLedger, here)?;
        let work = async {
            let position = self.fold_again(poll, progress).await?;
            Ok::<_, MaintainError>((position, json!({ "after": { "position": position.0 } })))
        };
        self.staff.long_act(act, &format!("poll {poll}"), work).await
    }

    /// A page of the ledger, for those who maintain it: the events right after a position, in order, and none beyond
    /// `until`, which the ledger must have reached.
    ///
    /// # Errors
    /// [`MaintainError`].
    pub async fn ledger_page(
        &self,
        permit: &Permit,
        poll: PollId,
        after: Position,
        until: Position,
    ) -> Result<Vec<PositionedEvent>, MaintainError> {
        permit.check(StaffAction::MaintainLedger, Scope::Consultation(self.consultation_of(poll).await?))?;
        Ok(self.events_after(poll, after, until).await?)
    }

    async fn fold_again(&self, poll: PollId, progress: Progress<'_>) -> PortResult<Position> {
        let head = self.ports.ledger.head(poll).await?;
        let running = self.known_poll(poll).await?;
        {
            let mut known = running.projection.lock().await;
            self.ports.projection.reset(poll, self.running.now()).await?;
            known.forget();
        }
        let report = |position: Position| progress(position.0.min(head.0), head.0);
        projector::project_to_head(&self.ports, &self.running, &running, report).await
    }

    /// Projects everything that waits in the ledger of a poll.
    ///
    /// # Errors
    /// The ledger cannot be read, or the projection cannot be written.
    pub async fn project(&self, poll: PollId) -> PortResult<Position> {
        let running = self.known_poll(poll).await?;
        projector::project_to_head(&self.ports, &self.running, &running, |_| ()).await
    }

    /// The consultation a poll belongs to.
    pub(crate) async fn consultation_of(&self, poll: PollId) -> PortResult<ConsultationId> {
        Ok(self.known_poll(poll).await?.poll.consultation)
    }
}
