//! The contract of the counters.

use gd_domain::{Choice, ConsultationId, Deltas, Position, StandingBallot};
use gd_engine::ports::{Applied, Counters, ProjectionState, Totals};

use crate::ballot_event;

const CONSULTATION: ConsultationId = ConsultationId(1);

fn state(position: u64, generation: u64) -> ProjectionState {
    ProjectionState { position: Position(position), generation }
}

fn one(proposal: u32, choice: Choice) -> Deltas {
    let ballot = StandingBallot::after(&ballot_event(1, proposal, choice)).expect("it stands");
    Deltas::recount([&ballot])
}

/// Runs the whole suite.
pub async fn counters_keep_their_contract(counters: &dyn Counters) {
    nothing_is_applied_before_the_first_replacement(counters).await;
    deltas_are_applied_once_where_they_begin(counters).await;
    a_count_begun_before_the_counters_moved_replaces_nothing(counters).await;
    a_count_replaces_everything_where_the_counters_were_seen(counters).await;
    consultations_are_apart(counters).await;
}

async fn nothing_is_applied_before_the_first_replacement(counters: &dyn Counters) {
    assert_eq!(counters.state(CONSULTATION).await.unwrap(), None);
    assert_eq!(counters.totals(CONSULTATION).await.unwrap(), None);
    let applied = counters.apply(CONSULTATION, state(0, 0), Position(1), &one(1, Choice::Agree)).await;
    assert_eq!(applied.unwrap(), Applied::Elsewhere);
    assert_eq!(counters.totals(CONSULTATION).await.unwrap(), None);
}

async fn deltas_are_applied_once_where_they_begin(counters: &dyn Counters) {
    let start = Totals { state: state(3, 0), counts: one(1, Choice::Agree) };
    assert!(counters.replace(CONSULTATION, None, &start).await.unwrap());
    let delta = one(2, Choice::Disagree);
    let first = counters.apply(CONSULTATION, state(3, 0), Position(5), &delta).await.unwrap();
    let repeated = counters.apply(CONSULTATION, state(3, 0), Position(5), &delta).await.unwrap();
    let other_generation = counters.apply(CONSULTATION, state(5, 1), Position(6), &delta).await.unwrap();
    assert_eq!((first, repeated, other_generation), (Applied::Added, Applied::Elsewhere, Applied::Elsewhere));
    let mut expected = one(1, Choice::Agree);
    expected.add(&delta);
    let totals = counters.totals(CONSULTATION).await.unwrap().unwrap();
    assert_eq!(totals, Totals { state: state(5, 0), counts: expected });
    assert_eq!(counters.state(CONSULTATION).await.unwrap(), Some(state(5, 0)));
}

async fn a_count_begun_before_the_counters_moved_replaces_nothing(counters: &dyn Counters) {
    let before = counters.totals(CONSULTATION).await.unwrap();
    let late = Totals { state: state(4, 0), counts: Deltas::default() };
    for seen in [None, Some(state(3, 0)), Some(state(5, 1))] {
        assert!(!counters.replace(CONSULTATION, seen, &late).await.unwrap());
        assert_eq!(counters.totals(CONSULTATION).await.unwrap(), before);
    }
}

/// Also by a count at a lower position: a restored backup knows less than the counters saw.
async fn a_count_replaces_everything_where_the_counters_were_seen(counters: &dyn Counters) {
    let restored = Totals { state: state(2, 0), counts: one(9, Choice::Neutral) };
    assert!(counters.replace(CONSULTATION, Some(state(5, 0)), &restored).await.unwrap());
    assert_eq!(counters.totals(CONSULTATION).await.unwrap(), Some(restored));
    let rebuilt = Totals { state: state(0, 1), counts: Deltas::default() };
    assert!(counters.replace(CONSULTATION, Some(state(2, 0)), &rebuilt).await.unwrap());
    assert_eq!(counters.totals(CONSULTATION).await.unwrap(), Some(rebuilt));
    let applied = counters.apply(CONSULTATION, state(0, 1), Position(1), &one(3, Choice::Agree)).await;
    assert_eq!(applied.unwrap(), Applied::Added);
}

async fn consultations_are_apart(counters: &dyn Counters) {
    assert_eq!(counters.totals(ConsultationId(2)).await.unwrap(), None);
}
