//! The adapters that share a Redis keep their promises, whatever happens to it.

mod cluster;
mod counting;
mod faults;
mod messages;
mod places;
mod rationing;

use std::sync::Arc;
use std::time::Duration;

use gd_counters::{RedisCounters, RedisLink};
use gd_testkit::SeededEntropy;

/// Longer than any way back to Redis takes.
const PATIENCE: Duration = Duration::from_secs(15);

/// A link that has found Redis.
async fn link_to(url: &str) -> RedisLink {
    let link = link_before(url);
    assert!(link.connected(PATIENCE).await, "no way to {url}");
    link
}

/// A link that has perhaps not found Redis yet.
fn link_before(url: &str) -> RedisLink {
    // Two servers draw differently: what is at random must differ between them.
    static LINKS: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
    let seed = LINKS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    RedisLink::open(url, Arc::new(SeededEntropy::new(seed))).unwrap()
}

async fn counters_at(url: &str) -> RedisCounters {
    RedisCounters::new(link_to(url).await)
}
