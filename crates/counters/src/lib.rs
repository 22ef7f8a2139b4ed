//! Live counts and rate limits, as adapters of the engine's ports.
//!
//! Owns what is fast and can be lost: the counters are rebuilt from the standing ballots, the budgets
//! simply start anew. Knows no SQL and no HTTP.

mod announcements;
mod in_process;
mod rate_limits;

pub use announcements::NoAnnouncements;
pub use in_process::InProcessCounters;
pub use rate_limits::{InProcessRateLimits, NoRateLimits};
