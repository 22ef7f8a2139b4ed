//! Faults of Redis, and the counters' response to them.

use std::time::{Duration, Instant};

use gd_counters::RedisCounters;
use gd_domain::{Deltas, PollId, Position};
use gd_engine::ports::{Applied, Counters, PortErrorKind, Totals};
use gd_testkit::services::{Proxy, Redis};

use super::counting::{at, ballot};
use super::{PATIENCE, counters_at, link_before, link_to};

const POLL: PollId = PollId(1);
/// Time limit for the first call to find out that nobody answers.
const FIRST_FAILURE_MAX: Duration = Duration::from_millis(1_500);
/// Time limit for all the calls after it together.
const NEXT_FAILURES_MAX: Duration = Duration::from_millis(100);

fn one(number: u64) -> Deltas {
    Deltas::recount([&ballot(number)])
}

/// Counters that stand at 1 in this Redis.
async fn counters_in_use(url: &str) -> RedisCounters {
    let counters = counters_at(url).await;
    let start = Totals { state: at(1), counts: one(0) };
    assert!(counters.replace(POLL, None, &start).await.unwrap());
    counters
}

/// Calls until the counters answer again.
async fn answering(counters: &RedisCounters) {
    let start = Instant::now();
    while counters.state(POLL).await.is_err() {
        assert!(start.elapsed() < PATIENCE, "no way back");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

async fn fail_at_once(counters: &RedisCounters) {
    let start = Instant::now();
    assert!(counters.apply(POLL, at(1), Position(2), &one(1)).await.is_err());
    assert!(start.elapsed() < FIRST_FAILURE_MAX, "{:?}", start.elapsed());
    let start = Instant::now();
    for _ in 0..100 {
        let failure = counters.apply(POLL, at(1), Position(2), &one(1)).await.unwrap_err();
        assert_eq!(failure.kind, PortErrorKind::Unavailable, "{failure}");
        assert!(counters.totals(POLL).await.is_err());
    }
    assert!(start.elapsed() < NEXT_FAILURES_MAX, "{:?}", start.elapsed());
    assert!(counters.check().await.is_err());
}

/// After a pause the deltas may have been added or not; offering them again is safe either way.
async fn deltas_count_once(counters: &RedisCounters) {
    answering(counters).await;
    let offered_again = counters.apply(POLL, at(1), Position(2), &one(1)).await.unwrap();
    let mut expected = one(0);
    expected.add(&one(1));
    let totals = counters.totals(POLL).await.unwrap();
    assert_eq!(totals, Some(Totals { state: at(2), counts: expected }), "{offered_again:?}");
}

#[tokio::test]
async fn functions_that_were_flushed_are_loaded_again() {
    let redis = Redis::start();
    let counters = counters_in_use(&redis.url()).await;
    let _flushed = redis.cli(&["function", "flush"]);
    let applied = counters.apply(POLL, at(1), Position(2), &one(1)).await.unwrap();
    assert_eq!(applied, Applied::Added);
    let _flushed = redis.cli(&["function", "flush"]);
    counters.check().await.unwrap();
    assert!(redis.cli(&["function", "list"]).contains("gd_v1_apply"));
}

#[tokio::test]
async fn flushed_counts_are_nowhere_and_are_replaced() {
    let redis = Redis::start();
    let counters = counters_in_use(&redis.url()).await;
    let _flushed = redis.cli(&["flushall"]);
    let applied = counters.apply(POLL, at(1), Position(2), &one(1)).await.unwrap();
    assert_eq!(applied, Applied::Elsewhere);
    assert_eq!(counters.state(POLL).await.unwrap(), None);
    let recount = Totals { state: at(2), counts: one(1) };
    assert!(counters.replace(POLL, None, &recount).await.unwrap());
    assert_eq!(counters.totals(POLL).await.unwrap(), Some(recount));
}

#[tokio::test]
async fn a_killed_redis_fails_calls_at_once_and_is_found_again() {
    let mut redis = Redis::start();
    let counters = counters_in_use(&redis.url()).await;
    redis.kill();
    fail_at_once(&counters).await;
    redis.restart();
    answering(&counters).await;
    // It kept nothing: the counts are nowhere, and the functions are loaded.
    let start = Totals { state: at(1), counts: one(0) };
    assert!(counters.replace(POLL, None, &start).await.unwrap());
    let applied = counters.apply(POLL, at(1), Position(2), &one(1)).await.unwrap();
    assert_eq!(applied, Applied::Added);
}

#[tokio::test]
async fn a_paused_redis_holds_nobody_up_and_counts_once_when_it_goes_on() {
    let redis = Redis::start();
    let counters = counters_in_use(&redis.url()).await;
    redis.pause();
    fail_at_once(&counters).await;
    redis.resume();
    deltas_count_once(&counters).await;
}

#[tokio::test]
async fn a_cut_network_holds_nobody_up_and_counts_once_when_it_heals() {
    let redis = Redis::start();
    let proxy = Proxy::before(redis.port());
    let counters = counters_in_use(&format!("redis://127.0.0.1:{}", proxy.port())).await;
    proxy.cut();
    fail_at_once(&counters).await;
    proxy.heal();
    deltas_count_once(&counters).await;
    proxy.refuse();
    assert!(counters.state(POLL).await.is_err());
    proxy.heal();
    answering(&counters).await;
}

#[tokio::test]
async fn redis_may_come_after_its_servers() {
    let mut redis = Redis::absent();
    let link = link_before(&redis.url());
    let counters = RedisCounters::new(link.clone());
    assert!(!link.connected(Duration::from_millis(200)).await);
    assert!(counters.check().await.is_err());
    redis.restart();
    assert!(link.connected(PATIENCE).await);
    counters.check().await.unwrap();
    assert_eq!(counters.totals(POLL).await.unwrap(), None);
}

#[tokio::test]
async fn a_full_redis_refuses_deltas_whole_and_can_be_read() {
    let redis = Redis::start();
    let counters = counters_in_use(&redis.url()).await;
    let _full = redis.cli(&["config", "set", "maxmemory", "1"]);
    let failure = counters.apply(POLL, at(1), Position(2), &one(1)).await.unwrap_err();
    assert!(failure.to_string().contains("OOM"), "{failure}");
    let start = Totals { state: at(1), counts: one(0) };
    let whole = Totals { state: at(2), counts: one(1) };
    assert!(counters.replace(POLL, Some(at(1)), &whole).await.is_err());
    assert_eq!(counters.totals(POLL).await.unwrap(), Some(start));
    counters.check().await.unwrap();
    // A server that starts now can read too.
    let late = counters_at(&redis.url()).await;
    assert_eq!(late.state(POLL).await.unwrap(), Some(at(1)));
    let _room = redis.cli(&["config", "set", "maxmemory", "0"]);
    let applied = counters.apply(POLL, at(1), Position(2), &one(1)).await.unwrap();
    assert_eq!(applied, Applied::Added);
}

#[tokio::test]
async fn a_redis_that_may_evict_counts_is_not_used_until_it_is_set_right() {
    let redis = Redis::start_with(&["--maxmemory-policy", "allkeys-lru"]);
    let link = link_before(&redis.url());
    let counters = RedisCounters::new(link.clone());
    while !counters.check().await.unwrap_err().to_string().contains("maxmemory-policy is `allkeys-lru`") {
        tokio::task::yield_now().await;
    }
    let _right = redis.cli(&["config", "set", "maxmemory-policy", "noeviction"]);
    assert!(link.connected(PATIENCE).await);
    counters.check().await.unwrap();
    let _wrong = redis.cli(&["config", "set", "maxmemory-policy", "volatile-ttl"]);
    let failure = counters.check().await.unwrap_err();
    assert!(failure.to_string().contains("set it to `noeviction`"), "{failure}");
    assert!(counters.state(POLL).await.is_err(), "nothing is kept where it may be evicted");
}

#[tokio::test]
async fn the_link_ends_with_its_last_copy() {
    let redis = Redis::start();
    let link = link_to(&redis.url()).await;
    let clients = || redis.cli(&["client", "list"]).lines().count();
    assert_eq!(clients(), 2, "the link, and the one who asks");
    drop(link);
    let start = Instant::now();
    while clients() > 1 {
        assert!(start.elapsed() < PATIENCE, "the connection stays open");
        tokio::task::yield_now().await;
    }
}
