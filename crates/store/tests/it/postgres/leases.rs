//! One of two processes holds a lease, and it passes on when that one ends, falls silent or lets go.

use std::sync::Arc;
use std::time::Duration;

use gd_domain::PollId;
use gd_engine::ports::{Job, Leases};
use gd_store::SqlStore;
use gd_testkit::services::{Postgres, Proxy};
use sqlx::{Connection, PgConnection};

use super::within;

const JOB: Job = Job::Project(PollId(7));
/// In which leases pass on, and some for a busy machine.
const PASSING_ON_MAX: Duration = Duration::from_millis(2_500);

async fn two_stores(database: &str) -> (SqlStore, SqlStore, String, Arc<Postgres>) {
    let server = Postgres::shared();
    let url = server.create_database(database);
    (SqlStore::open_postgres(&url).await.unwrap(), SqlStore::open_postgres(&url).await.unwrap(), url, server)
}

async fn gets_it(store: &SqlStore) -> Duration {
    within(PASSING_ON_MAX, async || store.hold(JOB).await.unwrap().then_some(())).await.1
}

#[tokio::test]
async fn only_one_holds_a_lease_until_it_releases() {
    let (one, two, _, _server) = two_stores("lease_of_one").await;
    assert!(one.hold(JOB).await.unwrap());
    assert!(!two.hold(JOB).await.unwrap());
    assert!(one.hold(JOB).await.unwrap(), "asked again, it is still held");
    assert!(two.hold(Job::LiveReports).await.unwrap(), "another job is another lease");
    assert!(two.hold(Job::Project(PollId(8))).await.unwrap());
    assert!(!one.hold(Job::LiveReports).await.unwrap());
    one.release().await;
    gets_it(&two).await;
    assert!(!one.hold(JOB).await.unwrap());
}

#[tokio::test]
async fn a_lease_is_kept_as_long_as_its_holder_asks() {
    let (one, two, _, _server) = two_stores("lease_kept").await;
    assert!(one.hold(JOB).await.unwrap());
    // Longer than a silent session lasts, at the longest distance that a holder may ask.
    for _ in 0..5 {
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert!(one.hold(JOB).await.unwrap());
        assert!(!two.hold(JOB).await.unwrap());
    }
}

#[tokio::test]
async fn a_lease_not_asked_for_passes_on_while_others_are_kept() {
    let (one, two, _, _server) = two_stores("lease_unasked").await;
    assert!(one.hold(JOB).await.unwrap());
    let ((), taken) = within(PASSING_ON_MAX, async || {
        assert!(one.hold(Job::LiveReports).await.unwrap());
        two.hold(JOB).await.unwrap().then_some(())
    })
    .await;
    assert!(taken > Duration::from_millis(500), "a holder has half a second to ask again: {taken:?}");
    assert!(!two.hold(Job::LiveReports).await.unwrap());
}

#[tokio::test]
async fn the_lease_of_a_silent_process_passes_on() {
    // A process that is paused or cut off sends nothing: behind a cut network, the store is as good as that.
    let server = Postgres::shared();
    let url = server.create_database("lease_silent");
    let proxy = Proxy::before(server.port());
    let behind = url.replace(&server.port().to_string(), &proxy.port().to_string());
    let silent = SqlStore::open_postgres(&behind).await.unwrap();
    let other = SqlStore::open_postgres(&url).await.unwrap();
    assert!(silent.hold(JOB).await.unwrap());
    proxy.cut();
    gets_it(&other).await;
    assert!(silent.hold(JOB).await.is_err(), "cut off, it no longer believes that it holds it");
    proxy.heal();
    assert!(!within(PASSING_ON_MAX, async || silent.hold(JOB).await.ok()).await.0);
}

#[tokio::test]
async fn a_holder_whose_connection_is_killed_finds_out_and_the_lease_is_free() {
    let (one, two, url, _server) = two_stores("lease_killed").await;
    assert!(one.hold(JOB).await.unwrap());
    let mut by_hand = PgConnection::connect(&url).await.unwrap();
    let kill = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory'
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    assert_eq!(sqlx::query_scalar::<_, i64>(kill).fetch_one(&mut by_hand).await.unwrap(), 1);
    gets_it(&two).await;
    // Until it looks again it may still believe that it holds the lease.
    within(PASSING_ON_MAX, async || (!one.hold(JOB).await.unwrap()).then_some(())).await;
    assert!(two.hold(JOB).await.unwrap());
}
