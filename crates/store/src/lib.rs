//! The SQL adapter of the engine's ports: consultations, proposals, the ledger and its projection.
//!
//! Owns every SQL text of the house and the migrations' running. Each statement is written once for all
//! engines; hot bulk statements, which cannot be, stand together in [`mod@bulk`]. Knows no HTTP, no
//! counters, no clock.

mod advisory_leases;
mod bulk;
mod consultations;
mod database;
mod exposures;
mod failure;
mod heartbeat;
mod installation;
mod leases;
mod ledger;
mod lent;
mod one_time_links;
mod open_error;
mod packed;
mod participant_answers;
mod postgres;
mod projection;
mod proposals;
mod reports;
mod rows;
mod sqlite;
mod standing_ballots;

pub use database::SqlStore;
pub use open_error::OpenError;
