//! Staff: who acts, in which role, and what a role may do.

mod actor;
mod audit;
mod rights;

pub use actor::{AccountId, Actor, Membership, Role, Scope};
pub use audit::{AuditDraft, AuditEntry, AuditHash, AuditPhase, Checkpoint, DetailDigest};
pub use rights::{StaffAction, may};
