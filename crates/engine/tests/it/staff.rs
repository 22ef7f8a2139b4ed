//! Acts of staff: none is lost to another one, and each leaves its entry in the audit trail.

use std::sync::Arc;

use gd_domain::{
    AccountId, Action, Actor, AuditPhase, ConsultationDraft, ItemNumber, Membership, ModerationStatus,
    PollKind, Position, RefusalReason, Role, Scope, StaffAction,
};
use gd_engine::ports::{Items, PortError, PortErrorKind};
use gd_engine::{
    AuditVerification, ConsultationView, Decision, Engine, ManageError, ModerateError, VotesError,
    VotesOnRecord,
};
use gd_testkit::{TEST_NOW, consultation_draft, item, new_poll, open_engine, permit};

use crate::support::{create, fakes, id_of, items, poll_of};

fn view(engine: &Engine) -> Arc<ConsultationView> {
    engine.consultation().find("test", Action::Read, TEST_NOW).unwrap().view
}

async fn update(
    engine: &Engine,
    seen: &ConsultationView,
    change: impl FnOnce(&mut ConsultationDraft),
) -> Result<(), ManageError> {
    let mut changed = seen.consultation.description.clone();
    change(&mut changed);
    let permit = permit(engine, StaffAction::EditConsultation, Scope::Consultation(seen.id()));
    engine.consultation().update(&permit, seen, &changed).await
}

#[tokio::test]
async fn the_update_of_somebody_who_saw_less_is_refused_and_names_what_changed() {
    let ports = fakes();
    let one = open_engine(&ports).await;
    create(&one, &consultation_draft("test")).await;
    let two = open_engine(&ports).await;
    let seen = view(&two);
    update(&one, &view(&one), |draft| {
        draft.question = "Et l’eau ?".into();
        draft.rules.proposal_length_max = 99;
    })
    .await
    .unwrap();
    let refused = update(&two, &seen, |draft| draft.introduction = "Bonjour".into()).await;
    match refused {
        Err(ManageError::Conflict(fields)) => assert_eq!(fields, ["question", "rules"]),
        other => panic!("{other:?}"),
    }
    assert_eq!(view(&two).consultation.description.question, "Et l’eau ?", "it was read again");
    update(&two, &view(&two), |draft| draft.introduction = "Bonjour".into()).await.unwrap();
    let calendar = permit(&one, StaffAction::CloseConsultation, Scope::Consultation(seen.id()));
    one.consultation().close(&calendar, seen.id(), TEST_NOW).await.unwrap();
    let described = one.consultation().find("test", Action::Read, TEST_NOW).unwrap().view;
    assert_eq!(described.consultation.description.introduction, "Bonjour", "an older view loses nothing");
}

#[tokio::test]
async fn a_decision_on_what_somebody_else_decided_on_is_refused_and_names_it() {
    let ports = fakes();
    let one = open_engine(&ports).await;
    let (poll, id) = (create(&one, &consultation_draft("test")).await.first_poll(), id_of(&one, "test"));
    ports.store.import(poll, &[1, 2].map(|number| item(number, "Une idée"))).await.unwrap();
    let two = open_engine(&ports).await;
    let (seen_by_one, seen_by_two) = (items(&one, "test").await, items(&two, "test").await);
    let moderate = |engine: &Engine| permit(engine, StaffAction::Moderate, Scope::Consultation(id));
    let both = [1, 2].map(ItemNumber);
    let refuse = Decision::Refuse(RefusalReason::parse("hors sujet").unwrap());
    one.moderation().decide(&moderate(&one), id, &seen_by_one, &both[..1], &refuse).await.unwrap();
    let late = two.moderation().decide(&moderate(&two), id, &seen_by_two, &both, &Decision::Withdraw).await;
    match late {
        Err(ModerateError::Conflict(changed)) => {
            assert_eq!(changed, [(ItemNumber(1), ModerationStatus::Refused)]);
        }
        other => panic!("{other:?}"),
    }
    let now = items(&two, "test").await;
    let statuses = now.proposals().map(|proposal| proposal.status).collect::<Vec<_>>();
    assert_eq!(statuses, [ModerationStatus::Refused, ModerationStatus::Published]);
    assert_eq!(
        two.moderation().decide(&moderate(&two), id, &now, &both, &Decision::Withdraw).await.unwrap(),
        2
    );
}

/// The permit is for the whole installation, the act in one consultation.
#[tokio::test]
async fn an_entry_names_the_consultation_of_the_act_and_counts_what_it_cannot_name() {
    let ports = fakes();
    let engine = open_engine(&ports).await;
    let (poll, id) =
        (create(&engine, &consultation_draft("test")).await.first_poll(), id_of(&engine, "test"));
    let numbers = (1..=21).collect::<Vec<_>>();
    let all = numbers.iter().map(|number| item(*number, "Une idée")).collect::<Vec<_>>();
    ports.store.import(poll, &all).await.unwrap();
    let anywhere = permit(&engine, StaffAction::Moderate, Scope::Installation);
    let all = numbers.into_iter().map(ItemNumber).collect::<Vec<_>>();
    for some in [&all[..20], &all] {
        let seen = items(&engine, "test").await;
        engine.moderation().decide(&anywhere, id, &seen, some, &Decision::Withdraw).await.unwrap();
    }
    let read = permit(&engine, StaffAction::ReadAudit, Scope::Installation);
    let entries = engine.staff().audit_page(&read, 1).await.unwrap();
    assert!(entries[0].subject.starts_with("proposals 1 2 3 ") && entries[0].subject.ends_with(" 20"));
    assert_eq!(entries[1].subject, "21 proposals");
    assert!(entries[1].detail.as_ref().unwrap().1.contains("\"21\":"));
    assert_eq!(entries.iter().map(|entry| entry.consultation).collect::<Vec<_>>(), [Some(id); 2]);
}

#[tokio::test]
async fn every_act_leaves_its_entry_by_whom_it_was_done() {
    let ports = fakes();
    let engine = open_engine(&ports).await;
    let id = create(&engine, &consultation_draft("test")).await.id();
    ports.store.import(poll_of(&engine, "test"), &[item(1, "Une idée")]).await.unwrap();
    let here = Scope::Consultation(id);
    let organizer = Actor::Account(AccountId(7), vec![Membership { role: Role::Organizer, scope: here }]);
    let desk = engine.desk(organizer);
    let permit_of = |action| desk.permit(action, here).unwrap();
    let moderate = permit_of(StaffAction::Moderate);
    let seen = items(&engine, "test").await;
    let publish = Decision::Publish { theme: Some("daily-life".parse().unwrap()) };
    engine.moderation().decide(&moderate, id, &seen, &[ItemNumber(1)], &publish).await.unwrap();
    let new = new_poll(id, PollKind::Reaction);
    let poll = engine.voting().create_poll(&permit_of(StaffAction::CreatePoll), &new).await.unwrap();
    let recount = permit_of(StaffAction::MaintainLedger);
    engine.voting().recount(&recount, poll, &mut |_, _| ()).await.unwrap();
    let report = permit_of(StaffAction::PublishReport);
    engine.results().publish_report(&report, id, Position::START, "{}".into()).await.unwrap();

    let read = permit(&engine, StaffAction::ReadAudit, Scope::Installation);
    let entries = engine.staff().audit_page(&read, 0).await.unwrap();
    let told = entries
        .iter()
        .map(|entry| format!("{} {} {} {}", entry.actor, entry.action, entry.phase, entry.subject));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            "operator create_consultation done consultation test".to_owned(),
            "account 7 moderate done proposals 1".to_owned(),
            format!("account 7 create_poll done poll {poll}"),
            format!("account 7 maintain_ledger begun poll {poll}"),
            format!("account 7 maintain_ledger ended poll {poll}"),
            "account 7 publish_report done report at position 0".to_owned(),
        ]
    );
    assert!(entries.iter().all(|entry| entry.consultation == Some(id)));
    let (_, decided) = entries[1].detail.clone().unwrap();
    assert!(decided.contains("\"1\":\"published\"") && decided.contains("daily-life"), "{decided}");
    let sound = AuditVerification::Sound { entries: 6, erased: 0, cut_up_to: 0 };
    assert_eq!(engine.staff().verify_audit(&read).await.unwrap(), sound);
}

#[tokio::test]
async fn a_failed_long_act_has_its_end_in_the_trail() {
    let ports = fakes();
    let engine = open_engine(&ports).await;
    create(&engine, &consultation_draft("test")).await;
    let import = permit(&engine, StaffAction::Import, Scope::Installation);
    let draft = consultation_draft("test");
    engine.proposals().import(&import, &draft, &[], &[], &mut |_, _| ()).await.unwrap_err();
    let read = permit(&engine, StaffAction::ReadAudit, Scope::Installation);
    let entries = engine.staff().audit_page(&read, 1).await.unwrap();
    let phases = entries.iter().map(|entry| entry.phase).collect::<Vec<_>>();
    assert_eq!(phases, [AuditPhase::Begun, AuditPhase::Ended]);
    assert!(entries[1].detail.as_ref().unwrap().1.contains("failed"));
}

#[tokio::test]
async fn an_export_is_told_when_it_begins_and_when_it_ends_even_in_failure() {
    let ports = fakes();
    let engine = open_engine(&ports).await;
    let here = Scope::Consultation(create(&engine, &consultation_draft("test")).await.id());
    let (id, export) = (id_of(&engine, "test"), permit(&engine, StaffAction::Export, here));
    let no_room = || PortError::new(PortErrorKind::Unavailable, "no room");
    let write = |votes: &VotesOnRecord| Ok::<_, VotesError>(votes.position);
    let written = engine.results().export(&export, id, &mut |_, _| (), write).await.unwrap();
    assert_eq!(written, Position::START);
    let fails = |_: &VotesOnRecord| Err::<(), _>(VotesError::Port(no_room()));
    engine.results().export(&export, id, &mut |_, _| (), fails).await.unwrap_err();
    let read = permit(&engine, StaffAction::ReadAudit, Scope::Installation);
    let entries = engine.staff().audit_page(&read, 1).await.unwrap();
    let phases = entries.iter().map(|entry| (entry.action, entry.phase)).collect::<Vec<_>>();
    let both = [AuditPhase::Begun, AuditPhase::Ended].map(|phase| (StaffAction::Export, phase));
    assert_eq!(phases, [both, both].concat());
    assert!(entries[3].detail.as_ref().unwrap().1.contains("no room"));
}

#[tokio::test]
async fn old_entries_are_cut_at_a_signed_checkpoint_and_details_erased() {
    let ports = fakes();
    let engine = open_engine(&ports).await;
    for slug in ["test", "two", "three"] {
        create(&engine, &consultation_draft(slug)).await;
        ports.clock.advance_ms(1_000);
    }
    let read = permit(&engine, StaffAction::ReadAudit, Scope::Installation);
    let cut = permit(&engine, StaffAction::CutAudit, Scope::Installation);
    let staff = engine.staff();
    assert_eq!(staff.cut_audit(&cut, TEST_NOW).await.unwrap(), 0, "nothing is as old");
    assert_eq!(staff.cut_audit(&cut, TEST_NOW.plus_millis(1_001)).await.unwrap(), 2);
    assert_eq!(staff.erase_audit_details(&cut, &[1, 3]).await.unwrap(), 1);
    let sound = AuditVerification::Sound { entries: 3, erased: 1, cut_up_to: 2 };
    assert_eq!(staff.verify_audit(&read).await.unwrap(), sound);
    let left = staff.audit_page(&read, 0).await.unwrap();
    assert_eq!(left.iter().map(|entry| entry.position).collect::<Vec<_>>(), [3, 4, 5]);
    // The last entry stays, whatever its age: the head is told from an empty trail.
    ports.clock.advance_ms(1_000_000);
    assert_eq!(staff.cut_audit(&cut, engine.now()).await.unwrap(), 2);
    let sound = AuditVerification::Sound { entries: 2, erased: 0, cut_up_to: 4 };
    assert_eq!(staff.verify_audit(&read).await.unwrap(), sound);
}
