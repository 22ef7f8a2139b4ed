//! The counters in a cluster of three masters.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use gd_counters::RedisCounters;
use gd_domain::{Deltas, PollId, Position};
use gd_engine::ports::{Applied, Counters, Totals};
use gd_testkit::contracts::counters_keep_their_contract;
use gd_testkit::services::{Redis, RedisCluster};

use super::counting::{at, ballot};
use super::{PATIENCE, counters_at, link_to};

const POLL: PollId = PollId(1);
const KEY: &str = "gd:{p1}:counts:2";

#[tokio::test]
async fn redis_counters_keep_the_contract_in_a_cluster() {
    let cluster = RedisCluster::start();
    // One address is enough to find all.
    let counters = counters_at(&cluster.masters()[1].url()).await;
    counters.check().await.unwrap();
    counters_keep_their_contract(&counters).await;
    let used = cluster.masters().iter().filter(|master| master.cli(&["dbsize"]).trim() != "0").count();
    assert!(used > 1, "polls lie on several masters");
}

/// A count that is sure at some positions: what the projector knows from SQL.
fn recount(position: u64) -> Totals {
    Totals { state: at(position), counts: Deltas::recount(&(0..position).map(ballot).collect::<Vec<_>>()) }
}

/// Adds ballots one by one, as the projector does: what fails is offered again as a sum, what finds the
/// counters elsewhere leads to a replacement.
async fn add_until(counters: &RedisCounters, added: &AtomicU64, over: &AtomicBool) -> u64 {
    let (mut from, mut to) = (0, 0);
    while !over.load(Ordering::Relaxed) || from < to {
        if !over.load(Ordering::Relaxed) {
            to += 1;
        }
        let waiting = (from..to).map(ballot).collect::<Vec<_>>();
        let deltas = Deltas::recount(&waiting);
        match counters.apply(POLL, at(from), Position(to), &deltas).await {
            Ok(Applied::Added) => from = to,
            Ok(Applied::Elsewhere) => {
                let Ok(seen) = counters.state(POLL).await else { continue };
                let there = seen == Some(at(to));
                if there || counters.replace(POLL, seen, &recount(to)).await.unwrap_or(false) {
                    from = to;
                }
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
        }
        added.store(from, Ordering::Relaxed);
    }
    to
}

/// Moves the slot of the poll's counts from one master to another.
fn move_slot(cluster: &RedisCluster, from: &Redis, to: &Redis) {
    let slot = from.cli(&["cluster", "keyslot", KEY]).trim().to_owned();
    let id = |master: &Redis| master.cli(&["cluster", "myid"]).trim().to_owned();
    let (from_id, to_id) = (id(from), id(to));
    let done = |answer: String| assert!(answer.starts_with("OK") || answer.starts_with("NOKEY"), "{answer}");
    done(to.cli(&["cluster", "setslot", &slot, "importing", &from_id]));
    done(from.cli(&["cluster", "setslot", &slot, "migrating", &to_id]));
    let to_port = to.port().to_string();
    loop {
        let keys = from.cli(&["cluster", "getkeysinslot", &slot, "10"]);
        let keys = keys.split_whitespace().collect::<Vec<_>>();
        if keys.is_empty() {
            break;
        }
        let migrate = ["migrate", "127.0.0.1", &to_port, "", "0", "5000", "keys"];
        done(from.cli(&[&migrate[..], &keys].concat()));
    }
    done(to.cli(&["cluster", "setslot", &slot, "node", &to_id]));
    done(from.cli(&["cluster", "setslot", &slot, "node", &to_id]));
    for master in cluster.masters() {
        done(master.cli(&["cluster", "setslot", &slot, "node", &to_id]));
    }
}

fn owner(cluster: &RedisCluster) -> usize {
    let holds = |master: &Redis| master.cli(&["dbsize"]).trim() == "1";
    cluster.masters().iter().position(holds).expect("one of them holds the counts")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn counts_stay_exact_while_their_slot_moves() {
    let cluster = RedisCluster::start();
    let counters = counters_at(&cluster.url()).await;
    assert!(counters.replace(POLL, None, &Totals::default()).await.unwrap());
    let (added, over) = (AtomicU64::new(0), AtomicBool::new(false));
    let moves = async {
        for _ in 0..6 {
            let before = added.load(Ordering::Relaxed);
            tokio::task::block_in_place(|| {
                let here = owner(&cluster);
                let (from, to) = (&cluster.masters()[here], &cluster.masters()[(here + 1) % 3]);
                // The new owner has to be given the functions.
                let _flushed = to.cli(&["function", "flush"]);
                move_slot(&cluster, from, to);
            });
            let start = Instant::now();
            while added.load(Ordering::Relaxed) < before + 50 {
                assert!(start.elapsed() < PATIENCE, "nothing is added any more");
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
        over.store(true, Ordering::Relaxed);
    };
    let (position, ()) = tokio::join!(add_until(&counters, &added, &over), moves);
    assert_eq!(counters.totals(POLL).await.unwrap(), Some(recount(position)));
}

#[tokio::test]
async fn a_cluster_that_lost_a_master_is_found_again_when_it_is_back() {
    let mut cluster = RedisCluster::start();
    let link = link_to(&cluster.url()).await;
    let counters = RedisCounters::new(link.clone());
    assert!(counters.replace(POLL, None, &recount(3)).await.unwrap());
    let holder = owner(&cluster);
    cluster.masters_mut()[holder].kill();
    let start = Instant::now();
    assert!(counters.apply(POLL, at(3), Position(4), &Deltas::default()).await.is_err());
    assert!(start.elapsed() < Duration::from_millis(1_500), "{:?}", start.elapsed());
    cluster.masters_mut()[holder].restart();
    let start = Instant::now();
    while !matches!(counters.state(POLL).await, Ok(None)) {
        assert!(start.elapsed() < PATIENCE, "no way back");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(counters.replace(POLL, None, &recount(3)).await.unwrap());
    let delta = Deltas::recount([&ballot(3)]);
    assert_eq!(counters.apply(POLL, at(3), Position(4), &delta).await.unwrap(), Applied::Added);
    assert_eq!(counters.totals(POLL).await.unwrap(), Some(recount(4)));
}

#[tokio::test]
async fn a_paused_master_holds_nobody_up() {
    let cluster = RedisCluster::start();
    let counters = counters_at(&cluster.url()).await;
    assert!(counters.replace(POLL, None, &recount(3)).await.unwrap());
    let holder = &cluster.masters()[owner(&cluster)];
    holder.pause();
    let delta = Deltas::recount([&ballot(3)]);
    let offer = || counters.apply(POLL, at(3), Position(4), &delta);
    let start = Instant::now();
    assert!(offer().await.is_err());
    assert!(start.elapsed() < Duration::from_millis(1_500), "{:?}", start.elapsed());
    let start = Instant::now();
    for _ in 0..100 {
        assert!(offer().await.is_err());
    }
    assert!(start.elapsed() < Duration::from_millis(100), "{:?}", start.elapsed());
    holder.resume();
    let start = Instant::now();
    while offer().await.is_err() {
        assert!(start.elapsed() < PATIENCE, "no way back");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(counters.totals(POLL).await.unwrap(), Some(recount(4)));
}
