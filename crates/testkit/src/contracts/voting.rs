//! The contract of the ledger, the projection and the standing ballots.

use gd_domain::{
    BallotEvent, Choice, Deltas, ItemNumber, Opinion, PollId, Position, Qualification, Standing,
    StandingBallot,
};
use gd_engine::ports::{
    Ledger, Polls, ProjectedBallots, Projection, ProjectionState, Records, StandingBallots,
};
use gd_engine::voting::ports::CountChanges;

use crate::{NEVER_LATE, TEST_NOW, advance, ballot_event, create, participant, retraction};

pub(super) async fn keeps_its_contract<S: Records>(store: &S) {
    let one = PollId::first_of(create(store, "votes-1").await);
    let two = PollId::first_of(create(store, "votes-2").await);
    positions_are_gapless_and_apart(store, one, two).await;
    nothing_is_appended_to_a_poll_that_is_not_there(store).await;
    my_ballots_include_the_tail_of_the_ledger(store, one).await;
    the_projection_moves_only_from_where_it_stands(store, one).await;
    standing_ballots_are_read_and_counted(store, one).await;
    marks_show_every_move(store, one, two).await;
    a_reset_starts_a_new_generation(store, one).await;
    the_projection_holds_its_own_counts(store, two).await;
}

async fn positions_are_gapless_and_apart(store: &dyn Ledger, one: PollId, two: PollId) {
    assert_eq!(store.head(one).await.unwrap(), Position::START);
    let mut first = [ballot_event(10, 1, Choice::Agree), ballot_event(10, 2, Choice::Disagree)];
    first[0].opinion =
        Opinion::new(Choice::Agree, [Qualification::LikeIt, Qualification::Doable].into_iter().collect())
            .ok();
    let second =
        [ballot_event(11, 1, Choice::Neutral), retraction(10, 2), ballot_event(10, 1, Choice::Disagree)];
    assert_eq!(store.append(one, &first, NEVER_LATE).await.unwrap(), Position(2));
    assert_eq!(store.append(two, &first[..1], NEVER_LATE).await.unwrap(), Position(1));
    assert_eq!(store.append(one, &[], NEVER_LATE).await.unwrap(), Position(2));
    assert_eq!(store.append(one, &second, NEVER_LATE).await.unwrap(), Position(5));
    assert_eq!(store.head(one).await.unwrap(), Position(5));

    let read = store.read_after(one, Position::START, 10).await.unwrap();
    let positions = read.iter().map(|positioned| positioned.position.0).collect::<Vec<_>>();
    assert_eq!(positions, [1, 2, 3, 4, 5]);
    let events = read.iter().map(|positioned| positioned.event).collect::<Vec<_>>();
    assert_eq!(events, [&first[..], &second[..]].concat());
    let page = store.read_after(one, Position(2), 2).await.unwrap();
    assert_eq!(page, read[2..4]);
}

async fn nothing_is_appended_to_a_poll_that_is_not_there(store: &dyn Ledger) {
    let nowhere = PollId(999);
    let event = [ballot_event(1, 1, Choice::Agree)];
    assert!(store.append(nowhere, &event, NEVER_LATE).await.is_err());
    assert!(store.head(nowhere).await.is_err());
}

async fn my_ballots_include_the_tail_of_the_ledger(store: &dyn StandingBallots, one: PollId) {
    let mine = store.of_participant(one, participant(10)).await.unwrap();
    assert_eq!(mine, [StandingBallot::after(&ballot_event(10, 1, Choice::Disagree)).unwrap()]);
    assert!(store.of_participant(one, participant(99)).await.unwrap().is_empty());
    for who in [10, 99] {
        let projected = store.projected_of(one, participant(who)).await.unwrap();
        let nothing_yet =
            ProjectedBallots { position: Position::START, head: Position(5), ballots: Vec::new() };
        assert_eq!(projected, nothing_yet);
    }
}

async fn events_after(store: &dyn Ledger, poll: PollId, after: u64, limit: usize) -> Vec<BallotEvent> {
    let events = store.read_after(poll, Position(after), limit).await.unwrap();
    events.into_iter().map(|positioned| positioned.event).collect()
}

async fn the_projection_moves_only_from_where_it_stands<S>(store: &S, one: PollId)
where
    S: Ledger + Projection + StandingBallots,
{
    let start = store.state(one).await.unwrap();
    assert_eq!(start, ProjectionState::default());
    let events = events_after(store, one, 0, 3).await;
    assert_eq!(store.standing_of(one, &[participant(10), participant(11)]).await.unwrap(), []);
    let nothing = Standing::default();
    assert!(advance(store, one, (start, Position(3)), &nothing, &events).await.unwrap());
    assert!(!advance(store, one, (start, Position(3)), &nothing, &events).await.unwrap());
    let elsewhere = ProjectionState { position: Position(3), generation: start.generation + 1 };
    assert!(!advance(store, one, (elsewhere, Position(4)), &nothing, &events).await.unwrap());

    let here = store.state(one).await.unwrap();
    assert_eq!(here, ProjectionState { position: Position(3), generation: start.generation });
    let tail = events_after(store, one, 3, 10).await;
    let ballots = store.standing_of(one, &[participant(10), participant(11)]).await.unwrap();
    let before = ballots.into_iter().collect::<Standing>();
    assert_eq!(before.ballots_of.get(&participant(10)), Some(&2));
    let qualified = before.ballots.get(&(participant(10), ItemNumber(1))).unwrap();
    assert_eq!(qualified.opinion.qualifications().iter().count(), 2);
    let mine = store.of_participant(one, participant(10)).await.unwrap();
    let projected = store.projected_of(one, participant(10)).await.unwrap();
    let ten = before.ballots.values().filter(|ballot| ballot.participant == participant(10)).copied();
    let behind = ProjectedBallots { position: Position(3), head: Position(5), ballots: ten.collect() };
    assert_eq!(projected, behind);
    assert!(advance(store, one, (here, Position(5)), &before, &tail).await.unwrap());
    assert_eq!(store.of_participant(one, participant(10)).await.unwrap(), mine);
    let projected = store.projected_of(one, participant(10)).await.unwrap();
    let all = ProjectedBallots { position: Position(5), head: Position(5), ballots: mine };
    assert_eq!(projected, all);
}

async fn standing_ballots_are_read_and_counted<S: StandingBallots + Projection>(store: &S, one: PollId) {
    let state = store.state(one).await.unwrap();
    let (at, all) = store.all(one).await.unwrap();
    let keys = all.iter().map(|ballot| (ballot.participant, ballot.proposal.0)).collect::<Vec<_>>();
    assert_eq!((at, keys), (state, vec![(participant(10), 1), (participant(11), 1)]));
    let (at, counts) = store.count(one).await.unwrap();
    assert_eq!((at, counts), (state, Deltas::recount(&all)));
}

async fn marks_show_every_move<S: Projection + Polls>(store: &S, one: PollId, two: PollId) {
    let marks = store.marks().await.unwrap();
    let ids = marks.iter().map(|mark| mark.poll.id).collect::<Vec<_>>();
    assert!(ids.is_sorted() && ids.ends_with(&[one, two]));
    let [first, second] = marks[marks.len() - 2..] else { panic!("both are there") };
    assert_eq!((first.head, first.projection), (Position(5), store.state(one).await.unwrap()));
    assert_eq!((first.ballots, first.participants), (2, 2));
    assert_eq!((second.head, second.projection), (Position(1), ProjectionState::default()));
    assert_eq!((second.ballots, second.participants), (0, 0));
    assert_eq!(store.mark(one).await.unwrap(), Some(first));
    assert_eq!(store.mark(PollId(999)).await.unwrap(), None);
}

async fn a_reset_starts_a_new_generation<S>(store: &S, one: PollId)
where
    S: StandingBallots + Projection + Polls,
{
    let before = store.state(one).await.unwrap();
    let mine = store.of_participant(one, participant(10)).await.unwrap();
    store.reset(one, TEST_NOW).await.unwrap();
    let after = store.state(one).await.unwrap();
    let generation = u64::try_from(TEST_NOW.as_millis()).unwrap();
    assert!(generation > before.generation);
    assert_eq!(after, ProjectionState { position: Position::START, generation });
    store.reset(one, TEST_NOW).await.unwrap();
    assert_eq!(store.state(one).await.unwrap().generation, generation + 1, "always a new one");
    assert!(store.all(one).await.unwrap().1.is_empty());
    assert_eq!(store.of_participant(one, participant(10)).await.unwrap(), mine);
    assert_eq!(counts(store, one).await, (0, 0));
}

async fn counts(store: &dyn Polls, poll: PollId) -> (u64, u64) {
    let mark = store.mark(poll).await.unwrap().unwrap();
    (mark.ballots, mark.participants)
}

/// Ballots and participants follow each step, retractions too, and begin again at a reset.
async fn the_projection_holds_its_own_counts<S>(store: &S, two: PollId)
where
    S: Projection + StandingBallots + Polls,
{
    let steps: [(&[BallotEvent], (u64, u64)); 4] = [
        (&[ballot_event(1, 1, Choice::Agree), ballot_event(1, 2, Choice::Agree)], (2, 1)),
        (&[ballot_event(1, 1, Choice::Neutral), ballot_event(2, 1, Choice::Agree)], (3, 2)),
        (&[retraction(1, 1), retraction(1, 2), ballot_event(3, 9, Choice::Disagree)], (2, 2)),
        (&[retraction(2, 1), retraction(3, 9), retraction(3, 9)], (0, 0)),
    ];
    for pass in 0..2 {
        let mut state = store.state(two).await.unwrap();
        for (events, expected) in &steps {
            let (_, before) = store.all(two).await.unwrap();
            let before = before.into_iter().collect::<Standing>();
            let to = Position(state.position.0 + events.len() as u64);
            assert!(advance(store, two, (state, to), &before, events).await.unwrap());
            state.position = to;
            assert_eq!(counts(store, two).await, *expected, "pass {pass}");
            let (_, counted) = store.count(two).await.unwrap();
            let counted = (counted.ballots().unsigned_abs(), counted.participants.unsigned_abs());
            assert_eq!(counted, *expected);
        }
        // A step that is refused counts nothing.
        let gained = CountChanges { ballots: 9, participants: 9 };
        let nowhere = ProjectionState { position: Position(99), ..state };
        assert!(!store.advance(two, nowhere, Position(100), &[], gained).await.unwrap());
        assert_eq!(counts(store, two).await, (0, 0));
        store.reset(two, TEST_NOW).await.unwrap();
    }
}
