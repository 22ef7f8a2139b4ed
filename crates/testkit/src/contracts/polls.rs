//! The contract of polls: recorded beside a consultation's first one, marked erasable, erased.

use gd_domain::{
    AudienceCode, Choice, ConsultationId, ItemNumber, NewPoll, PollDates, PollId, PollKind, Position,
    StaffAction, Standing, Strata,
};
use gd_engine::ports::{PollMark, PortErrorKind, ProjectionState, Records};

use super::{entries_of, last_position};
use crate::{NEVER_LATE, TEST_NOW, advance, audit_draft, ballot_event, create, days_later, item, new_poll};

pub(super) async fn keep_their_contract<S: Records>(store: &S) {
    let consultation = create(store, "polls").await;
    let beside = one_is_recorded_beside_the_first(store, consultation).await;
    none_is_recorded_for_a_consultation_that_is_not_there(store).await;
    it_has_a_ledger_and_items_of_its_own(store, consultation, beside).await;
    nothing_is_erased_without_the_mark(store, beside).await;
    a_poll_is_marked_erasable_once(store, beside).await;
    an_erasable_poll_is_erased_alone(store, consultation, beside).await;
    it_begins_again_after_that(store, beside).await;
    a_rehearsal_is_erasable_from_the_beginning(store, consultation).await;
}

async fn mark_of<S: Records>(store: &S, poll: PollId) -> PollMark {
    store.mark(poll).await.unwrap().unwrap()
}

async fn one_is_recorded_beside_the_first<S: Records>(store: &S, consultation: ConsultationId) -> PollId {
    let new = NewPoll {
        strata: Strata::TableByAudience,
        dates: PollDates { opens_at: Some(days_later(-1)), closes_at: None },
        ..new_poll(consultation, PollKind::Dots)
    };
    let before = last_position(store).await;
    let audit = audit_draft(StaffAction::CreatePoll, "a poll");
    let poll = store.create_poll(&new, &audit).await.unwrap();
    let entries = entries_of(store, before, &[StaffAction::CreatePoll]).await;
    assert_eq!(entries[0].subject, format!("poll {poll}"));
    assert!(poll > PollId::first_of(consultation));
    let mark = mark_of(store, poll).await;
    assert!(!mark.poll.is_first() && !mark.poll.is_erasable);
    assert_eq!((mark.poll.consultation, mark.poll.kind), (consultation, PollKind::Dots));
    assert_eq!((mark.poll.strata, mark.poll.dates), (new.strata, new.dates));
    assert_eq!((mark.head, mark.projection), (Position::START, ProjectionState::default()));
    let first = mark_of(store, PollId::first_of(consultation)).await;
    assert_eq!(first.poll.dates, PollDates::default(), "it follows the calendar");
    assert!(create(store, "after-a-poll").await.0 > poll.0, "numbers are shared");
    poll
}

async fn none_is_recorded_for_a_consultation_that_is_not_there<S: Records>(store: &S) {
    let (before, polls) = (last_position(store).await, store.marks().await.unwrap());
    let new = new_poll(ConsultationId(999), PollKind::Reaction);
    let refused = store.create_poll(&new, &audit_draft(StaffAction::CreatePoll, "a poll")).await;
    assert_eq!(refused.unwrap_err().kind, PortErrorKind::NotFound);
    assert_eq!((last_position(store).await, store.marks().await.unwrap()), (before, polls));
}

/// Both polls get a ballot of the same person on an item of the same number, and are projected.
async fn it_has_a_ledger_and_items_of_its_own<S: Records>(
    store: &S,
    consultation: ConsultationId,
    beside: PollId,
) {
    let first = PollId::first_of(consultation);
    for (poll, choice, text) in [(first, Choice::Agree, "Un vœu"), (beside, Choice::Neutral, "Un projet")] {
        store.import(poll, &[item(1, text)]).await.unwrap();
        store.add(poll, &[(ItemNumber(1), 3)]).await.unwrap();
        let event = [ballot_event(1, 1, choice)];
        assert_eq!(store.append(poll, &event, NEVER_LATE).await.unwrap(), Position(1));
        let step = (ProjectionState::default(), Position(1));
        assert!(advance(store, poll, step, &Standing::default(), &event).await.unwrap());
    }
    for (poll, choice, text) in [(first, Choice::Agree, "Un vœu"), (beside, Choice::Neutral, "Un projet")] {
        let items = store.changed_after(poll, (0, ItemNumber(0)), 9).await.unwrap();
        assert_eq!(items.iter().map(|(_, item)| item.text.as_str()).collect::<Vec<_>>(), [text]);
        let (_, ballots) = store.all(poll).await.unwrap();
        assert_eq!(ballots.iter().map(|ballot| ballot.opinion.choice()).collect::<Vec<_>>(), [choice]);
        assert_eq!(ballots[0].audience, AudienceCode::UNDECLARED);
    }
}

async fn nothing_is_erased_without_the_mark<S: Records>(store: &S, poll: PollId) {
    let (before, mark) = (last_position(store).await, mark_of(store, poll).await);
    for poll in [poll, PollId(999)] {
        let refused = store.erase_poll(poll, &audit_draft(StaffAction::ErasePoll, "ledger")).await;
        assert_eq!(refused.unwrap_err().kind, PortErrorKind::Conflict);
    }
    assert_eq!((last_position(store).await, mark_of(store, poll).await), (before, mark));
    assert_eq!(store.read_after(poll, Position::START, 9).await.unwrap().len(), 1);
}

async fn a_poll_is_marked_erasable_once<S: Records>(store: &S, poll: PollId) {
    let before = last_position(store).await;
    let audit = audit_draft(StaffAction::ErasePoll, "a mark");
    store.mark_erasable(poll, &audit).await.unwrap();
    assert!(mark_of(store, poll).await.poll.is_erasable);
    for poll in [poll, PollId(999)] {
        let again = store.mark_erasable(poll, &audit).await;
        assert_eq!(again.unwrap_err().kind, PortErrorKind::Conflict);
    }
    entries_of(store, before, &[StaffAction::ErasePoll]).await;
}

async fn an_erasable_poll_is_erased_alone<S: Records>(
    store: &S,
    consultation: ConsultationId,
    beside: PollId,
) {
    let first = PollId::first_of(consultation);
    let (before, kept) = (last_position(store).await, mark_of(store, first).await);
    let generation = mark_of(store, beside).await.projection.generation;
    let audit = audit_draft(StaffAction::ErasePoll, "ledger");
    assert_eq!(store.erase_poll(first, &audit).await.unwrap_err().kind, PortErrorKind::Conflict);
    assert_eq!(store.erase_poll(beside, &audit).await.unwrap(), 1);
    let half = mark_of(store, beside).await;
    assert!(half.head < half.projection.position, "what is folded from it is forgotten next");
    store.reset(beside, TEST_NOW).await.unwrap();
    entries_of(store, before, &[StaffAction::ErasePoll]).await;
    let mark = mark_of(store, beside).await;
    assert_eq!((mark.head, mark.projection.position), (Position::START, Position::START));
    assert_eq!((mark.ballots, mark.participants), (0, 0));
    assert!(mark.projection.generation > generation, "counters of before are told from those of after");
    assert!(mark.projection.generation >= TEST_NOW.as_millis().unsigned_abs());
    assert_eq!(store.read_after(beside, Position::START, 9).await.unwrap(), []);
    assert_eq!(store.all(beside).await.unwrap().1, []);
    assert!(store.shown(beside).await.unwrap().is_empty());

    assert_eq!(mark_of(store, first).await, kept);
    assert_eq!(store.read_after(first, Position::START, 9).await.unwrap().len(), 1);
    assert_eq!(store.all(first).await.unwrap().1.len(), 1);
    assert_eq!(store.shown(first).await.unwrap(), [(ItemNumber(1), 3)].into());
}

async fn it_begins_again_after_that<S: Records>(store: &S, poll: PollId) {
    let events = [ballot_event(2, 1, Choice::Agree), ballot_event(3, 1, Choice::Agree)];
    assert_eq!(store.append(poll, &events, NEVER_LATE).await.unwrap(), Position(2));
    let step = (store.state(poll).await.unwrap(), Position(2));
    assert!(advance(store, poll, step, &Standing::default(), &events).await.unwrap());
    let mark = mark_of(store, poll).await;
    assert_eq!((mark.head, mark.ballots, mark.participants), (Position(2), 2, 2));
}

async fn a_rehearsal_is_erasable_from_the_beginning<S: Records>(store: &S, consultation: ConsultationId) {
    let new = NewPoll { is_erasable: true, ..new_poll(consultation, PollKind::Ranking) };
    let audit = audit_draft(StaffAction::CreatePoll, "a rehearsal");
    let poll = store.create_poll(&new, &audit).await.unwrap();
    assert!(mark_of(store, poll).await.poll.is_erasable);
    let refused = store.mark_erasable(poll, &audit_draft(StaffAction::ErasePoll, "a mark")).await;
    assert_eq!(refused.unwrap_err().kind, PortErrorKind::Conflict);
    assert_eq!(store.erase_poll(poll, &audit_draft(StaffAction::ErasePoll, "ledger")).await.unwrap(), 0);
}
