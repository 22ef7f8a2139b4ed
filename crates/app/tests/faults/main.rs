//! Faults under load, on real services: whatever dies, stops or is cut off, every acknowledged ballot
//! stands exactly once, nothing refused is counted, and the counters are exact afterwards.
//!
//! `make test` runs each fault once and a short storm of them; `make chaos` a long one (`GD_CHAOS_FAULTS`).
#![expect(clippy::unwrap_used, reason = "a test fails where its set-up does")]

mod faults;
mod house;
mod one_by_one;
mod several_servers;
mod storm;
mod voters;
