//! Staff: the desk that every staff act goes through, and the audit trail it leaves.

pub(crate) mod audit;
pub(crate) mod chain;
pub(crate) mod desk;
mod long_act;
pub mod ports;
pub(crate) mod state;

pub use audit::{AuditError, AuditVerification};
pub use chain::{detail_digest, entry_hash};
pub(crate) use desk::PermittedAct;
pub use desk::{Desk, NotPermitted, Permit};
pub use state::Staff;
