//! Live counts and rate limits, as adapters of the engine's ports.
//!
//! Each comes in two: in the server's own memory for one server alone, and on Redis, shared by many.
//! Owns what is fast and can be lost: the counters are rebuilt from the standing ballots, the budgets
//! simply start anew. Knows no SQL and no HTTP.

mod announcements;
mod backoff;
mod in_process;
mod keys;
mod library;
mod piece;
mod rate_limits;
mod redis_addresses;
mod redis_announcements;
mod redis_counters;
mod redis_link;
mod redis_rate_limits;
mod redis_server;

pub use announcements::NoAnnouncements;
pub use in_process::InProcessCounters;
pub use rate_limits::{InProcessRateLimits, NoRateLimits};
pub use redis_addresses::RedisUrlError;
pub use redis_announcements::RedisAnnouncements;
pub use redis_counters::RedisCounters;
pub use redis_link::RedisLink;
pub use redis_rate_limits::RedisRateLimits;
