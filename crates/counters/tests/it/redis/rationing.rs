//! Budgets that servers share.

use std::time::{Duration, Instant};

use gd_counters::RedisRateLimits;
use gd_engine::ports::{LimitedRequest, RateLimits};
use gd_testkit::services::{Redis, RedisCluster};

use super::{PATIENCE, link_before, link_to};

const SECRET: &[u8] = b"the same on every server";
/// A participant's budget of proposals, and the time in which one is refilled.
const PROPOSALS: usize = 10;
const PROPOSALS_REFILL: Duration = Duration::from_secs(30);

async fn limits_at(url: &str) -> RedisRateLimits {
    RedisRateLimits::new(link_to(url).await, SECRET)
}

/// Takes many at once, from each of these servers in turn; the waits of those that were refused.
async fn take_from_all(servers: &[RedisRateLimits], who: &str, takes: usize) -> Vec<Duration> {
    let mut refused = Vec::new();
    for _ in 0..takes {
        let (one, other) = tokio::join!(
            servers[0].take(LimitedRequest::Proposals, who),
            servers[1].take(LimitedRequest::Proposals, who),
        );
        refused.extend([one, other].into_iter().filter_map(Result::err));
    }
    refused
}

#[tokio::test]
async fn servers_share_one_budget_to_the_last_piece() {
    let redis = Redis::start();
    let servers = [limits_at(&redis.url()).await, limits_at(&redis.url()).await];
    let refused = take_from_all(&servers, "somebody", 20).await;
    assert_eq!(refused.len(), 40 - PROPOSALS);
    for wait in refused {
        assert!(wait > Duration::ZERO && wait <= PROPOSALS_REFILL, "{wait:?}");
    }
    assert_eq!(servers[0].take(LimitedRequest::Proposals, "somebody else").await, Ok(()));
    assert_eq!(servers[1].take(LimitedRequest::Ballots, "somebody").await, Ok(()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn takes_that_come_together_are_rationed_one_by_one() {
    let redis = Redis::start();
    let limits = std::sync::Arc::new(limits_at(&redis.url()).await);
    let takes = (0..400).map(|number| {
        let limits = std::sync::Arc::clone(&limits);
        let who = format!("participant {}", number % 8);
        tokio::spawn(async move { limits.take(LimitedRequest::Proposals, &who).await })
    });
    let mut granted = 0;
    for take in takes.collect::<Vec<_>>() {
        granted += usize::from(take.await.unwrap().is_ok());
    }
    assert_eq!(granted, 8 * PROPOSALS);
    let calls = redis.cli(&["info", "commandstats"]);
    let calls = calls.split("cmdstat_fcall:calls=").nth(1).and_then(|rest| rest.split(',').next()).unwrap();
    assert!(calls.parse::<u32>().unwrap() < 300, "{calls} calls for 400 takes");
}

#[tokio::test]
async fn budgets_are_shared_in_a_cluster() {
    let cluster = RedisCluster::start();
    let servers = [limits_at(&cluster.url()).await, limits_at(&cluster.url()).await];
    for who in 0..12 {
        let refused = take_from_all(&servers, &format!("participant {who}"), 10).await;
        assert_eq!(refused.len(), 20 - PROPOSALS);
    }
    let used = cluster.masters().iter().filter(|master| master.cli(&["dbsize"]).trim() != "0").count();
    assert!(used > 1, "the work is shared among masters");
}

#[tokio::test]
async fn a_paused_or_absent_redis_leaves_each_server_to_ration_alone() {
    let redis = Redis::start();
    let limits = limits_at(&redis.url()).await;
    redis.pause();
    let start = Instant::now();
    assert_eq!(limits.take(LimitedRequest::Proposals, "somebody").await, Ok(()));
    assert!(start.elapsed() < Duration::from_millis(400), "{:?}", start.elapsed());
    let start = Instant::now();
    let mut taken = 1;
    for _ in 0..100 {
        taken += usize::from(limits.take(LimitedRequest::Proposals, "somebody").await.is_ok());
    }
    assert!(start.elapsed() < Duration::from_millis(100), "{:?}", start.elapsed());
    assert_eq!(taken, PROPOSALS);
    redis.resume();

    let absent = RedisRateLimits::new(link_before(&Redis::absent().url()), SECRET);
    assert_eq!(absent.take(LimitedRequest::Proposals, "somebody").await, Ok(()));
}

#[tokio::test]
async fn budgets_vanish_once_they_are_full_again_and_say_not_whose_they_are() {
    let redis = Redis::start();
    let limits = limits_at(&redis.url()).await;
    for number in 0..1_000 {
        assert_eq!(limits.take(LimitedRequest::Requests, &format!("192.0.2.{number}")).await, Ok(()));
    }
    let start = Instant::now();
    while redis.cli(&["dbsize"]).trim() != "0" {
        assert!(start.elapsed() < PATIENCE, "budgets stay");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(limits.take(LimitedRequest::Proposals, "192.0.2.1").await, Ok(()));
    let names = redis.cli(&["keys", "*"]);
    assert!(names.contains("gd:{rate") && !names.contains("192"), "{names}");
}
