//! Reading, verifying and cutting the audit trail.

use gd_domain::{AuditDraft, AuditEntry, AuditHash, Checkpoint, Scope, StaffAction, Timestamp};
use serde_json::json;
use thiserror::Error;

use crate::port_error::{PortError, PortResult};
use crate::staff::chain::{detail_digest, entry_hash, is_signed, sign};
use crate::staff::desk::{NotPermitted, Permit};
use crate::staff::state::Staff;

/// Entries read in one statement.
const READ_ENTRIES_MAX: usize = 1_000;

/// An act on the audit trail was not carried out.
#[derive(Debug, Error)]
pub enum AuditError {
    /// The actor may not.
    #[error(transparent)]
    NotPermitted(#[from] NotPermitted),
    /// The trail could not be read or written.
    #[error(transparent)]
    Port(#[from] PortError),
}

/// The outcome of checking the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditVerification {
    /// Every entry follows from the one before it.
    Sound {
        /// The number of entries checked.
        entries: u64,
        /// Details erased since: their digests stay in the chain.
        erased: u64,
        /// The last position that was cut; 0 where nothing was.
        cut_up_to: u64,
    },
    /// The first entry that does not follow, or is missing.
    Broken {
        /// The position of the broken or missing entry.
        position: u64,
    },
    /// The checkpoint was not signed by this installation.
    CheckpointForged,
}

impl Staff {
    /// Checks the chain from the last checkpoint, or the first entry, to the head.
    ///
    /// # Errors
    /// [`AuditError`].
    pub async fn verify_audit(&self, permit: &Permit) -> Result<AuditVerification, AuditError> {
        permit.check(StaffAction::ReadAudit, Scope::Installation)?;
        loop {
            let checkpoint = self.trail.checkpoint().await?;
            let found = self.check_chain(checkpoint.as_ref()).await?;
            let is_sound = matches!(found, AuditVerification::Sound { .. });
            // A cut meanwhile takes away entries that were still to be read.
            if is_sound || self.trail.checkpoint().await? == checkpoint {
                return Ok(found);
            }
        }
    }

    async fn check_chain(&self, checkpoint: Option<&Checkpoint>) -> PortResult<AuditVerification> {
        let (mut at, mut hash, mut entries, mut erased) = (0, AuditHash::default(), 0, 0);
        if let Some(checkpoint) = checkpoint {
            if !is_signed(&self.checkpoint_key, checkpoint) {
                return Ok(AuditVerification::CheckpointForged);
            }
            (at, hash) = (checkpoint.position, checkpoint.hash);
        }
        let cut_up_to = at;
        // As far as the trail went then: acts go on meanwhile.
        let head = self.trail.last_entry().await?;
        while at < head.0 {
            let read = self.trail.entries_after(at, READ_ENTRIES_MAX).await?;
            if read.is_empty() {
                return Ok(AuditVerification::Broken { position: at + 1 });
            }
            for entry in read.iter().take_while(|entry| entry.position <= head.0) {
                if entry.position != at + 1 || !follows(entry, &hash) {
                    return Ok(AuditVerification::Broken { position: at + 1 });
                }
                (at, hash) = (entry.position, entry.hash);
                entries += 1;
                erased += u64::from(entry.detail.is_none());
            }
        }
        let is_whole = at == head.0 && hash == head.1;
        Ok(if is_whole {
            AuditVerification::Sound { entries, erased, cut_up_to }
        } else {
            AuditVerification::Broken { position: at }
        })
    }

    /// Up to a thousand entries after a position, in order.
    ///
    /// # Errors
    /// [`AuditError`].
    pub async fn audit_page(&self, permit: &Permit, after: u64) -> Result<Vec<AuditEntry>, AuditError> {
        permit.check(StaffAction::ReadAudit, Scope::Installation)?;
        Ok(self.trail.entries_after(after, READ_ENTRIES_MAX).await?)
    }

    /// Deletes the entries older than an instant, but for the last one there is, and signs a checkpoint in their
    /// place. Returns the number of entries deleted.
    ///
    /// # Errors
    /// [`AuditError`]; nothing was cut then, unless the outcome of a commit is unknown.
    pub async fn cut_audit(&self, permit: &Permit, older_than: Timestamp) -> Result<u64, AuditError> {
        let act = permit.check(StaffAction::CutAudit, Scope::Installation)?;
        let start = self.trail.checkpoint().await?.map_or(0, |checkpoint| checkpoint.position);
        let Some((position, hash)) = self.last_before(start, older_than).await? else { return Ok(0) };
        let checkpoint = sign(&self.checkpoint_key, position, hash, self.running.now());
        let detail = json!({ "before": { "from": start + 1 }, "after": { "cut_up_to": position } });
        let entry = act.entry(self, format!("entries {} to {position}", start + 1), &detail);
        self.trail.cut(&checkpoint, &entry).await?;
        Ok(position - start)
    }

    async fn last_before(&self, start: u64, older_than: Timestamp) -> PortResult<Option<(u64, AuditHash)>> {
        let (head, _) = self.trail.last_entry().await?;
        let (mut at, mut last) = (start, None);
        loop {
            let read = self.trail.entries_after(at, READ_ENTRIES_MAX).await?;
            let old = read.iter().take_while(|entry| entry.at < older_than && entry.position < head);
            let Some(entry) = old.last() else { return Ok(last) };
            (at, last) = (entry.position, Some((entry.position, entry.hash)));
        }
    }

    /// Erases the details of these entries: texts and personal data go, the chain stays.
    ///
    /// # Errors
    /// [`AuditError`].
    pub async fn erase_audit_details(&self, permit: &Permit, positions: &[u64]) -> Result<u64, AuditError> {
        let act = permit.check(StaffAction::CutAudit, Scope::Installation)?;
        let subject = format!("details of {} entries", positions.len());
        let entry = act.entry(self, subject, &json!({ "before": { "positions": positions } }));
        Ok(self.trail.erase_details(positions, &entry).await?)
    }
}

/// Whether an entry names the hash before it, and its own is that of what it says.
fn follows(entry: &AuditEntry, previous: &AuditHash) -> bool {
    let detail_fits =
        entry.detail.as_ref().is_none_or(|(salt, detail)| detail_digest(salt, detail) == entry.detail_digest);
    let said = AuditDraft {
        at: entry.at,
        actor: entry.actor.clone(),
        action: entry.action,
        phase: entry.phase,
        consultation: entry.consultation,
        subject: entry.subject.clone(),
        detail: String::new(),
        salt: [0; 16],
    };
    let hash = entry_hash(entry.position, &said, &entry.detail_digest, previous);
    detail_fits && entry.previous == *previous && entry.hash == hash
}
