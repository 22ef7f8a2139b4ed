//! The contract of the counters in process and on Redis, and what Redis alone can do wrong.
#![expect(clippy::unwrap_used, reason = "a test fails where its set-up does")]

mod contract;
mod redis;
