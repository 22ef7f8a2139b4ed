//! The ports of staff in memory.

use async_trait::async_trait;
use gd_domain::{AuditDraft, AuditEntry, AuditHash, Checkpoint};
use gd_engine::ports::{AuditTrail, PortError, PortErrorKind, PortResult};
use gd_engine::staff::{detail_digest, entry_hash};

use super::MemoryStore;

/// The audit trail.
#[derive(Debug, Default)]
pub(super) struct Rows {
    entries: Vec<AuditEntry>,
    last: (u64, AuditHash),
    checkpoint: Option<Checkpoint>,
}

impl Rows {
    /// Appends an entry of the act whose rows are held; its position is the last one then.
    pub(super) fn append(&mut self, entry: &AuditDraft) {
        let (position, previous) = (self.last.0 + 1, self.last.1);
        let digest = detail_digest(&entry.salt, &entry.detail);
        let hash = entry_hash(position, entry, &digest, &previous);
        self.last = (position, hash);
        self.entries.push(AuditEntry {
            position,
            at: entry.at,
            actor: entry.actor.clone(),
            action: entry.action,
            phase: entry.phase,
            consultation: entry.consultation,
            subject: entry.subject.clone(),
            detail_digest: digest,
            detail: Some((entry.salt, entry.detail.clone())),
            previous,
            hash,
        });
    }
}

#[async_trait]
impl AuditTrail for MemoryStore {
    async fn append_entry(&self, entry: &AuditDraft) -> PortResult<u64> {
        let staff = &mut self.rows().staff;
        staff.append(entry);
        Ok(staff.last.0)
    }

    async fn entries_after(&self, after: u64, limit: usize) -> PortResult<Vec<AuditEntry>> {
        let rows = self.rows();
        let later = rows.staff.entries.iter().filter(|entry| entry.position > after);
        Ok(later.take(limit).cloned().collect())
    }

    async fn last_entry(&self) -> PortResult<(u64, [u8; 32])> {
        Ok(self.rows().staff.last)
    }

    async fn checkpoint(&self) -> PortResult<Option<Checkpoint>> {
        Ok(self.rows().staff.checkpoint)
    }

    async fn cut(&self, checkpoint: &Checkpoint, entry: &AuditDraft) -> PortResult<()> {
        let staff = &mut self.rows().staff;
        if staff.checkpoint.is_some_and(|cut| cut.position >= checkpoint.position) {
            return Err(PortError::new(PortErrorKind::Conflict, "the trail has been cut there already"));
        }
        staff.checkpoint = Some(*checkpoint);
        staff.entries.retain(|entry| entry.position > checkpoint.position);
        staff.append(entry);
        Ok(())
    }

    async fn erase_details(&self, positions: &[u64], entry: &AuditDraft) -> PortResult<u64> {
        let staff = &mut self.rows().staff;
        let mut erased = 0;
        for known in staff.entries.iter_mut().filter(|known| positions.contains(&known.position)) {
            erased += u64::from(known.detail.take().is_some());
        }
        staff.append(entry);
        Ok(erased)
    }
}
