//! Every engine keeps the contract of the record ports, and its own promises.

use std::sync::Arc;

use gd_domain::{BallotEvent, Choice, PollId, Position, Standing, StandingBallot};
use gd_engine::ports::{Heartbeat, Ledger, Projection, ProjectionState, StandingBallots};
use gd_store::SqlStore;
use gd_testkit::contracts::records_keep_their_contract;
use gd_testkit::services::Postgres;
use gd_testkit::{MemoryStore, NEVER_LATE, TEST_NOW, advance, ballot_event, create, participant, retraction};
use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection, PgConnection};

async fn sqlite() -> (SqlStore, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqlStore::open_sqlite(&folder.path().join("test.db")).await.unwrap();
    (store, folder)
}

/// A store in a database of this name, and that database's address.
async fn postgres(database: &str) -> (SqlStore, String, Arc<Postgres>) {
    let server = Postgres::shared();
    let url = server.create_database(database);
    (SqlStore::open_postgres(&url).await.unwrap(), url, server)
}

#[tokio::test]
async fn sqlite_keeps_the_contract() {
    let (store, _folder) = sqlite().await;
    records_keep_their_contract(&store).await;
}

#[tokio::test]
async fn postgres_keeps_the_contract() {
    let (store, _, _server) = postgres("contract").await;
    records_keep_their_contract(&store).await;
}

#[tokio::test]
async fn the_fake_keeps_the_contract() {
    records_keep_their_contract(&MemoryStore::default()).await;
}

/// Statements that either engine must refuse.
const TAMPERING: [&str; 9] = [
    "UPDATE event_batch SET events = 1",
    "UPDATE event_batch SET packed = packed",
    "DELETE FROM event_batch",
    "UPDATE ledger_head SET position = 0",
    "DELETE FROM ledger_head",
    // Past the head, after a gap, over the end of what stands, before it.
    "INSERT INTO event_batch (poll_id, position, events, packed) SELECT poll_id, 4, events, packed FROM event_batch WHERE position = 3",
    "INSERT INTO event_batch (poll_id, position, events, packed) SELECT poll_id, 9, events, packed FROM event_batch WHERE position = 3",
    "INSERT INTO event_batch (poll_id, position, events, packed) SELECT poll_id, 4, events, packed FROM event_batch WHERE position = 2",
    "INSERT INTO event_batch (poll_id, position, events, packed) SELECT poll_id, 1, events, packed FROM event_batch WHERE position = 3",
];

/// Says that it holds one event, and holds two.
const LYING: &str = "INSERT INTO event_batch (poll_id, position, events, packed) SELECT poll_id, 4, 1, packed FROM event_batch WHERE position = 2";

/// Lines of two events and of one.
async fn append_three(store: &SqlStore) -> PollId {
    let id = PollId::first_of(create(store, "one").await);
    let events = [1, 2, 3].map(|proposal| ballot_event(1, proposal, Choice::Agree));
    store.append(id, &events[..2], NEVER_LATE).await.unwrap();
    store.append(id, &events[2..], NEVER_LATE).await.unwrap();
    id
}

async fn three_are_kept(store: &SqlStore, id: PollId) {
    let kept = store.read_after(id, Position::START, 10).await.unwrap();
    let kept = kept.iter().map(|kept| kept.event).collect::<Vec<_>>();
    assert_eq!(kept, [1, 2, 3].map(|proposal| ballot_event(1, proposal, Choice::Agree)));
}

#[tokio::test]
async fn the_ledger_refuses_to_be_changed_even_by_hand() {
    let (store, folder) = sqlite().await;
    let id = append_three(&store).await;
    let file = folder.path().join("test.db");
    let mut by_hand = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    for statement in
        [&TAMPERING[..], &["INSERT OR REPLACE INTO event_batch SELECT * FROM event_batch"]].concat()
    {
        let refusal = sqlx::query(statement).execute(&mut by_hand).await.unwrap_err().to_string();
        assert!(refusal.contains("append-only"), "{statement}: {refusal}");
    }
    let mut transaction = by_hand.begin().await.unwrap();
    sqlx::query("UPDATE ledger_head SET position = 4").execute(&mut *transaction).await.unwrap();
    let refusal = sqlx::query(LYING).execute(&mut *transaction).await.unwrap_err().to_string();
    assert!(refusal.to_lowercase().contains("check"), "{refusal}");
    transaction.rollback().await.unwrap();
    three_are_kept(&store, id).await;
}

#[tokio::test]
async fn the_ledger_in_postgres_refuses_to_be_changed_even_by_hand() {
    let (store, url, _server) = postgres("by_hand").await;
    let id = append_three(&store).await;
    let mut by_hand = PgConnection::connect(&url).await.unwrap();
    let own = [
        "TRUNCATE event_batch",
        "TRUNCATE ledger_head",
        "UPDATE ledger_head SET poll_id = 2",
        "INSERT INTO event_batch SELECT * FROM event_batch ON CONFLICT (poll_id, position) DO UPDATE SET events = 2",
        // A gap between two new lines, and one of two events over another: as many events as places.
        "WITH head AS (UPDATE ledger_head SET position = position + 3) INSERT INTO event_batch SELECT place, poll_id, events, packed FROM event_batch CROSS JOIN (VALUES (4), (6)) AS row (place) WHERE position = 3",
        "WITH head AS (UPDATE ledger_head SET position = position + 4) INSERT INTO event_batch SELECT row.place, batch.poll_id, batch.events, batch.packed FROM event_batch AS batch JOIN (VALUES (4, 3), (5, 2), (7, 3)) AS row (place, of) ON batch.position = row.of",
        "INSERT INTO event_batch SELECT 1, 77, events, packed FROM event_batch WHERE position = 3",
    ];
    for statement in [&TAMPERING[..], &own].concat() {
        let refusal = sqlx::query(statement).execute(&mut by_hand).await.unwrap_err().to_string();
        assert!(refusal.contains("append-only"), "{statement}: {refusal}");
    }
    let mut transaction = by_hand.begin().await.unwrap();
    sqlx::query("UPDATE ledger_head SET position = 4").execute(&mut *transaction).await.unwrap();
    let refusal = sqlx::query(LYING).execute(&mut *transaction).await.unwrap_err().to_string();
    assert!(refusal.to_lowercase().contains("check"), "{refusal}");
    transaction.rollback().await.unwrap();
    three_are_kept(&store, id).await;
}

#[tokio::test]
async fn concurrent_appends_from_two_processes_leave_no_gap() {
    let (store, folder) = sqlite().await;
    let other = SqlStore::open_sqlite(&folder.path().join("test.db")).await.unwrap();
    appends_from_two_leave_no_gap(store, other).await;
}

#[tokio::test]
async fn concurrent_appends_to_postgres_leave_no_gap() {
    let (store, url, _server) = postgres("appends").await;
    let other = SqlStore::open_postgres(&url).await.unwrap();
    appends_from_two_leave_no_gap(store, other).await;
}

async fn appends_from_two_leave_no_gap(store: SqlStore, other: SqlStore) {
    let id = PollId::first_of(create(&store, "one").await);
    let append = async |store: SqlStore, who: i64| {
        for proposal in 1..=50 {
            let events =
                [ballot_event(who, proposal, Choice::Agree), ballot_event(who, proposal, Choice::Neutral)];
            store.append(id, &events, NEVER_LATE).await.unwrap();
        }
    };
    tokio::join!(append(store.clone(), 1), append(other, 2));
    let events = store.read_after(id, Position::START, 1_000).await.unwrap();
    let positions = events.iter().map(|event| event.position.0).collect::<Vec<_>>();
    assert_eq!(positions, (1..=200).collect::<Vec<_>>());
    for pair in events.chunks(2) {
        assert_eq!(pair[0].event.participant, pair[1].event.participant, "one append stays together");
    }
}

#[tokio::test]
async fn a_long_append_is_read_in_pages_of_any_length() {
    let (sqlite, _folder) = sqlite().await;
    let (postgres, _, _server) = postgres("pages").await;
    for store in [&sqlite, &postgres] {
        let id = PollId::first_of(create(store, "one").await);
        let events =
            (1..=500).map(|who| ballot_event(who.into(), who, Choice::Agree)).collect::<Vec<BallotEvent>>();
        store.append(id, &events[..1], NEVER_LATE).await.unwrap();
        store.append(id, &events[1..], NEVER_LATE).await.unwrap();
        for page in [1, 7, 149, 150, 151, 499, 500, usize::MAX] {
            let mut read = Vec::new();
            loop {
                let at = Position(read.len() as u64);
                let next = store.read_after(id, at, page).await.unwrap();
                assert!(next.len() <= page);
                if next.is_empty() {
                    break;
                }
                read.extend(next);
            }
            let positions = read.iter().map(|placed| placed.position.0).collect::<Vec<_>>();
            assert_eq!(positions, (1..=500).collect::<Vec<_>>());
            assert!(read.iter().map(|placed| &placed.event).eq(&events));
        }
        let mine = store.of_participant(id, events[321].participant).await.unwrap();
        assert_eq!(mine, [StandingBallot::after(&events[321]).unwrap()]);
    }
}

/// A line of 36 KB: longer than a page of either engine.
#[tokio::test]
async fn however_many_ballots_somebody_has_they_stand() {
    let (sqlite, _folder) = sqlite().await;
    let (postgres, _, _server) = postgres("eager").await;
    for store in [&sqlite, &postgres] {
        let id = PollId::first_of(create(store, "one").await);
        let events = (1..=2_000).map(|proposal| ballot_event(7, proposal, Choice::Agree)).collect::<Vec<_>>();
        let head = store.append(id, &events, NEVER_LATE).await.unwrap();
        assert!(
            advance(store, id, (ProjectionState::default(), head), &Standing::default(), &events)
                .await
                .unwrap()
        );
        let all = events.iter().filter_map(StandingBallot::after).collect::<Vec<_>>();
        assert_eq!(store.projected_of(id, participant(7)).await.unwrap().ballots, all);

        let said = [ballot_event(7, 1_000, Choice::Neutral), retraction(7, 2_000)];
        let later = store.append(id, &said, NEVER_LATE).await.unwrap();
        let before = all.into_iter().collect::<Standing>();
        let from = ProjectionState { position: head, generation: 0 };
        assert!(advance(store, id, (from, later), &before, &said).await.unwrap());
        let (state, ballots) = store.all(id).await.unwrap();
        assert_eq!((state.position, ballots.len()), (later, 1_999));
        assert_eq!(Some(ballots[999]), StandingBallot::after(&said[0]));
    }
}

#[tokio::test]
async fn what_was_appended_is_there_after_reopening() {
    let (store, folder) = sqlite().await;
    let id = PollId::first_of(create(&store, "one").await);
    store.append(id, &[ballot_event(1, 1, Choice::Agree)], NEVER_LATE).await.unwrap();
    store.close().await;
    let reopened = SqlStore::open_sqlite(&folder.path().join("test.db")).await.unwrap();
    assert_eq!(reopened.head(id).await.unwrap(), Position(1));
}

#[tokio::test]
async fn what_was_appended_to_postgres_is_there_after_reopening() {
    let (store, url, _server) = postgres("reopening").await;
    let id = PollId::first_of(create(&store, "one").await);
    store.append(id, &[ballot_event(1, 1, Choice::Agree)], NEVER_LATE).await.unwrap();
    store.close().await;
    let reopened = SqlStore::open_postgres(&url).await.unwrap();
    assert_eq!(reopened.head(id).await.unwrap(), Position(1));
}

#[tokio::test]
async fn a_secret_is_the_first_one_for_everybody_and_nodes_differ() {
    let (sqlite, _folder) = sqlite().await;
    let (postgres, url, _server) = postgres("secrets").await;
    let other = SqlStore::open_postgres(&url).await.unwrap();
    for (one, two) in [(&sqlite, &sqlite), (&postgres, &other)] {
        let (first, second) = tokio::join!(one.shared_secret("apple"), two.shared_secret("pear"));
        let (first, second) = (first.unwrap(), second.unwrap());
        assert!(first == second && ["apple", "pear"].contains(&first.as_str()));
        assert_eq!(one.shared_secret("plum").await.unwrap(), first);
        assert_eq!([one.next_node().await.unwrap(), two.next_node().await.unwrap()], [1, 2]);
    }
}

#[tokio::test]
async fn a_heart_beats_and_only_a_server_has_a_clock() {
    let (sqlite, _folder) = sqlite().await;
    let (postgres, _, _server) = postgres("heartbeat").await;
    for store in [&sqlite, &postgres] {
        store.beat(TEST_NOW).await.unwrap();
        store.beat(TEST_NOW.plus_millis(1)).await.unwrap();
    }
    assert_eq!(sqlite.clock().await.unwrap(), None);
    let (first, second) =
        (postgres.clock().await.unwrap().unwrap(), postgres.clock().await.unwrap().unwrap());
    assert!(first <= second && first > TEST_NOW.plus_millis(-86_400_000 * 3_650));
}

#[tokio::test]
async fn a_file_that_is_no_database_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("test.db");
    std::fs::write(&file, "this is a text, not a database, and long enough to be read as a header").unwrap();
    let error = SqlStore::open_sqlite(&file).await.unwrap_err().to_string();
    assert!(error.contains("test.db") && error.contains("database"), "{error}");
}

#[tokio::test]
async fn standing_ballots_of_another_ledger_are_folded_again() {
    let (store, folder) = sqlite().await;
    let id = PollId::first_of(create(&store, "one").await);
    store.append(id, &[ballot_event(1, 1, Choice::Agree)], NEVER_LATE).await.unwrap();
    store.close().await;
    let (file, backup) = (folder.path().join("test.db"), folder.path().join("backup.db"));
    std::fs::copy(&file, &backup).unwrap();

    let store = SqlStore::open_sqlite(&file).await.unwrap();
    let events = [ballot_event(2, 1, Choice::Agree), ballot_event(3, 1, Choice::Agree)];
    let head = store.append(id, &events, NEVER_LATE).await.unwrap();
    assert!(
        advance(&store, id, (ProjectionState::default(), head), &Standing::default(), &events).await.unwrap()
    );
    store.close().await;

    // The older ledger is put back; what stands was folded from the newer one.
    std::fs::rename(&backup, &file).unwrap();
    let store = SqlStore::open_sqlite(&file).await.unwrap();
    let (state, ballots) = store.all(id).await.unwrap();
    assert_eq!((state.position, ballots), (Position::START, Vec::new()));
    assert!(state.generation > 0, "counters of the other fold are told from those of this one");
    store.close().await;

    // A projection that is gone is one that stands nowhere yet.
    std::fs::remove_file(SqlStore::standing_file(&file)).unwrap();
    let store = SqlStore::open_sqlite(&file).await.unwrap();
    assert_eq!(store.state(id).await.unwrap(), ProjectionState::default());
    let mine = store.of_participant(id, events[0].participant).await.unwrap();
    assert_eq!(mine.len(), 0);
    let first = store.read_after(id, Position::START, 1).await.unwrap()[0].event;
    assert_eq!(store.of_participant(id, first.participant).await.unwrap().len(), 1);
}
