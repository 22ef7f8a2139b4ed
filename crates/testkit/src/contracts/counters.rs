//! The contract of the counters.

use gd_domain::{
    AudienceCode, BallotEvent, Channel, Choice, ChoiceCode, Deltas, ItemNumber, Minute, Opinion, PollId,
    Position, Qualification, Qualifications, StandingBallot, Tally,
};
use gd_engine::ports::{Applied, Counters, ProjectionState, Totals};

use crate::{ballot_event, days_later};

const POLL: PollId = PollId(1);

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
    polls_are_apart(counters).await;
    every_kind_of_count_is_kept(counters).await;
    deltas_offered_again_and_again_count_once(counters).await;
    counts_back_at_zero_are_absent(counters).await;
    great_numbers_are_kept_exactly(counters).await;
    counts_let_go_are_as_before_or_gone(counters).await;
}

async fn nothing_is_applied_before_the_first_replacement(counters: &dyn Counters) {
    assert_eq!(counters.state(POLL).await.unwrap(), None);
    assert_eq!(counters.totals(POLL).await.unwrap(), None);
    let applied = counters.apply(POLL, state(0, 0), Position(1), &one(1, Choice::Agree)).await;
    assert_eq!(applied.unwrap(), Applied::Elsewhere);
    assert_eq!(counters.totals(POLL).await.unwrap(), None);
}

async fn deltas_are_applied_once_where_they_begin(counters: &dyn Counters) {
    let start = Totals { state: state(3, 0), counts: one(1, Choice::Agree) };
    assert!(counters.replace(POLL, None, &start).await.unwrap());
    let delta = one(2, Choice::Disagree);
    let first = counters.apply(POLL, state(3, 0), Position(5), &delta).await.unwrap();
    let repeated = counters.apply(POLL, state(3, 0), Position(5), &delta).await.unwrap();
    let other_generation = counters.apply(POLL, state(5, 1), Position(6), &delta).await.unwrap();
    assert_eq!((first, repeated, other_generation), (Applied::Added, Applied::Elsewhere, Applied::Elsewhere));
    let mut expected = one(1, Choice::Agree);
    expected.add(&delta);
    let totals = counters.totals(POLL).await.unwrap().unwrap();
    assert_eq!(totals, Totals { state: state(5, 0), counts: expected });
    assert_eq!(counters.state(POLL).await.unwrap(), Some(state(5, 0)));
}

async fn a_count_begun_before_the_counters_moved_replaces_nothing(counters: &dyn Counters) {
    let before = counters.totals(POLL).await.unwrap();
    let late = Totals { state: state(4, 0), counts: Deltas::default() };
    for seen in [None, Some(state(3, 0)), Some(state(5, 1))] {
        assert!(!counters.replace(POLL, seen, &late).await.unwrap());
        assert_eq!(counters.totals(POLL).await.unwrap(), before);
    }
}

/// Also by a count at a lower position: a restored backup knows less than the counters saw.
async fn a_count_replaces_everything_where_the_counters_were_seen(counters: &dyn Counters) {
    let restored = Totals { state: state(2, 0), counts: one(9, Choice::Neutral) };
    assert!(counters.replace(POLL, Some(state(5, 0)), &restored).await.unwrap());
    assert_eq!(counters.totals(POLL).await.unwrap(), Some(restored));
    let rebuilt = Totals { state: state(0, 1), counts: Deltas::default() };
    assert!(counters.replace(POLL, Some(state(2, 0)), &rebuilt).await.unwrap());
    assert_eq!(counters.totals(POLL).await.unwrap(), Some(rebuilt));
    let applied = counters.apply(POLL, state(0, 1), Position(1), &one(3, Choice::Agree)).await;
    assert_eq!(applied.unwrap(), Applied::Added);
}

async fn polls_are_apart(counters: &dyn Counters) {
    assert_eq!(counters.totals(PollId(2)).await.unwrap(), None);
}

/// Ballots of every choice, qualification, audience and channel, on several days.
fn ballots_of_every_kind() -> Vec<StandingBallot> {
    let mut ballots = Vec::new();
    for (place, channel) in Channel::ALL.into_iter().enumerate() {
        for qualification in Qualification::ALL {
            let number = ballots.len();
            let choice = qualification.choice();
            let qualifications = [qualification].into_iter().collect::<Qualifications>();
            let event = BallotEvent {
                opinion: Some(Opinion::new(choice, qualifications).expect("they go together")),
                audience: AudienceCode(u16::try_from(number % 4).expect("few")),
                channel,
                cast_at: days_later(i64::try_from(place).expect("few")),
                ..ballot_event(
                    i64::try_from(number).expect("few"),
                    u32::try_from(number % 7).expect("few"),
                    choice,
                )
            };
            ballots.push(StandingBallot::after(&event).expect("it stands"));
        }
    }
    for place in 0..5 {
        let opinion = ChoiceCode::of_place(place).map(Opinion::coded);
        let who = i64::try_from(ballots.len()).expect("few");
        let event = BallotEvent { opinion, ..ballot_event(who, 8, Choice::Agree) };
        ballots.push(StandingBallot::after(&event).expect("it stands"));
    }
    ballots
}

async fn every_kind_of_count_is_kept(counters: &dyn Counters) {
    let poll = PollId(3);
    let ballots = ballots_of_every_kind();
    let (first, second) = ballots.split_at(20);
    let start = Totals { state: state(20, 0), counts: Deltas::recount(first) };
    assert!(counters.replace(poll, None, &start).await.unwrap());
    assert_eq!(counters.totals(poll).await.unwrap(), Some(start));
    let applied = counters.apply(poll, state(20, 0), Position(45), &Deltas::recount(second)).await;
    assert_eq!(applied.unwrap(), Applied::Added);
    let totals = counters.totals(poll).await.unwrap().unwrap();
    assert_eq!(totals, Totals { state: state(45, 0), counts: Deltas::recount(&ballots) });
}

async fn deltas_offered_again_and_again_count_once(counters: &dyn Counters) {
    let poll = PollId(4);
    let ballots = ballots_of_every_kind();
    assert!(counters.replace(poll, None, &Totals::default()).await.unwrap());
    let mut position = 0;
    for ballot in &ballots {
        let delta = Deltas::recount([ballot]);
        let offer = || counters.apply(poll, state(position, 0), Position(position + 1), &delta);
        let outcomes = [offer().await.unwrap(), offer().await.unwrap(), offer().await.unwrap()];
        assert_eq!(outcomes, [Applied::Added, Applied::Elsewhere, Applied::Elsewhere]);
        position += 1;
    }
    let totals = counters.totals(poll).await.unwrap().unwrap();
    assert_eq!(totals, Totals { state: state(position, 0), counts: Deltas::recount(&ballots) });
}

async fn counts_back_at_zero_are_absent(counters: &dyn Counters) {
    let poll = PollId(5);
    let ballots = ballots_of_every_kind();
    let all = Totals { state: state(45, 0), counts: Deltas::recount(&ballots) };
    assert!(counters.replace(poll, None, &all).await.unwrap());
    let mut gone = Deltas { participants: -Deltas::recount(&ballots).participants, ..Deltas::default() };
    for ballot in &ballots {
        gone.count(ballot, -1);
    }
    let applied = counters.apply(poll, state(45, 0), Position(90), &gone).await.unwrap();
    assert_eq!(applied, Applied::Added);
    let nothing = Totals { state: state(90, 0), counts: Deltas::default() };
    assert_eq!(counters.totals(poll).await.unwrap(), Some(nothing));
}

/// Beyond 2^53 too, where numbers kept as floating point lose their ones.
async fn great_numbers_are_kept_exactly(counters: &dyn Counters) {
    const GREAT: i64 = (1 << 53) + 1;
    let poll = PollId(6);
    let mut tally = Tally { choices: [GREAT, -GREAT, 3, 4, -GREAT], ..Tally::default() };
    *tally.by_audience.at(AudienceCode(50)) = [GREAT, 1, 0, -1, GREAT];
    let counts = Deltas {
        proposals: [(ItemNumber(0), tally.clone()), (ItemNumber(u32::MAX), tally)].into(),
        participants: GREAT,
        activity: [(Minute(-1), GREAT), (Minute(GREAT), 1)].into(),
    };
    let start = Totals { state: state(1 << 60, 1 << 61), counts: counts.clone() };
    assert!(counters.replace(poll, None, &start).await.unwrap());
    let to = Position((1 << 60) + 1);
    assert_eq!(counters.apply(poll, start.state, to, &counts).await.unwrap(), Applied::Added);
    let mut doubled = counts.clone();
    doubled.add(&counts);
    let totals = counters.totals(poll).await.unwrap().unwrap();
    assert_eq!(totals, Totals { state: state(to.0, 1 << 61), counts: doubled });
}

/// Gone, they can be replaced as at the first time; counts that others share stay.
async fn counts_let_go_are_as_before_or_gone(counters: &dyn Counters) {
    let (poll, beside) = (PollId(7), PollId(8));
    let totals = Totals { state: state(3, 0), counts: one(1, Choice::Agree) };
    for poll in [poll, beside] {
        assert!(counters.replace(poll, None, &totals).await.unwrap());
    }
    counters.forget(poll).await;
    counters.forget(PollId(9)).await;
    let left = counters.totals(poll).await.unwrap();
    assert!(left.is_none() || left.as_ref() == Some(&totals));
    let seen = counters.state(poll).await.unwrap();
    assert!(counters.replace(poll, seen, &totals).await.unwrap());
    assert_eq!(counters.totals(beside).await.unwrap(), Some(totals));
}
