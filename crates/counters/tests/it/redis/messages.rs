//! Messages between servers.

use std::time::{Duration, Instant};

use gd_counters::{RedisAnnouncements, RedisLink};
use gd_engine::ports::Announcements;
use gd_testkit::services::{Proxy, Redis, RedisCluster};
use tokio::time::timeout;

use super::{PATIENCE, link_before, link_to};

/// Long enough for a message that is on its way.
const SILENCE: Duration = Duration::from_millis(200);

/// Announcements that listen: what is heard first is that some may have been missed.
async fn listening(link: &RedisLink) -> RedisAnnouncements {
    let announcements = RedisAnnouncements::new(link.clone());
    timeout(PATIENCE, announcements.heard()).await.expect("it does not listen");
    announcements
}

async fn hears(announcements: &RedisAnnouncements) -> bool {
    timeout(PATIENCE, announcements.heard()).await.is_ok()
}

async fn hears_nothing_more(announcements: &RedisAnnouncements) -> bool {
    timeout(SILENCE, announcements.heard()).await.is_err()
}

#[tokio::test]
async fn every_server_hears_what_one_announces_and_many_as_one() {
    let redis = Redis::start();
    let link = link_to(&redis.url()).await;
    let (one, other) = (listening(&link).await, listening(&link_to(&redis.url()).await).await);
    one.announce().await;
    assert!(hears(&one).await && hears(&other).await);
    for _ in 0..50 {
        other.announce().await;
    }
    // Until the last of them has arrived.
    tokio::time::sleep(SILENCE).await;
    assert!(hears(&one).await && hears(&other).await);
    assert!(hears_nothing_more(&one).await && hears_nothing_more(&other).await);
}

#[tokio::test]
async fn after_a_gap_one_message_is_heard_for_those_missed() {
    let mut redis = Redis::start();
    let announcements = listening(&link_to(&redis.url()).await).await;
    redis.kill();
    assert!(hears_nothing_more(&announcements).await);
    let start = Instant::now();
    announcements.announce().await;
    assert!(start.elapsed() < SILENCE, "announcing waits for nobody");
    redis.restart();
    assert!(hears(&announcements).await);
}

#[tokio::test]
async fn a_connection_that_fell_silent_is_given_up_although_nobody_closed_it() {
    let redis = Redis::start();
    let proxy = Proxy::before(redis.port());
    let url = format!("redis://127.0.0.1:{},{}", proxy.port(), redis.url());
    let announcements = listening(&link_to(&url).await).await;
    proxy.cut();
    // By the other address, and so after a gap.
    assert!(hears(&announcements).await);
    let elsewhere = RedisAnnouncements::new(link_to(&redis.url()).await);
    elsewhere.announce().await;
    assert!(hears(&announcements).await);
}

#[tokio::test]
async fn without_redis_announcing_is_quick_and_hearing_waits() {
    let redis = Redis::absent();
    let announcements = RedisAnnouncements::new(link_before(&redis.url()));
    let start = Instant::now();
    announcements.announce().await;
    assert!(start.elapsed() < SILENCE);
    assert!(hears_nothing_more(&announcements).await);
}

#[tokio::test]
async fn messages_reach_servers_at_other_masters_of_a_cluster() {
    let cluster = RedisCluster::start();
    let [first, .., last] = cluster.masters() else { panic!("three masters") };
    let one = listening(&link_to(&first.url()).await).await;
    let other = listening(&link_to(&last.url()).await).await;
    one.announce().await;
    assert!(hears(&one).await && hears(&other).await);
    other.announce().await;
    assert!(hears(&one).await && hears(&other).await);
}

#[tokio::test]
async fn the_listener_ends_with_its_announcements() {
    let redis = Redis::start();
    let link = link_to(&redis.url()).await;
    let announcements = listening(&link).await;
    let listeners = || redis.cli(&["pubsub", "numsub", "gd:changes"]).lines().last().map(str::to_owned);
    assert_eq!(listeners().as_deref(), Some("1"));
    drop(announcements);
    let start = Instant::now();
    while listeners().as_deref() != Some("0") {
        assert!(start.elapsed() < PATIENCE, "it listens on");
        tokio::task::yield_now().await;
    }
}
