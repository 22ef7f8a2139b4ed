//! Each fault alone, under the votes of 64 people on two servers.

use crate::faults::Fault;
use crate::house::{House, SLUG};
use crate::voters::Load;

/// Ballots before a fault, and after it.
const STRETCH: usize = 600;

async fn survives(fault: Fault) {
    let mut house = House::build(2);
    house.propose().await;
    let load = Load::start(&house.addresses, SLUG).await;
    load.go_on_for(STRETCH).await;
    fault
        .happen(&mut house, async |house| {
            if fault.leaves_voting_alone() {
                // Nobody waits for Redis.
                load.go_on_for(STRETCH).await;
                assert_ne!(readiness(house).await.0, 503);
            }
        })
        .await;
    load.go_on_for(STRETCH).await;
    let voted = load.stop().await;
    assert!(voted.acknowledged >= 2 * STRETCH);
    voted.everybody_finds_their_ballots(&house.addresses).await;
    voted.every_server_counts_them(&house.addresses, SLUG).await;
    house.verify();
    assert_eq!(readiness(&house).await, (200, "ready".to_owned()));
}

async fn readiness(house: &House) -> (u16, String) {
    let answer = reqwest::get(format!("{}/health/ready", house.address(0))).await.unwrap();
    let status = answer.status().as_u16();
    let health: serde_json::Value = answer.json().await.unwrap();
    (status, health["status"].as_str().unwrap().to_owned())
}

/// A test for each fault, by its name.
macro_rules! survives {
    ($($name:ident: $fault:expr,)*) => {
        $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            survives($fault).await;
        })*
    };
}

survives! {
    a_killed_server: Fault::KillServer(0),
    a_killed_redis: Fault::KillRedis,
    a_killed_postgresql: Fault::KillPostgres,
    a_paused_redis: Fault::PauseRedis,
    a_paused_postgresql: Fault::PausePostgres,
    a_network_without_redis: Fault::CutRedisOff,
    a_network_without_postgresql: Fault::CutPostgresOff,
    a_full_redis: Fault::FillRedis,
    a_flushed_redis: Fault::FlushRedis,
    a_restart_of_everything: Fault::RestartEverything,
}
