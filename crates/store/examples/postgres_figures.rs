//! Measures a ballot on PostgreSQL, in bytes and microseconds. Fills a server of its own with a
//! consultation of the size of the reference event, through the ports, in the order ballots arrive, and
//! prints the figures.
//!
//! `cargo run --release -p gd-store --example postgres_figures`
#![expect(clippy::unwrap_used, clippy::cast_precision_loss, reason = "figures to read, by hand")]

use std::collections::HashSet;
use std::time::{Duration, Instant};

use gd_domain::{BallotEvent, Choice, Opinion, PollId, Standing};
use gd_engine::ports::{Entropy, Ledger, Projection, ProjectionState, StandingBallots};
use gd_store::SqlStore;
use gd_testkit::services::Postgres;
use gd_testkit::{NEVER_LATE, SeededEntropy, TEST_NOW, advance, ballot_event, create, participant};
use sqlx::{Connection, PgConnection};

const BALLOTS: usize = 1_200_000;
const BALLOTS_EACH: usize = 10;
const PROPOSALS: u64 = 8_000;
/// Participants who vote at the same time.
const PRESENT: u64 = 2_000;
/// Distance between the numbers of two consecutive participants.
const NUMBERS_APART: i64 = 40_000 << 22;
/// Appends of each size that are timed.
const GROUPS: u32 = 200;
const APPENDED_AT_ONCE: usize = 1_000;
const PROJECTED_AT_ONCE: usize = 5_000;

#[tokio::main]
async fn main() {
    let server = Postgres::start_with(&["shared_buffers=256MB", "max_wal_size=4GB"]);
    let url = server.create_database("figures");
    let store = SqlStore::open_postgres(&url).await.unwrap();
    for group in [1, 64, APPENDED_AT_ONCE] {
        let id = PollId::first_of(create(&store, &format!("groups-of-{group}")).await);
        let time = append(&store, id, &arriving(GROUPS as usize * group), group).await / GROUPS;
        println!("append of {group}: {} µs, {:.0} a second", time.as_micros(), 1.0 / time.as_secs_f64());
    }
    let before = sizes(&url).await;
    let id = PollId::first_of(create(&store, "reference").await);
    let events = arriving(BALLOTS);
    let time = append(&store, id, &events, APPENDED_AT_ONCE).await;
    println!("append of {APPENDED_AT_ONCE}, {BALLOTS} times one: {:.2} µs each", micros(time));
    project(&store, id).await;
    for ((table, bytes), (_, before)) in sizes(&url).await.into_iter().zip(before) {
        println!("{table}: {:.1} bytes a ballot", (bytes - before) as f64 / BALLOTS as f64);
    }
    let start = Instant::now();
    assert_eq!(store.all(id).await.unwrap().1.len(), BALLOTS);
    println!("all standing ballots: {:.1?}", start.elapsed());
    let start = Instant::now();
    store.count(id).await.unwrap();
    println!("the whole count: {:.1?}", start.elapsed());
    store.close().await;
}

/// Ballots in the order they arrive from participants who each vote on proposals drawn at random.
fn arriving(count: usize) -> Vec<BallotEvent> {
    let entropy = SeededEntropy::new(1);
    let below = |limit: u64| entropy.bits() % limit;
    let mut come = 0;
    let mut next = || {
        come += NUMBERS_APART;
        (participant(come), HashSet::new())
    };
    let mut present = (0..PRESENT).map(|_| next()).collect::<Vec<_>>();
    let one = |at: usize| {
        let place = usize::try_from(below(PRESENT)).unwrap();
        let (who, voted) = &mut present[place];
        let proposal = loop {
            let proposal = u32::try_from(1 + below(PROPOSALS)).unwrap();
            if voted.insert(proposal) {
                break proposal;
            }
        };
        let choice = Choice::ALL[usize::try_from(below(3)).unwrap()];
        let event = BallotEvent {
            participant: *who,
            opinion: Some(Opinion::bare(choice)),
            cast_at: TEST_NOW.plus_millis(i64::try_from(at).unwrap()),
            ..ballot_event(0, proposal, choice)
        };
        if voted.len() == BALLOTS_EACH {
            present[place] = next();
        }
        event
    };
    (0..count).map(one).collect()
}

async fn append(store: &SqlStore, id: PollId, events: &[BallotEvent], group: usize) -> Duration {
    let start = Instant::now();
    for group in events.chunks(group) {
        store.append(id, group, NEVER_LATE).await.unwrap();
    }
    start.elapsed()
}

async fn project(store: &SqlStore, id: PollId) {
    let (mut reading, mut before, mut advancing) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    let mut from = store.state(id).await.unwrap();
    loop {
        let start = Instant::now();
        let page = store.read_after(id, from.position, PROJECTED_AT_ONCE).await.unwrap();
        reading += start.elapsed();
        let Some(last) = page.last() else { break };
        let to = last.position;
        let events = page.into_iter().map(|positioned| positioned.event).collect::<Vec<_>>();
        let start = Instant::now();
        let mut who = events.iter().map(|event| event.participant).collect::<Vec<_>>();
        who.sort_unstable();
        who.dedup();
        let standing = store.standing_of(id, &who).await.unwrap().into_iter().collect::<Standing>();
        before += start.elapsed();
        let start = Instant::now();
        assert!(advance(store, id, (from, to), &standing, &events).await.unwrap());
        advancing += start.elapsed();
        from = ProjectionState { position: to, ..from };
    }
    println!(
        "steps of {PROJECTED_AT_ONCE}: read {:.2}, what stood {:.2}, advance {:.2} µs an event",
        micros(reading),
        micros(before),
        micros(advancing)
    );
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6 / BALLOTS as f64
}

async fn sizes(url: &str) -> Vec<(String, i64)> {
    let sizes = "SELECT relname::TEXT, pg_relation_size(oid) FROM pg_class
        WHERE relname IN ('event_batch', 'event_batch_pkey', 'participant_ballots', 'participant_ballots_pkey')
        ORDER BY relname";
    let mut by_hand = PgConnection::connect(url).await.unwrap();
    sqlx::query_as(sizes).fetch_all(&mut by_hand).await.unwrap()
}
