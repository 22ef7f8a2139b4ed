//! Ports of staff: the audit trail.

use async_trait::async_trait;
use gd_domain::{AuditDraft, AuditEntry, Checkpoint};

use crate::port_error::PortResult;

/// The audit trail: append-only and hash-chained.
///
/// Ports that change records take an [`AuditDraft`] and append it in the transaction of the change, last before
/// the commit. Entries that stand alone (a long act began or ended) are appended here.
#[async_trait]
pub trait AuditTrail: Send + Sync {
    /// Appends an entry; its position.
    async fn append_entry(&self, entry: &AuditDraft) -> PortResult<u64>;

    /// Up to `limit` entries after a position, in order.
    async fn entries_after(&self, after: u64, limit: usize) -> PortResult<Vec<AuditEntry>>;

    /// The last entry's position and hash: 0 and zeros before the first.
    async fn last_entry(&self) -> PortResult<(u64, [u8; 32])>;

    /// The place up to which entries were cut; `None` where none ever were.
    async fn checkpoint(&self) -> PortResult<Option<Checkpoint>>;

    /// Deletes the entries up to a checkpoint, records it, and appends an entry that says so, in one commit.
    async fn cut(&self, checkpoint: &Checkpoint, entry: &AuditDraft) -> PortResult<()>;

    /// Erases the details of entries, in one commit with an entry that says so;
    /// the chain still verifies. How many were erased.
    async fn erase_details(&self, positions: &[u64], entry: &AuditDraft) -> PortResult<u64>;
}
