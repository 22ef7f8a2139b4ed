//! A server that is paused, cut off or killed: errors in bounded time, and work again when it is back.

use std::time::{Duration, Instant};

use gd_domain::{Choice, PollId, Position};
use gd_engine::ports::{Heartbeat, Ledger, PortErrorKind, Projection, ProjectionState};
use gd_store::SqlStore;
use gd_testkit::services::{Postgres, Proxy};
use gd_testkit::{NEVER_LATE, TEST_NOW, advance, ballot_event, create};

use super::within;

/// The longest that a call may take while the server is silent, and some for a busy machine.
const SILENCE_MAX: Duration = Duration::from_secs(7);
/// The time in which it works again once the server does.
const RECOVERY_MAX: Duration = Duration::from_secs(10);

async fn store_with_one_ballot(url: &str) -> (SqlStore, PollId) {
    let store = SqlStore::open_postgres(url).await.unwrap();
    let id = PollId::first_of(create(&store, "one").await);
    store.append(id, &[ballot_event(1, 1, Choice::Agree)], NEVER_LATE).await.unwrap();
    // A reading connection too is open when the fault comes.
    assert_eq!(store.head(id).await.unwrap(), Position(1));
    (store, id)
}

/// Appends until it works, and checks that the ledger holds what was acknowledged, and no event twice
/// but those whose outcome was unknown.
async fn works_again(store: &SqlStore, id: PollId, unknown: u64) {
    let event = ballot_event(2, 2, Choice::Disagree);
    let (head, _) = within(RECOVERY_MAX, async || store.append(id, &[event], NEVER_LATE).await.ok()).await;
    let (events, _) =
        within(RECOVERY_MAX, async || store.read_after(id, Position::START, 100).await.ok()).await;
    let length = u64::try_from(events.len()).unwrap();
    assert_eq!(events.last().unwrap().event, event);
    assert_eq!(head.0, length);
    assert!((2..=2 + unknown).contains(&length), "{length} events");
}

#[tokio::test]
async fn a_paused_server_is_an_error_in_bounded_time_and_works_after_it_resumes() {
    let server = Postgres::start();
    let (store, id) = store_with_one_ballot(&server.create_database("paused")).await;
    server.pause();
    let start = Instant::now();
    let events = [ballot_event(1, 2, Choice::Neutral)];
    let from = ProjectionState::default();
    let nothing = gd_domain::Standing::default();
    let who = [gd_testkit::participant(1)];
    let (append, read, before, advanced, beat) = tokio::join!(
        store.append(id, &events, NEVER_LATE),
        store.read_after(id, Position::START, 10),
        store.standing_of(id, &who),
        advance(&store, id, (from, Position(1)), &nothing, &events),
        store.beat(TEST_NOW),
    );
    assert!(start.elapsed() < SILENCE_MAX, "{:?}", start.elapsed());
    assert_eq!(append.unwrap_err().kind, PortErrorKind::OutcomeUnknown, "it was sent");
    assert_eq!(read.unwrap_err().kind, PortErrorKind::Unavailable);
    for failure in [before.unwrap_err(), advanced.unwrap_err(), beat.unwrap_err()] {
        assert_ne!(failure.kind, PortErrorKind::Conflict, "{failure}");
    }
    server.resume();
    works_again(&store, id, 1).await;
}

#[tokio::test]
async fn a_cut_network_is_an_error_in_bounded_time_and_works_after_it_heals() {
    let server = Postgres::start();
    let proxy = Proxy::before(server.port());
    let url = server.create_database("cut").replace(&server.port().to_string(), &proxy.port().to_string());
    let (store, id) = store_with_one_ballot(&url).await;
    proxy.cut();
    let start = Instant::now();
    let failure = store.append(id, &[ballot_event(1, 2, Choice::Neutral)], NEVER_LATE).await.unwrap_err();
    assert!(start.elapsed() < SILENCE_MAX, "{:?}", start.elapsed());
    assert_eq!(failure.kind, PortErrorKind::OutcomeUnknown);
    proxy.heal();
    works_again(&store, id, 1).await;
}

#[tokio::test]
async fn a_killed_server_loses_nothing_acknowledged_and_works_after_its_restart() {
    let mut server = Postgres::start();
    let (store, id) = store_with_one_ballot(&server.create_database("killed")).await;
    server.kill();
    assert!(store.head(id).await.is_err());
    server.restart();
    works_again(&store, id, 0).await;
}
