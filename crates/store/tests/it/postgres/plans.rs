//! Statements of the vote path find what they need by index, however much else there is.

use gd_domain::{Choice, PollId, Position, Standing};
use gd_engine::ports::{Ledger, Projection, ProjectionState, StandingBallots};
use gd_store::SqlStore;
use gd_testkit::services::Postgres;
use gd_testkit::{NEVER_LATE, advance, ballot_event, create, participant, retraction};
use sqlx::{Connection, PgConnection};

const PARTICIPANTS: i64 = 400;
const PROPOSALS: u32 = 25;

#[tokio::test]
async fn voting_and_projecting_never_read_a_whole_table() {
    let server = Postgres::shared();
    let url = server.create_database("plans");
    let store = SqlStore::open_postgres(&url).await.unwrap();
    let id = PollId::first_of(create(&store, "one").await);
    let pairs = (1..=PARTICIPANTS).flat_map(|who| (1..=PROPOSALS).map(move |proposal| (who, proposal)));
    let events = pairs.map(|(who, proposal)| ballot_event(who, proposal, Choice::Agree)).collect::<Vec<_>>();
    let head = store.append(id, &events, NEVER_LATE).await.unwrap();
    let step = (ProjectionState::default(), head);
    assert!(advance(&store, id, step, &Standing::default(), &events).await.unwrap());

    let mut by_hand = PgConnection::connect(&url).await.unwrap();
    // To the planner, what a ledger too long for a test is: the index looks dear, the whole table cheap.
    for statement in ["ANALYZE", "ALTER DATABASE plans SET random_page_cost = 1000"] {
        sqlx::query(statement).execute(&mut by_hand).await.unwrap();
    }
    let reads = "SELECT COALESCE(SUM(seq_tup_read), 0)::BIGINT FROM pg_stat_user_tables
        WHERE relname IN ('event_batch', 'participant_ballots')";
    let read_before = sqlx::query_scalar::<_, i64>(reads).fetch_one(&mut by_hand).await.unwrap();

    // A store of its own: its sessions plan with the statistics there are now, and tell what they read
    // when they end.
    let later = SqlStore::open_postgres(&url).await.unwrap();
    let events =
        [ballot_event(1, 1, Choice::Disagree), ballot_event(9, 9, Choice::Neutral), retraction(3, 3)];
    let to = later.append(id, &events, NEVER_LATE).await.unwrap();
    let mine = later.of_participant(id, participant(3)).await.unwrap();
    assert_eq!(mine.len(), 24, "the tail behind the projection is seen");
    let projected = later.projected_of(id, participant(3)).await.unwrap();
    assert_eq!((projected.ballots.len(), projected.position, projected.head), (25, head, to));
    assert_eq!(later.read_after(id, head, 100).await.unwrap().len(), 3);
    let who = [1, 9, 3].map(participant);
    let before = later.standing_of(id, &who).await.unwrap().into_iter().collect::<Standing>();
    assert_eq!((before.ballots.len(), before.ballots_of[&participant(1)]), (75, 25));
    let from = ProjectionState { position: head, generation: 0 };
    assert!(advance(&later, id, (from, to), &before, &events).await.unwrap());
    assert!(!advance(&later, id, (from, Position(to.0 + 1)), &before, &[]).await.unwrap());
    later.close().await;
    store.close().await;

    let mut by_hand = PgConnection::connect(&url).await.unwrap();
    let read_after = sqlx::query_scalar::<_, i64>(reads).fetch_one(&mut by_hand).await.unwrap();
    assert_eq!(read_after, read_before, "rows read by scanning a whole table");
}
