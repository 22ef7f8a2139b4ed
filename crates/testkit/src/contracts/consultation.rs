//! The contract of the ports of consultation.

use gd_domain::{Consultation, ConsultationId, PollId, PollKind, StaffAction};
use gd_engine::ports::{AuditTrail, Consultations, PortErrorKind, Records};

use super::{entries_of, last_position};
use crate::{TEST_NOW, audit_draft, consultation_draft, create, new_poll, question};

pub(super) async fn keeps_its_contract<S: Records>(store: &S) {
    one_is_recorded_with_its_entry_and_its_first_poll(store).await;
    let one = create(store, "one").await;
    a_slug_is_taken_once(store).await;
    one_is_read_as_written_and_updated(store, one).await;
    only_the_revision_that_was_seen_is_changed(store, one).await;
    pages_and_revisions_show_every_one_in_order(store).await;
}

async fn one_is_recorded_with_its_entry_and_its_first_poll<S: Records>(store: &S) {
    let before = last_position(store).await;
    let id = create(store, "zero").await;
    let entries = entries_of(store, before, &[StaffAction::CreateConsultation]).await;
    assert_eq!(entries[0].consultation, Some(id));
    let mark = store.mark(PollId::first_of(id)).await.unwrap().unwrap();
    assert!(mark.poll.is_first());
    assert_eq!((mark.poll.consultation, mark.poll.kind), (id, PollKind::Opinion));
}

async fn a_slug_is_taken_once<S: Consultations + AuditTrail>(store: &S) {
    let before = last_position(store).await;
    let audit = audit_draft(StaffAction::CreateConsultation, "one");
    let again = store.create(&consultation_draft("one"), TEST_NOW, &audit).await;
    assert_eq!(again.unwrap_err().kind, PortErrorKind::AlreadyExists);
    assert_eq!(last_position(store).await, before);
}

async fn one_is_read_as_written_and_updated<S: Consultations + AuditTrail>(store: &S, id: ConsultationId) {
    let (mut consultation, revision) = store.by_id(id).await.unwrap().unwrap();
    assert_eq!(consultation.description, consultation_draft("one"));
    consultation.description.question = "Et l’eau ?".into();
    consultation.description.calendar = consultation.description.calendar.closed_at(TEST_NOW);
    consultation.description.presentation.answer_prefix = "Il faut".into();
    consultation.description.presentation.widget_origins = vec!["https://a.example".parse().unwrap()];
    consultation.description.questions = vec![question("age", &["young", "old"])];
    consultation.description.presentation.notices.legal = "Éditeur : la ville.".into();
    let before = last_position(store).await;
    let audit = audit_draft(StaffAction::EditConsultation, "one");
    store.update(&consultation, revision, &audit).await.unwrap();
    entries_of(store, before, &[StaffAction::EditConsultation]).await;
    let (updated, later_revision) = store.by_id(id).await.unwrap().unwrap();
    assert_eq!(updated, consultation);
    assert!(later_revision > revision);
    assert_eq!(store.by_id(ConsultationId(999)).await.unwrap(), None);
}

async fn only_the_revision_that_was_seen_is_changed<S: Consultations + AuditTrail>(
    store: &S,
    id: ConsultationId,
) {
    let (kept, revision) = store.by_id(id).await.unwrap().unwrap();
    let mut changed = kept.clone();
    changed.description.question = "Trop tard ?".into();
    let before = last_position(store).await;
    let audit = audit_draft(StaffAction::EditConsultation, "one");
    for seen in [0, revision - 1, revision + 1] {
        let refused = store.update(&changed, seen, &audit).await.unwrap_err();
        assert_eq!(refused.kind, PortErrorKind::Conflict, "{refused}");
    }
    let unknown = Consultation { id: ConsultationId(999), description: kept.description.clone() };
    assert!(store.update(&unknown, 1, &audit).await.is_err());
    assert_eq!(store.by_id(id).await.unwrap(), Some((kept, revision)));
    assert_eq!(last_position(store).await, before);
}

async fn pages_and_revisions_show_every_one_in_order<S: Records>(store: &S) {
    // A poll takes a number between those of two consultations.
    let before = ConsultationId(create(store, "two").await.0 - 1);
    let audit = audit_draft(StaffAction::CreatePoll, "poll");
    let two = ConsultationId(before.0 + 1);
    store.create_poll(&new_poll(two, PollKind::Reaction), &audit).await.unwrap();
    let three = create(store, "three").await;
    assert!(three.0 > two.0 + 1);
    let revisions = store.revisions().await.unwrap();
    let known = revisions.iter().map(|(id, _)| *id).collect::<Vec<_>>();
    assert!(known.is_sorted() && known.ends_with(&[two, three]));
    let (mut read, mut after) = (Vec::new(), ConsultationId(i64::MIN));
    loop {
        let page = store.page(after, 2).await.unwrap();
        assert!(page.len() <= 2);
        let Some((last, _)) = page.last() else { break };
        after = last.id;
        read.extend(page.into_iter().map(|(one, revision)| (one.id, revision)));
    }
    assert_eq!(read, revisions);
    let (last, _) = store.page(two, 9).await.unwrap().remove(0);
    assert_eq!(last.description, consultation_draft("three"));
    assert_eq!(store.page(three, 9).await.unwrap(), []);
}
