//! Polls on record in memory.

use async_trait::async_trait;
use gd_domain::{AuditDraft, NewPoll, PollId};
use gd_engine::ports::{PollMark, Polls, PortErrorKind, PortResult};

use super::PollRows;
use crate::memory_store::{MemoryStore, error, not_found};

#[async_trait]
impl Polls for MemoryStore {
    async fn marks(&self) -> PortResult<Vec<PollMark>> {
        Ok(self.rows().voting.polls.values().map(PollRows::mark).collect())
    }

    async fn mark(&self, poll: PollId) -> PortResult<Option<PollMark>> {
        Ok(self.rows().voting.polls.get(&poll).map(PollRows::mark))
    }

    async fn create_poll(&self, new: &NewPoll, audit: &AuditDraft) -> PortResult<PollId> {
        let mut rows = self.rows();
        if !rows.consultation.consultations.contains_key(&new.consultation) {
            return Err(not_found());
        }
        let id = rows.voting.add_poll(new);
        rows.staff.append(&AuditDraft { subject: format!("poll {id}"), ..audit.clone() });
        Ok(id)
    }

    async fn mark_erasable(&self, poll: PollId, audit: &AuditDraft) -> PortResult<()> {
        let mut rows = self.rows();
        let unmarked = rows.voting.polls.get_mut(&poll).filter(|rows| !rows.poll.is_erasable);
        let unmarked = unmarked.ok_or_else(|| error(PortErrorKind::Conflict, "erasable already"))?;
        unmarked.poll.is_erasable = true;
        rows.staff.append(audit);
        Ok(())
    }

    async fn erase_poll(&self, poll: PollId, audit: &AuditDraft) -> PortResult<u64> {
        let mut rows = self.rows();
        let erasable = rows.voting.polls.get_mut(&poll).filter(|rows| rows.poll.is_erasable);
        let erasable = erasable.ok_or_else(|| error(PortErrorKind::Conflict, "not erasable"))?;
        erasable.revision += 1;
        let events = erasable.head().0;
        erasable.events.clear();
        rows.proposals.forget_exposures(poll);
        rows.staff.append(audit);
        Ok(events)
    }
}
