//! Participants answer questions about themselves: kept as they said it, shown only where enough share it.

use std::sync::Arc;

use gd_domain::{Action, Answers, Choice, ItemNumber};
use gd_engine::ports::Ledger;
use gd_engine::{AnswersError, Engine, LookupError};
use gd_testkit::{
    NEVER_LATE, TEST_NOW, answers, ballot_event, consultation_draft, days_later, open_engine, participant,
    question,
};

use crate::support::{Ports, create, fakes, votes_on_record};

/// A consultation `test` that asks two questions, where participants 1 to `voters` have a ballot.
async fn house(voters: i64) -> (Ports, Arc<Engine>) {
    let ports = fakes();
    let engine = open_engine(&ports).await;
    let mut draft = consultation_draft("test");
    draft.questions = vec![question("age", &["young", "old"]), question("area", &["town", "land"])];
    let poll = create(&engine, &draft).await.first_poll();
    let events = (1..=voters).map(|who| ballot_event(who, 1, Choice::Agree)).collect::<Vec<_>>();
    ports.store.append(poll, &events, NEVER_LATE).await.unwrap();
    (ports, engine)
}

async fn answer(engine: &Engine, who: i64, given: &[(&str, &str)]) {
    engine.participants().answer_questions("test", participant(who), answers(given), TEST_NOW).await.unwrap();
}

async fn on_record(engine: &Engine) -> Vec<(i64, Answers)> {
    let votes = votes_on_record(engine, "test").await;
    assert!(votes.ballots.keys().all(|(_, number)| *number == ItemNumber(1)));
    votes.answers.into_iter().map(|(who, answers)| (who.number(), answers)).collect()
}

#[tokio::test]
async fn what_is_analysed_and_exported_shows_nobody_apart() {
    let (_ports, engine) = house(12).await;
    for who in 1..=6 {
        answer(&engine, who, &[("age", "young"), ("area", "town")]).await;
    }
    answer(&engine, 7, &[("age", "young"), ("area", "land")]).await;
    for who in 8..=10 {
        answer(&engine, who, &[("age", "old")]).await;
    }
    answer(&engine, 99, &[("age", "old"), ("area", "land")]).await;
    let shown = on_record(&engine).await;
    // Seven are young; the one from the land takes the others' towns along; three who are old are too few.
    let expected = (1..=7).map(|who| (who, answers(&[("age", "young")]))).collect::<Vec<_>>();
    assert_eq!(shown, expected);
}

#[tokio::test]
async fn the_last_answers_stand_until_they_are_forgotten() {
    let (_ports, engine) = house(5).await;
    for who in 1..=5 {
        answer(&engine, who, &[("age", "young")]).await;
        answer(&engine, who, &[("age", "old")]).await;
    }
    assert_eq!(on_record(&engine).await.len(), 5);
    let lookup = engine.consultation().find("test", Action::Read, TEST_NOW).unwrap();
    let mine = engine.participants().my_answers(&lookup, participant(1)).await.unwrap();
    assert_eq!(mine, Some(answers(&[("age", "old")])));
    assert_eq!(
        engine.participants().my_answers(&lookup, participant(6)).await.unwrap(),
        None,
        "not asked yet"
    );
    engine.participants().forget_answers(&lookup, participant(1)).await.unwrap();
    assert_eq!(engine.participants().my_answers(&lookup, participant(1)).await.unwrap(), None);
    assert_eq!(on_record(&engine).await, [], "four are too few to be shown");
}

#[tokio::test]
async fn what_is_no_answer_is_refused_and_so_is_everything_out_of_season() {
    let (_ports, engine) = house(0).await;
    let try_answer = async |given: &[(&str, &str)], now| {
        engine.participants().answer_questions("test", participant(1), answers(given), now).await
    };
    let mixed = try_answer(&[("age", "old"), ("area", "sea")], TEST_NOW).await;
    assert!(matches!(mixed, Err(AnswersError::Unknown { question, .. }) if question.as_str() == "area"));
    let late = try_answer(&[("age", "old")], days_later(31)).await;
    assert!(matches!(late, Err(AnswersError::Lookup(LookupError::PhaseClosed(_)))));
    let lookup = engine.consultation().find("test", Action::Read, TEST_NOW).unwrap();
    assert_eq!(engine.participants().my_answers(&lookup, participant(1)).await.unwrap(), None);
}
