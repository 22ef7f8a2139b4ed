//! A ledger written when each event had a line of its own is the same ledger afterwards.

use std::time::Duration;

use gd_domain::{
    AudienceCode, BallotEvent, Channel, Choice, ItemNumber, Opinion, ParticipantId, PollId, Position,
    Qualification, Timestamp,
};
use gd_engine::ports::Ledger;
use gd_store::SqlStore;
use gd_testkit::services::Postgres;
use gd_testkit::{NEVER_LATE, ballot_event};
use sqlx::migrate::Migrator;
use sqlx::{Connection, PgConnection, SqliteConnection};

/// The last step before events shared lines.
const OLDER: i64 = 8;
const EVENTS: i64 = 320;

fn older(mut tables: Migrator) -> Migrator {
    tables.migrations.to_mut().retain(|step| step.version <= OLDER);
    tables
}

/// The events of consultation 1 as they were inserted then. Numbers are wide, and times before 1970 too.
fn lines() -> Vec<String> {
    let line = |at: i64| {
        let (participant, cast_at) = (i64::MAX - at % 7, 1_772_442_000_000 - at * 100_000_000_003);
        let (choice, qualifications) = [(1, 3), (2, 8), (0, 0), (3, 256)][usize::try_from(at % 4).unwrap()];
        let (proposal, audience, channel) = (at * 6_000_001, at % 300, at % 5);
        format!(
            "(1, {at}, {participant}, {proposal}, {choice}, {qualifications}, {audience}, {channel}, {cast_at})"
        )
    };
    (1..=EVENTS).map(line).collect()
}

fn events() -> Vec<BallotEvent> {
    use Qualification::{DoNotCare, Doable, LikeIt, NoWay};
    let said =
        |choice, nuances: &[Qualification]| Opinion::new(choice, nuances.iter().copied().collect()).ok();
    let event = |at: i64| BallotEvent {
        participant: ParticipantId::from_number(i64::MAX - at % 7).unwrap(),
        proposal: ItemNumber(u32::try_from(at * 6_000_001).unwrap()),
        opinion: match at % 4 {
            0 => said(Choice::Agree, &[LikeIt, Doable]),
            1 => said(Choice::Disagree, &[NoWay]),
            2 => None,
            _ => said(Choice::Neutral, &[DoNotCare]),
        },
        audience: AudienceCode(u16::try_from(at % 300).unwrap()),
        channel: Channel::ALL[usize::try_from(at % 5).unwrap()],
        cast_at: Timestamp::from_millis(1_772_442_000_000 - at * 100_000_000_003),
    };
    (1..=EVENTS).map(event).collect()
}

const CONSULTATION: &str = "
    INSERT INTO consultation
        (id, slug, organisation, question, introduction, language, origin, rules, audiences, themes, calendar,
         revision, last_number, created_at)
    VALUES (1, 'one', '', '', '', 'fr', '', '{}', '[]', '[]', '{}', 1, 0, 0)";
const COLUMNS: &str =
    "consultation_id, position, participant, proposal, choice, qualifications, audience, channel, cast_at";

fn statements() -> String {
    format!(
        "{CONSULTATION};
         INSERT INTO ledger_head (consultation_id, position) VALUES (1, {EVENTS});
         INSERT INTO ballot_event ({COLUMNS}) VALUES {}",
        lines().join(", ")
    )
}

/// An event more, by a server of then that is at it while the tables are made new.
fn one_more() -> String {
    let position = EVENTS + 1;
    format!(
        "UPDATE ledger_head SET position = position + 1 WHERE consultation_id = 1;
         INSERT INTO ballot_event ({COLUMNS}) VALUES (1, {position}, 7, 7, 1, 0, 0, 0, 7)"
    )
}

async fn is_the_same_ledger(store: &SqlStore) {
    let id = PollId(1);
    let read = store.read_after(id, Position::START, usize::MAX).await.unwrap();
    let positions = read.iter().map(|placed| placed.position.0).collect::<Vec<_>>();
    assert_eq!(positions, (1..=EVENTS.unsigned_abs()).collect::<Vec<_>>());
    let kept = read.into_iter().map(|placed| placed.event).collect::<Vec<_>>();
    assert_eq!(kept, events());
    let next = ballot_event(1, 1, Choice::Agree);
    let head = store.append(id, &[next], NEVER_LATE).await.unwrap();
    assert_eq!(store.read_after(id, Position(EVENTS.unsigned_abs()), 9).await.unwrap()[0].event, next);
    assert_eq!(head.0, EVENTS.unsigned_abs() + 1);
}

#[tokio::test]
async fn an_older_file_is_the_same_ledger_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("test.db");
    let url = format!("sqlite://{}?mode=rwc", file.display());
    let mut by_hand = SqliteConnection::connect(&url).await.unwrap();
    older(sqlx::migrate!("../../migrations/sqlite")).run(&mut by_hand).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(statements())).execute(&mut by_hand).await.unwrap();
    by_hand.close().await.unwrap();
    is_the_same_ledger(&SqlStore::open_sqlite(&file).await.unwrap()).await;
}

/// A database of then with the ledger in it, its address and a connection to it.
async fn older_database(server: &Postgres, name: &str) -> (String, PgConnection) {
    let url = server.create_database(name);
    let mut by_hand = PgConnection::connect(&url).await.unwrap();
    older(sqlx::migrate!("../../migrations/postgres")).run(&mut by_hand).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(statements())).execute(&mut by_hand).await.unwrap();
    (url, by_hand)
}

#[tokio::test]
async fn an_older_database_is_the_same_ledger_afterwards() {
    let server = Postgres::shared();
    let (url, _by_hand) = older_database(&server, "older").await;
    is_the_same_ledger(&SqlStore::open_postgres(&url).await.unwrap()).await;
}

#[tokio::test]
async fn what_an_older_server_commits_while_the_tables_are_made_new_is_kept() {
    let server = Postgres::shared();
    let (url, mut by_hand) = older_database(&server, "older_at_work").await;
    let mut at_work = by_hand.begin().await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(one_more())).execute(&mut *at_work).await.unwrap();
    let address = url.clone();
    let opening = tokio::spawn(async move { SqlStore::open_postgres(&url).await });
    let mut beside = PgConnection::connect(&address).await.unwrap();
    while !opening.is_finished() && !somebody_waits(&mut beside).await {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    at_work.commit().await.unwrap();
    let store = opening.await.unwrap().unwrap();
    let id = PollId(1);
    let newest = store.read_after(id, Position(EVENTS.unsigned_abs()), 9).await.unwrap();
    assert_eq!(newest.iter().map(|placed| placed.event.proposal.0).collect::<Vec<_>>(), [7]);
    store.append(id, &[ballot_event(1, 1, Choice::Agree)], NEVER_LATE).await.unwrap();
}

/// Whether somebody waits in this database for what somebody else holds. A transaction would always see the same answer.
async fn somebody_waits(connection: &mut PgConnection) -> bool {
    let waiting = "
        SELECT COUNT(*) > 0 FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'";
    sqlx::query_scalar(waiting).fetch_one(connection).await.unwrap()
}
