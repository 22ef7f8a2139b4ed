//! Counters that come and go, projections that another process makes, and what a process says it lacks.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use gd_counters::NoRateLimits;
use gd_domain::{Choice, Deltas, PollId, Position};
use gd_engine::ports::{Counters, Ledger, Projection, ProjectionState, StandingBallots, Totals};
use gd_engine::{Engine, Missing, VITALS_AGE_MAX_MS};
use gd_testkit::{
    FixedClock, MemoryStore, NEVER_LATE, TEST_NOW, TestPorts, ballot_event, consultation_draft, open_engine,
    retraction,
};

use crate::far_counters::FarCounters;
use crate::support::create;

struct House {
    store: Arc<MemoryStore>,
    counters: Arc<FarCounters>,
    engine: Arc<Engine>,
    poll: PollId,
}

async fn house() -> House {
    let (store, counters) = (Arc::new(MemoryStore::default()), Arc::new(FarCounters::default()));
    let engine = open_engine(&TestPorts {
        store: Arc::clone(&store),
        counters: Arc::clone(&counters),
        rate_limits: Arc::new(NoRateLimits),
        clock: Arc::new(FixedClock::at(TEST_NOW)),
    })
    .await;
    let poll = create(&engine, &consultation_draft("test")).await.first_poll();
    House { store, counters, engine, poll }
}

impl House {
    /// A ballot of this participant on proposal 1, projected.
    async fn vote(&self, participant: i64, choice: Choice) {
        self.store.append(self.poll, &[ballot_event(participant, 1, choice)], NEVER_LATE).await.unwrap();
        self.engine.voting().project(self.poll).await.unwrap();
    }

    /// The counters count what stands, where it stands.
    async fn counters_are_exact(&self) {
        let (state, counts) = self.store.count(self.poll).await.unwrap();
        let totals = self.counters.counters.totals(self.poll).await.unwrap();
        assert_eq!(totals, Some(Totals { state, counts }));
    }

    fn replacements(&self) -> usize {
        self.counters.replacements.load(Ordering::Relaxed)
    }
}

#[tokio::test]
async fn projecting_what_was_there_ends_while_people_vote_on() {
    let house = house().await;
    house.vote(1, Choice::Agree).await;
    *house.counters.crowd.lock().unwrap() = Some((Arc::clone(&house.store), 50));
    house.vote(2, Choice::Agree).await;
    let head = house.store.head(house.poll).await.unwrap();
    let (state, counts) = house.store.count(house.poll).await.unwrap();
    assert_eq!((state.position, counts.participants, head), (Position(2), 2, Position(3)));
    house.counters_are_exact().await;
}

#[tokio::test]
async fn what_waits_for_counters_out_of_reach_is_added_when_they_are_back() {
    let house = house().await;
    house.vote(1, Choice::Agree).await;
    house.counters_are_exact().await;
    let replacements = house.replacements();
    house.counters.away.store(true, Ordering::Relaxed);
    for (participant, choice) in [(2, Choice::Agree), (1, Choice::Disagree), (3, Choice::Neutral)] {
        house.vote(participant, choice).await;
    }
    house.store.append(house.poll, &[retraction(2, 1)], NEVER_LATE).await.unwrap();
    house.engine.voting().project(house.poll).await.unwrap();
    house.counters.away.store(false, Ordering::Relaxed);
    house.engine.voting().project(house.poll).await.unwrap();
    house.counters_are_exact().await;
    assert_eq!(house.replacements(), replacements, "the sums were enough");
}

#[tokio::test]
async fn deltas_whose_answer_was_lost_are_not_added_twice() {
    let house = house().await;
    house.vote(1, Choice::Agree).await;
    house.counters.loses_one_answer.store(true, Ordering::Relaxed);
    house.vote(2, Choice::Agree).await;
    house.vote(3, Choice::Agree).await;
    house.counters_are_exact().await;
}

#[tokio::test]
async fn counters_that_lost_everything_are_replaced() {
    let house = house().await;
    house.vote(1, Choice::Agree).await;
    let id = house.poll;
    for elsewhere in [ProjectionState::default(), ProjectionState { position: Position(999), generation: 0 }]
    {
        let seen = house.counters.state(id).await.unwrap();
        let strange = Totals { state: elsewhere, counts: Deltas::default() };
        house.counters.counters.replace(id, seen, &strange).await.unwrap();
        house.engine.voting().project(house.poll).await.unwrap();
        house.counters_are_exact().await;
    }
}

#[tokio::test]
async fn counters_found_empty_by_a_reader_are_filled_without_a_vote() {
    let house = house().await;
    house.vote(1, Choice::Agree).await;
    let (now, id) = (house.engine.now(), house.poll);
    house.engine.run().await.unwrap();
    house.counters.flushed.store(true, Ordering::Relaxed);
    house.engine.voting().totals(id, now).await.unwrap();
    while house.counters.totals(id).await.unwrap().is_none() {
        tokio::task::yield_now().await;
    }
    house.counters_are_exact().await;
}

/// A process was killed between the projection and the counters; nobody votes any more.
#[tokio::test]
async fn counters_left_behind_are_mended_when_the_poll_is_next_looked_at() {
    let house = house().await;
    house.vote(1, Choice::Agree).await;
    let (seen, behind) = (house.counters.state(house.poll).await.unwrap(), ProjectionState::default());
    let behind = Totals { state: behind, counts: Deltas::default() };
    house.counters.counters.replace(house.poll, seen, &behind).await.unwrap();
    let restarted = open_engine(&TestPorts {
        store: Arc::clone(&house.store),
        counters: Arc::clone(&house.counters),
        rate_limits: Arc::new(NoRateLimits),
        clock: Arc::new(FixedClock::at(TEST_NOW)),
    })
    .await;
    restarted.voting().totals(house.poll, TEST_NOW).await.unwrap();
    while house.counters.state(house.poll).await.unwrap().is_none_or(|state| state.position == Position(0)) {
        tokio::task::yield_now().await;
    }
    house.counters_are_exact().await;
}

#[tokio::test]
async fn who_does_not_hold_the_lease_projects_nothing_and_still_knows_the_lag() {
    let house = house().await;
    house.store.leases_are_held_elsewhere.store(true, Ordering::Relaxed);
    house.engine.run().await.unwrap();
    house.store.append(house.poll, &[ballot_event(1, 1, Choice::Agree)], NEVER_LATE).await.unwrap();
    // The other process is slow: here, it is this test.
    let waiting = tokio::spawn({
        let (engine, poll) = (Arc::clone(&house.engine), house.poll);
        async move { engine.voting().project(poll).await.unwrap() }
    });
    while house.engine.voting().lags()[0].lag != 1 {
        tokio::task::yield_now().await;
    }
    assert_eq!(house.store.state(house.poll).await.unwrap().position, Position::START);
    let other = open_engine(&TestPorts {
        store: Arc::clone(&house.store),
        counters: Arc::clone(&house.counters),
        rate_limits: Arc::new(NoRateLimits),
        clock: Arc::new(FixedClock::at(TEST_NOW)),
    })
    .await;
    house.store.leases_are_held_elsewhere.store(false, Ordering::Relaxed);
    other.voting().project(house.poll).await.unwrap();
    assert_eq!(waiting.await.unwrap(), Position(1));
    house.counters_are_exact().await;
}

#[tokio::test]
async fn a_process_says_what_it_lacks() {
    let house = house().await;
    let mut now = TEST_NOW;
    let mut missing = async || {
        now = now.plus_millis(60_000 + VITALS_AGE_MAX_MS);
        house.engine.missing(now).await
    };
    // The fake's clock follows the beats; the engine's stands still at the first.
    house.store.clock_ahead_ms.store(-60_000 - VITALS_AGE_MAX_MS, Ordering::Relaxed);
    assert_eq!(missing().await, []);
    house.counters.away.store(true, Ordering::Relaxed);
    house.store.clock_ahead_ms.fetch_add(-60_000 - VITALS_AGE_MAX_MS, Ordering::Relaxed);
    assert_eq!(missing().await, [Missing::Counters]);
    assert!(!Missing::Counters.is_fatal());
    house.counters.away.store(false, Ordering::Relaxed);
    assert_eq!(missing().await, [Missing::Clock]);
    assert!(Missing::Clock.is_fatal());
    house.store.appends_fail.store(true, Ordering::Relaxed);
    assert!(missing().await.contains(&Missing::Records));
}
