//! The SQL adapter of the engine's ports: consultations, proposals, the ledger and its projection.
//!
//! Owns every SQL text of the house and the migrations' running. Each statement is written once for all
//! engines; hot bulk statements, which cannot be, stand together in [`mod@bulk`]. Knows no HTTP, no
//! counters, no clock.

mod bulk;
mod consultations;
mod database;
mod failure;
mod heartbeat;
mod leases;
mod ledger;
mod projection;
mod proposals;
mod reports;
mod rows;
mod standing_ballots;

pub use database::{OpenError, SqlStore};
