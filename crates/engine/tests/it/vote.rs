//! The way of a vote: admitted, appended, projected, counted; never lost, never counted twice.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use gd_domain::{
    Action, AudienceCode, Channel, Choice, ItemNumber, Moderation, Opinion, ParticipantId, Position,
    Qualification, ResultsVisibility, Scope, StaffAction,
};
use gd_engine::BallotRefusal::{self, ChoiceUnknown, ProposalNotFound, ProposalNotPublished, VoteKeyInvalid};
use gd_engine::{
    CastBallots, CastError, CastOutcome, Decision, DeclareAudience, Engine, LookupError, SequenceRequest,
    SubmitProposal, SubmittedBallot, VOTE_KEY_LIFE_MS,
};
use gd_testkit::{TEST_NOW, consultation_draft, days_later, open_engine, participant, permit};

use crate::support::{Ports, create, decide, fakes, id_of, items, poll_of};

/// An engine with a consultation `test` of five published proposals, results live.
async fn engine_with_proposals(ports: &Ports) -> Arc<Engine> {
    let engine = open_engine(ports).await;
    let mut draft = consultation_draft("test");
    draft.rules.results = ResultsVisibility::Live;
    draft.rules.moderation = Moderation::After;
    create(&engine, &draft).await;
    for text in ["Un", "Deux", "Trois", "Quatre", "Cinq"] {
        submit(&engine, text).await;
    }
    engine
}

async fn submit(engine: &Engine, text: &str) -> ItemNumber {
    let submit = SubmitProposal { slug: "test", participant: participant(900), text, now: TEST_NOW };
    engine.proposals().submit(submit).await.unwrap().number
}

async fn key_for(engine: &Engine, who: ParticipantId, number: u32) -> String {
    let request = SequenceRequest {
        slug: "test",
        participant: who,
        is_new: false,
        size: 12,
        channel: Channel::Sequence,
        excluding: &[],
        now: TEST_NOW,
        seed: 1,
    };
    let cards = engine.proposals().sequence(request).await.unwrap();
    let card = cards.into_iter().find(|card| card.proposal.number.0 == number);
    card.expect("the proposal is served").key
}

fn ballot(number: u32, choice: Choice, key: &str) -> SubmittedBallot<'_> {
    SubmittedBallot { proposal: ItemNumber(number), opinion: Ok(Opinion::bare(choice)), key }
}

async fn cast(
    engine: &Engine,
    who: ParticipantId,
    ballots: &[SubmittedBallot<'_>],
) -> Result<CastOutcome, CastError> {
    let cast = CastBallots {
        slug: "test",
        poll: None,
        participant: who,
        audience: AudienceCode::UNDECLARED,
        channel: None,
        ballots,
        now: TEST_NOW,
    };
    engine.voting().cast(cast).await
}

async fn counts(engine: &Engine, number: u32) -> [i64; 3] {
    engine.voting().project(poll_of(engine, "test")).await.unwrap();
    let (_, totals) = engine.results().tallies("test", TEST_NOW.plus_millis(a_later_tick())).await.unwrap();
    totals
        .counts
        .proposals
        .get(&ItemNumber(number))
        .map_or([0; 3], |tally| [0, 1, 2].map(|choice| tally.choices[choice]))
}

/// A later instant at every call, so that no total comes from the cache.
fn a_later_tick() -> i64 {
    static TICK: std::sync::atomic::AtomicI64 = std::sync::atomic::AtomicI64::new(10_000);
    TICK.fetch_add(10_000, Ordering::Relaxed)
}

#[tokio::test]
async fn a_second_ballot_replaces_the_first_and_a_repeat_changes_nothing() {
    let ports = fakes();
    let engine = engine_with_proposals(&ports).await;
    let who = participant(1);
    let key = key_for(&engine, who, 2).await;
    for choice in [Choice::Agree, Choice::Agree, Choice::Disagree, Choice::Disagree] {
        let outcome = cast(&engine, who, &[ballot(2, choice, &key)]).await.unwrap();
        assert_eq!(outcome, CastOutcome { recorded: 1, refused: vec![] });
    }
    assert_eq!(counts(&engine, 2).await, [0, 1, 0]);
    let mine = engine.proposals().my_ballots("test", who, TEST_NOW).await.unwrap();
    assert_eq!(mine.len(), 1);
    assert_eq!(mine[0].ballot.opinion.choice(), Choice::Disagree);
}

#[tokio::test]
async fn my_ballots_are_complete_before_anything_is_projected() {
    let ports = fakes();
    let engine = engine_with_proposals(&ports).await;
    let who = participant(1);
    let key = key_for(&engine, who, 1).await;
    cast(&engine, who, &[ballot(1, Choice::Agree, &key)]).await.unwrap();
    assert_eq!(engine.proposals().my_ballots("test", who, TEST_NOW).await.unwrap().len(), 1);
    assert_eq!(engine.voting().retract_ballot("test", who, ItemNumber(1), TEST_NOW).await, Ok(1));
    assert_eq!(engine.voting().retract_ballot("test", who, ItemNumber(1), TEST_NOW).await, Ok(0));
    assert!(engine.proposals().my_ballots("test", who, TEST_NOW).await.unwrap().is_empty());
    assert_eq!(counts(&engine, 1).await, [0; 3]);
}

#[tokio::test]
async fn a_voted_card_is_never_served_again() {
    let ports = fakes();
    let engine = engine_with_proposals(&ports).await;
    let who = participant(1);
    for left in (0..5_usize).rev() {
        let request = SequenceRequest {
            slug: "test",
            participant: who,
            is_new: false,
            size: 1,
            channel: Channel::Sequence,
            excluding: &[],
            now: TEST_NOW,
            seed: 9,
        };
        let card = engine.proposals().sequence(request).await.unwrap().remove(0);
        cast(&engine, who, &[ballot(card.proposal.number.0, Choice::Neutral, &card.key)]).await.unwrap();
        let request = SequenceRequest {
            slug: "test",
            participant: who,
            is_new: false,
            size: 12,
            channel: Channel::Sequence,
            excluding: &[],
            now: TEST_NOW,
            seed: 9,
        };
        let rest = engine.proposals().sequence(request).await.unwrap();
        assert_eq!(rest.len(), left);
        assert!(rest.iter().all(|other| other.proposal.number != card.proposal.number));
    }
}

#[tokio::test]
async fn each_bad_ballot_is_refused_alone_and_the_good_ones_recorded() {
    let ports = fakes();
    let engine = engine_with_proposals(&ports).await;
    let pending = {
        let seen = engine.consultation().find("test", Action::Read, TEST_NOW).unwrap().view;
        let mut changed = seen.consultation.description.clone();
        changed.rules.moderation = Moderation::Before;
        let permit = permit(&engine, StaffAction::EditConsultation, Scope::Consultation(seen.id()));
        engine.consultation().update(&permit, &seen, &changed).await.unwrap();
        submit(&engine, "En attente").await.0
    };
    decide(&engine, &[ItemNumber(4)], Decision::Withdraw).await.unwrap();
    let who = participant(1);
    let (key, other_key) = (key_for(&engine, who, 1).await, key_for(&engine, participant(2), 1).await);
    let unreadable =
        SubmittedBallot { proposal: ItemNumber(1), opinion: Err(BallotRefusal::ChoiceUnknown), key: &key };
    let ballots = [
        ballot(1, Choice::Agree, &key),
        unreadable,
        ballot(99, Choice::Agree, &key),
        ballot(pending, Choice::Agree, &key),
        ballot(4, Choice::Agree, &key),
        ballot(2, Choice::Agree, &key),
        ballot(1, Choice::Agree, &other_key),
        ballot(1, Choice::Agree, "nonsense"),
    ];
    let outcome = cast(&engine, who, &ballots).await.unwrap();
    assert_eq!(outcome.recorded, 1);
    let expected = [
        ChoiceUnknown,
        ProposalNotFound,
        ProposalNotPublished,
        ProposalNotPublished,
        VoteKeyInvalid,
        VoteKeyInvalid,
        VoteKeyInvalid,
    ];
    assert_eq!(outcome.refused, (1..).zip(expected).collect::<Vec<_>>());
    assert_eq!(counts(&engine, 1).await, [1, 0, 0]);
}

#[tokio::test]
async fn keys_expire_and_phases_close_at_the_admission_stamp() {
    let ports = fakes();
    let engine = engine_with_proposals(&ports).await;
    let who = participant(1);
    let key = key_for(&engine, who, 1).await;
    let cast_at = async |now| {
        let ballots = [ballot(1, Choice::Agree, &key)];
        let audience = AudienceCode::UNDECLARED;
        let cast = CastBallots {
            slug: "test",
            poll: None,
            participant: who,
            audience,
            channel: None,
            ballots: &ballots,
            now,
        };
        engine.voting().cast(cast).await
    };
    let late = cast_at(TEST_NOW.plus_millis(VOTE_KEY_LIFE_MS)).await.unwrap();
    assert_eq!(late.refused, [(0, BallotRefusal::VoteKeyExpired)]);
    assert!(matches!(cast_at(days_later(30)).await, Err(CastError::Lookup(LookupError::PhaseClosed(_)))));
    assert!(matches!(cast_at(days_later(-2)).await, Err(CastError::Lookup(LookupError::NotFound))));
    assert_eq!(counts(&engine, 1).await, [0; 3]);
}

#[tokio::test]
async fn what_waits_is_written_together() {
    let ports = fakes();
    let engine = engine_with_proposals(&ports).await;
    let mut callers = tokio::task::JoinSet::new();
    for number in 0..200 {
        let (engine, who) = (Arc::clone(&engine), participant(number));
        let key = key_for(&engine, who, 3).await;
        callers.spawn(async move {
            cast(&engine, who, &[ballot(3, Choice::Agree, &key)]).await.unwrap().recorded
        });
    }
    let recorded = callers.join_all().await.into_iter().sum::<usize>();
    assert_eq!(recorded, 200);
    assert!(ports.store.appends.load(Ordering::Relaxed) < 200, "several requests shared a commit");
    assert_eq!(counts(&engine, 3).await, [200, 0, 0]);
}

#[tokio::test]
async fn a_failing_ledger_is_never_called_recorded() {
    let ports = fakes();
    let engine = engine_with_proposals(&ports).await;
    let who = participant(1);
    let key = key_for(&engine, who, 1).await;
    ports.store.appends_fail.store(true, Ordering::Relaxed);
    assert_eq!(cast(&engine, who, &[ballot(1, Choice::Agree, &key)]).await, Err(CastError::TryAgain));
    ports.store.appends_fail.store(false, Ordering::Relaxed);
    assert_eq!(counts(&engine, 1).await, [0; 3]);
    assert_eq!(cast(&engine, who, &[ballot(1, Choice::Agree, &key)]).await.unwrap().recorded, 1);
    assert_eq!(counts(&engine, 1).await, [1, 0, 0]);
}

#[tokio::test]
async fn a_commit_of_unknown_outcome_may_be_repeated() {
    let ports = fakes();
    let engine = engine_with_proposals(&ports).await;
    let who = participant(1);
    let key = key_for(&engine, who, 1).await;
    ports.store.appends_lose_their_answer.store(true, Ordering::Relaxed);
    assert_eq!(cast(&engine, who, &[ballot(1, Choice::Agree, &key)]).await, Err(CastError::TryAgain));
    ports.store.appends_lose_their_answer.store(false, Ordering::Relaxed);
    cast(&engine, who, &[ballot(1, Choice::Agree, &key)]).await.unwrap();
    assert_eq!(counts(&engine, 1).await, [1, 0, 0]);
}

#[tokio::test]
async fn a_writer_that_dies_fails_its_callers_and_the_next_one_works() {
    let ports = fakes();
    let engine = engine_with_proposals(&ports).await;
    let who = participant(1);
    let key = key_for(&engine, who, 1).await;
    ports.store.appends_panic.store(true, Ordering::Relaxed);
    assert_eq!(cast(&engine, who, &[ballot(1, Choice::Agree, &key)]).await, Err(CastError::TryAgain));
    ports.store.appends_panic.store(false, Ordering::Relaxed);
    assert_eq!(cast(&engine, who, &[ballot(1, Choice::Agree, &key)]).await.unwrap().recorded, 1);
}

#[tokio::test]
async fn a_changed_audience_moves_the_ballots_it_had() {
    let ports = fakes();
    let engine = engine_with_proposals(&ports).await;
    let who = participant(1);
    let key = key_for(&engine, who, 1).await;
    cast(&engine, who, &[ballot(1, Choice::Agree, &key)]).await.unwrap();
    let declare =
        |audience| DeclareAudience { slug: "test", participant: Some(who), audience, now: TEST_NOW };
    let code = engine.voting().declare_audience(declare(Some("staff"))).await.unwrap();
    assert_eq!(code, AudienceCode(2));
    assert!(engine.voting().declare_audience(declare(Some("nobody"))).await.is_err());
    assert_eq!(counts(&engine, 1).await, [1, 0, 0]);
    let (_, totals) = engine.results().tallies("test", TEST_NOW.plus_millis(a_later_tick())).await.unwrap();
    let by_audience = &totals.counts.proposals[&ItemNumber(1)].by_audience;
    assert_eq!(by_audience.iter().collect::<Vec<_>>(), [(AudienceCode(2), [1, 0, 0, 0, 0])]);
}

#[tokio::test]
async fn a_recount_and_a_fold_of_the_ledger_agree() {
    let ports = fakes();
    let engine = engine_with_proposals(&ports).await;
    let qualified = Opinion::new(Choice::Agree, [Qualification::Doable].into_iter().collect()).unwrap();
    for number in 0..30 {
        let who = participant(number);
        let key = key_for(&engine, who, 1).await;
        let ballots = [SubmittedBallot { proposal: ItemNumber(1), opinion: Ok(qualified), key: &key }];
        cast(&engine, who, &ballots).await.unwrap();
    }
    let before = counts(&engine, 1).await;
    let poll = poll_of(&engine, "test");
    let permit = permit(&engine, StaffAction::MaintainLedger, Scope::Consultation(id_of(&engine, "test")));
    let recounted = engine.voting().recount(&permit, poll, &mut |_, _| ()).await.unwrap();
    assert_eq!(recounted, Position(30));
    assert_eq!(counts(&engine, 1).await, before);
    let verification = engine.voting().verify(&permit, poll, &mut |_, _| ()).await.unwrap();
    assert_eq!((verification.ballots, verification.differences), (30, 0));
}

#[tokio::test]
async fn what_another_process_changes_is_seen_at_the_next_look() {
    let ports = fakes();
    let serving = engine_with_proposals(&ports).await;
    serving.run().await.unwrap();
    let command_line = open_engine(&ports).await;
    decide(&command_line, &[ItemNumber(1)], Decision::Withdraw).await.unwrap();
    create(&command_line, &consultation_draft("other")).await;
    tokio::time::timeout(std::time::Duration::from_secs(5), async {
        loop {
            let items = items(&serving, "test").await;
            let withdrawn = !items.proposal(ItemNumber(1)).unwrap().is_published();
            if withdrawn && serving.consultation().id_of("other").is_some() {
                return;
            }
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("the change is seen");
}

#[tokio::test]
async fn sending_the_same_proposal_twice_makes_one() {
    let ports = fakes();
    let engine = engine_with_proposals(&ports).await;
    let first = submit(&engine, "  Une  idée ").await;
    assert_eq!(submit(&engine, "Une idée").await, first);
    assert_ne!(submit(&engine, "Une autre idée").await, first);
}

/// A server deals a card; its holder votes on another, which has not heard of the proposal yet.
#[tokio::test]
async fn a_key_of_another_server_is_believed_before_the_proposal_is_known() {
    let ports = fakes();
    let one = engine_with_proposals(&ports).await;
    let other = open_engine(&ports).await;
    let number = submit(&one, "Six").await;
    let who = participant(7);
    let key = key_for(&one, who, number.0).await;
    let outcome = cast(&other, who, &[ballot(number.0, Choice::Agree, &key)]).await.unwrap();
    assert_eq!((outcome.recorded, outcome.refused), (1, vec![]));

    let unknown = submit(&one, "Sept").await;
    let outcome = cast(&other, who, &[ballot(unknown.0, Choice::Agree, &key)]).await.unwrap();
    assert_eq!(outcome.refused, [(0, ProposalNotFound)], "a key for something else is no reason to look");
}
