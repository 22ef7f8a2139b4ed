//! Addresses at which Redis can be, and ways to sign in there.

use std::time::Duration;

use gd_counters::RedisCounters;
use gd_domain::{Deltas, PollId, Position};
use gd_engine::ports::{Applied, Counters, Totals};
use gd_testkit::services::Redis;

use super::counting::{at, ballot};
use super::{counters_at, link_before};

const POLL: PollId = PollId(1);
/// Tells a test that it runs again as its own child, and where Redis is.
const CHILD: &str = "GD_TEST_REDIS_URL";

#[tokio::test]
async fn users_get_in_by_name_and_password_and_passwords_stay_unseen() {
    let redis = Redis::start();
    let rules = [
        "acl",
        "setuser",
        "counter",
        "on",
        ">hidden@word",
        "~gd:*",
        "&gd:*",
        "+@all",
        "-@dangerous",
        "+info",
    ];
    let _user = redis.cli(&rules);
    let _closed = redis.cli(&["acl", "setuser", "default", "off"]);
    let place = format!("127.0.0.1:{}", redis.port());
    let counters = counters_at(&format!("redis://counter:hidden%40word@{place}")).await;
    assert!(counters.replace(POLL, None, &Totals::default()).await.unwrap());
    counters.check().await.unwrap();
    assert!(!format!("{counters:?}").contains("hidden"));

    let link = link_before(&format!("redis://counter:hidden-too@{place}"));
    assert!(!link.connected(Duration::from_millis(300)).await);
    let failure = RedisCounters::new(link.clone()).check().await.unwrap_err().to_string();
    assert!(failure.contains(&place) && !failure.contains("hidden"), "{failure}");
    assert!(failure.contains("check user and password"), "{failure}");
    assert!(!format!("{link:?}").contains("hidden"));
}

#[tokio::test]
async fn databases_of_one_redis_are_apart() {
    let redis = Redis::start();
    let one = counters_at(&format!("{}/1", redis.url())).await;
    let other = counters_at(&format!("{}/2", redis.url())).await;
    assert!(one.replace(POLL, None, &Totals::default()).await.unwrap());
    assert_eq!(other.state(POLL).await.unwrap(), None);
}

#[tokio::test]
async fn of_a_list_the_master_is_used_and_its_successor_is_found() {
    let (old, new) = (Redis::start(), Redis::start());
    let old_port = old.port().to_string();
    let _follows = new.cli(&["replicaof", "127.0.0.1", &old_port]);
    while !new.cli(&["info", "replication"]).contains("master_link_status:up") {
        tokio::task::yield_now().await;
    }
    let counters = counters_at(&format!("{},{}", new.url(), old.url())).await;
    assert!(counters.replace(POLL, None, &Totals::default()).await.unwrap());
    while new.cli(&["hget", "gd:{p1}:counts:2", "position"]).trim() != "0" {
        tokio::task::yield_now().await;
    }

    let _leads = new.cli(&["replicaof", "no", "one"]);
    let new_port = new.port().to_string();
    let _follows = old.cli(&["replicaof", "127.0.0.1", &new_port]);
    let delta = Deltas::recount([&ballot(1)]);
    let mut applied = counters.apply(POLL, at(0), Position(1), &delta).await;
    assert!(
        applied.as_ref().is_err_and(|failure| failure.to_string().contains("read only replica")),
        "{applied:?}"
    );
    while applied.is_err() {
        tokio::time::sleep(Duration::from_millis(10)).await;
        applied = counters.apply(POLL, at(0), Position(1), &delta).await;
    }
    assert_eq!(applied.unwrap(), Applied::Added);
    assert_eq!(new.cli(&["hget", "gd:{p1}:counts:2", "position"]).trim(), "1");
}

/// The authority comes by `SSL_CERT_FILE`, so that the connection is made by a process of its own.
#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "the child learns from its environment that it is one")]
async fn a_redis_behind_tls_is_trusted_by_its_authority_alone() {
    if let Ok(url) = std::env::var(CHILD) {
        let counters = counters_at(&url).await;
        assert!(counters.replace(POLL, None, &Totals::default()).await.unwrap());
        return counters.check().await.unwrap();
    }
    let redis = Redis::start_with_tls();
    let link = link_before(&redis.url());
    assert!(!link.connected(Duration::from_millis(300)).await, "nobody vouches for this server");
    let child = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "redis::places::a_redis_behind_tls_is_trusted_by_its_authority_alone"])
        .env("SSL_CERT_FILE", redis.authority())
        .env(CHILD, redis.url())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&child.stdout);
    assert!(child.status.success() && told.contains("1 passed"), "{told}");
}
