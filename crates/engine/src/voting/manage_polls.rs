//! Staff record further polls, and erase those whose rows may go.

use gd_domain::{NewPoll, PollDatesError, PollId, Scope, StaffAction};
use serde_json::json;
use thiserror::Error;

use crate::port_error::{PortError, PortErrorKind, PortResult};
use crate::running::ports::Job;
use crate::staff::{NotPermitted, Permit};
use crate::voting::poll::{KnownProjection, RunningPoll};
use crate::voting::state::Voting;

/// A poll was not recorded, marked or erased.
#[derive(Debug, Error)]
pub enum PollError {
    /// The actor may not.
    #[error(transparent)]
    NotPermitted(#[from] NotPermitted),
    /// No such poll or consultation.
    #[error("there is no such poll")]
    NotFound,
    /// Its dates contradict each other.
    #[error(transparent)]
    Dates(#[from] PollDatesError),
    /// It is marked erasable already, or is to be erased without that mark; nothing was changed.
    #[error("the poll is not in a state for this")]
    Conflict,
    /// It could not be recorded.
    #[error(transparent)]
    Port(PortError),
}

impl From<PortError> for PollError {
    fn from(failure: PortError) -> Self {
        match failure.kind {
            PortErrorKind::NotFound => Self::NotFound,
            PortErrorKind::Conflict => Self::Conflict,
            _ => Self::Port(failure),
        }
    }
}

impl Voting {
    /// Records a poll beside a consultation's first one.
    ///
    /// # Errors
    /// [`PollError`].
    pub async fn create_poll(&self, permit: &Permit, new: &NewPoll) -> Result<PollId, PollError> {
        let act = permit.check(StaffAction::CreatePoll, Scope::Consultation(new.consultation))?;
        new.validate()?;
        let NewPoll { kind, strata, dates, is_erasable, .. } = *new;
        let detail = json!({ "after": {
            "kind": kind, "strata": strata, "erasable": is_erasable,
            "opens_at": dates.opens_at, "closes_at": dates.closes_at,
        } });
        let audit = act.entry(&self.staff, format!("a poll of kind {kind}"), &detail);
        let poll = self.ports.polls.create_poll(new, &audit).await?;
        self.look().await?;
        self.running.announce().await;
        Ok(poll)
    }

    /// Marks a poll erasable, for good: its retention has ended.
    ///
    /// # Errors
    /// [`PollError`].
    pub async fn mark_erasable(&self, permit: &Permit, poll: PollId) -> Result<(), PollError> {
        let here = Scope::Consultation(self.consultation_of(poll).await?);
        let act = permit.check(StaffAction::ErasePoll, here)?;
        let detail = json!({ "before": { "erasable": false }, "after": { "erasable": true } });
        let audit = act.entry(&self.staff, format!("poll {poll}"), &detail);
        Ok(self.ports.polls.mark_erasable(poll, &audit).await?)
    }

    /// Deletes the ledger of an erasable poll and all that is folded from it; the number of events.
    ///
    /// # Errors
    /// [`PollError`]; `Conflict` when the poll is not marked erasable.
    pub async fn erase_poll(&self, permit: &Permit, poll: PollId) -> Result<u64, PollError> {
        let here = Scope::Consultation(self.consultation_of(poll).await?);
        let act = permit.check(StaffAction::ErasePoll, here)?;
        let running = self.known_poll(poll).await?;
        // No step of the projector may be under way.
        let mut known = running.projection.lock().await;
        let detail = json!({ "before": { "position": self.ports.ledger.head(poll).await?.0 } });
        let audit = act.entry(&self.staff, format!("the ledger of poll {poll}"), &detail);
        let events = self.ports.polls.erase_poll(poll, &audit).await?;
        self.begin_again(&running, &mut known).await?;
        Ok(events)
    }

    /// Forgets what is folded from a ledger that was erased when the process died right after it. Only an erased
    /// ledger is behind its projection.
    pub(crate) async fn finish_erasure(&self, poll: PollId) -> PortResult<()> {
        let running = self.known_poll(poll).await?;
        let mut known = running.projection.lock().await;
        // In this order: both go on while people vote.
        let projected = self.ports.projection.state(poll).await?.position;
        let is_erased = self.ports.ledger.head(poll).await? < projected;
        if is_erased && self.running.may_do(Job::Project(poll)).await? {
            self.begin_again(&running, &mut known).await?;
        }
        Ok(())
    }

    async fn begin_again(&self, running: &RunningPoll, known: &mut KnownProjection) -> PortResult<()> {
        self.ports.projection.reset(running.id(), self.running.now()).await?;
        running.begin_again(known);
        self.ports.counters.forget(running.id()).await;
        Ok(())
    }
}
