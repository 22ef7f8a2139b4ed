//! The use-cases through the engine's public interface, on fakes of its ports.
#![expect(clippy::unwrap_used, reason = "a test fails where its set-up does")]

mod about_participants;
mod counters_and_leases;
mod exposures;
mod far_counters;
mod import;
mod permits;
mod polls;
mod reading;
mod staff;
mod support;
mod vote;
