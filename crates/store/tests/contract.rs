//! Every engine keeps the contract of the record ports, and its own promises.
#![expect(clippy::unwrap_used, reason = "a test fails where its set-up does")]

use gd_domain::{Choice, Position};
use gd_engine::ports::{Consultations, Ledger};
use gd_store::SqlStore;
use gd_testkit::contracts::records_keep_their_contract;
use gd_testkit::{MemoryStore, TEST_NOW, ballot_event, consultation_draft};
use sqlx::Connection;
use sqlx::sqlite::SqliteConnection;

async fn sqlite() -> (SqlStore, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqlStore::open_sqlite(&folder.path().join("test.db")).await.unwrap();
    (store, folder)
}

#[tokio::test]
async fn sqlite_keeps_the_contract() {
    let (store, _folder) = sqlite().await;
    records_keep_their_contract(&store).await;
}

#[tokio::test]
async fn the_fake_keeps_the_contract() {
    records_keep_their_contract(&MemoryStore::default()).await;
}

#[tokio::test]
async fn the_ledger_refuses_to_be_changed_even_by_hand() {
    let (store, folder) = sqlite().await;
    let id = store.create(&consultation_draft("one"), TEST_NOW).await.unwrap();
    store.append(id, &[ballot_event(1, 1, Choice::Agree)]).await.unwrap();
    let file = folder.path().join("test.db");
    let mut by_hand = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    for statement in [
        "UPDATE ballot_event SET choice = 2",
        "DELETE FROM ballot_event",
        "UPDATE ledger_head SET position = 0",
        "DELETE FROM ledger_head",
        "INSERT OR REPLACE INTO ballot_event SELECT * FROM ballot_event",
        "INSERT INTO ballot_event SELECT consultation_id, 2, participant, proposal, choice, qualifications, audience, channel, cast_at FROM ballot_event",
        "INSERT INTO ballot_event SELECT consultation_id, 9, participant, proposal, choice, qualifications, audience, channel, cast_at FROM ballot_event",
    ] {
        let refusal = sqlx::query(statement).execute(&mut by_hand).await.unwrap_err().to_string();
        assert!(refusal.contains("append-only"), "{statement}: {refusal}");
    }
    let kept = store.read_after(id, Position::START, 10).await.unwrap();
    assert_eq!(kept[0].event, ballot_event(1, 1, Choice::Agree));
}

#[tokio::test]
async fn concurrent_appends_from_two_processes_leave_no_gap() {
    let (store, folder) = sqlite().await;
    let id = store.create(&consultation_draft("one"), TEST_NOW).await.unwrap();
    let other = SqlStore::open_sqlite(&folder.path().join("test.db")).await.unwrap();
    let append = async |store: SqlStore, who: i64| {
        for proposal in 1..=50 {
            store
                .append(
                    id,
                    &[
                        ballot_event(who, proposal, Choice::Agree),
                        ballot_event(who, proposal, Choice::Neutral),
                    ],
                )
                .await
                .unwrap();
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
async fn what_was_appended_is_there_after_reopening() {
    let (store, folder) = sqlite().await;
    let id = store.create(&consultation_draft("one"), TEST_NOW).await.unwrap();
    store.append(id, &[ballot_event(1, 1, Choice::Agree)]).await.unwrap();
    store.close().await;
    let reopened = SqlStore::open_sqlite(&folder.path().join("test.db")).await.unwrap();
    assert_eq!(reopened.head(id).await.unwrap(), Position(1));
}

#[tokio::test]
async fn a_file_that_is_no_database_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("test.db");
    std::fs::write(&file, "this is a text, not a database, and long enough to be read as a header").unwrap();
    let error = SqlStore::open_sqlite(&file).await.unwrap_err().to_string();
    assert!(error.contains("test.db") && error.contains("database"), "{error}");
}
