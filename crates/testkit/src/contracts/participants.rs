//! The contract of the ports of participants.

use gd_domain::{Answers, ConsultationId};
use gd_engine::ports::{OneTimeLinks, ParticipantAnswers, Records};

use crate::{TEST_NOW, answers, create, participant};

pub(super) async fn keeps_its_contract<S: Records>(store: &S) {
    let (one, two) = (create(store, "people-1").await, create(store, "people-2").await);
    a_link_is_used_once_until_it_expires(store).await;
    the_last_answers_stand_until_they_are_forgotten(store, one, two).await;
}

async fn a_link_is_used_once_until_it_expires(store: &dyn OneTimeLinks) {
    let (later, much_later) = (TEST_NOW.plus_millis(1_000), TEST_NOW.plus_millis(9_000));
    let use_up = async |nonce, expires_at, now| store.use_up(nonce, expires_at, now).await.unwrap();
    assert!(use_up(i64::MIN, later, TEST_NOW).await);
    assert!(!use_up(i64::MIN, later, TEST_NOW).await);
    assert!(use_up(i64::MAX, much_later, TEST_NOW).await);
    assert!(use_up(i64::MIN, much_later, later).await, "an expired one is forgotten");
    assert!(!use_up(i64::MAX, much_later, later).await);
}

async fn the_last_answers_stand_until_they_are_forgotten(
    store: &dyn ParticipantAnswers,
    one: ConsultationId,
    two: ConsultationId,
) {
    let answers = |age: &str| answers(&[("age", age)]);
    for (consultation, who, age) in [(one, 0, "old"), (one, 9, "young"), (one, 0, "young"), (two, 0, "old")] {
        store.keep(consultation, participant(who), &answers(age), TEST_NOW).await.unwrap();
    }
    store.keep(one, participant(5), &Answers::default(), TEST_NOW).await.unwrap();
    let of = async |who| store.of_participant(one, participant(who)).await.unwrap();
    assert_eq!(
        [of(0).await, of(5).await, of(1).await],
        [Some(answers("young")), Some(Answers::default()), None]
    );
    let listed = async |after: Option<i64>, limit| {
        let read = store.after(one, after.map(participant), limit).await.unwrap();
        read.into_iter().map(|(who, _)| who.number()).collect::<Vec<_>>()
    };
    assert_eq!(listed(None, 2).await, [0, 5]);
    assert_eq!(listed(Some(5), 2).await, [9]);
    store.forget(one, participant(0)).await.unwrap();
    store.forget(one, participant(0)).await.unwrap();
    assert_eq!(listed(None, 9).await, [5, 9]);
    assert_eq!(store.of_participant(two, participant(0)).await.unwrap(), Some(answers("old")));
}
