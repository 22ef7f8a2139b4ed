//! The audit trail's entries: who did what to what, when. Each carries the hash of the one before it.

use crate::ids::ConsultationId;
use crate::staff::StaffAction;
use crate::timestamp::Timestamp;
use crate::words::words;

/// A SHA-256 hash of the chain.
pub type AuditHash = [u8; 32];

/// SHA-256 of a salt and an entry's detail: the chain holds the detail without showing it.
pub type DetailDigest = [u8; 32];

/// The place of an entry in its act. Long acts have two entries, so that one that never ended shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditPhase {
    /// The act and its entry were committed together.
    Done,
    /// A long act began: an import, an export, a recount, a job.
    Begun,
    /// A long act ended.
    Ended,
}

words!(AuditPhase, "audit phase", { Done => "done", Begun => "begun", Ended => "ended" });

/// An entry about to be appended by the transaction of its act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditDraft {
    /// When the act was admitted.
    pub at: Timestamp,
    /// The actor, as [`crate::Actor`] writes itself.
    pub actor: String,
    /// The staff act that was done.
    pub action: StaffAction,
    /// The stage of a long act that this entry records.
    pub phase: AuditPhase,
    /// The consultation it is about; `None` for the installation.
    pub consultation: Option<ConsultationId>,
    /// The object of the act, by number: `proposals 3 4 9`, `poll 7`.
    pub subject: String,
    /// Before and after, as one JSON object: may hold texts, so it can be erased later.
    pub detail: String,
    /// Sixteen random bytes before the detail under its digest: a short detail cannot be guessed from it.
    pub salt: [u8; 16],
}

/// An entry on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// 1, 2, 3… without a gap.
    pub position: u64,
    /// When the act was admitted.
    pub at: Timestamp,
    /// The actor, as [`crate::Actor`] writes itself.
    pub actor: String,
    /// The staff act that was done.
    pub action: StaffAction,
    /// The stage of a long act that this entry records.
    pub phase: AuditPhase,
    /// The consultation it is about.
    pub consultation: Option<ConsultationId>,
    /// The object of the act, by number.
    pub subject: String,
    /// The digest of salt and detail.
    pub detail_digest: DetailDigest,
    /// Salt and detail beside the chain; `None` once erased.
    pub detail: Option<([u8; 16], String)>,
    /// The hash of the entry before it; zeros before the first.
    pub previous: AuditHash,
    /// The hash of this entry.
    pub hash: AuditHash,
}

/// The place up to which entries were cut when their retention ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The position of the last entry that was cut.
    pub position: u64,
    /// Its hash: the first entry that is left names it as the one before.
    pub hash: AuditHash,
    /// When it was cut.
    pub cut_at: Timestamp,
    /// HMAC-SHA-256 of the three under the installation's secret.
    pub signature: [u8; 32],
}
