//! The SQL adapter of the engine's ports: consultations, proposals, the ledger and its projection.
//!
//! Owns every SQL text of the house and the migrations' running. Each statement is written once for all
//! engines; hot bulk statements, which cannot be, stand together in [`mod@bulk`]. Knows no HTTP, no
//! counters, no clock.

mod consultation;
mod participants;
mod proposals;
mod results;
mod running;
mod sql;
mod staff;
mod voting;

pub use sql::database::SqlStore;
pub use sql::open_error::OpenError;
