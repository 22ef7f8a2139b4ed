//! The records on both engines: the contract of the ports, older ledgers, PostgreSQL's own faults.
#![expect(clippy::unwrap_used, reason = "a test fails where its set-up does")]

mod audit;
mod contract;
mod older_installation;
mod older_ledger;
mod polls;
mod postgres;
mod support;
