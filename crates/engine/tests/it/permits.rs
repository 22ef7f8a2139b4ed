//! A permit is for one act in one place: for anything else it is refused, in every area, and nothing happens.

use std::sync::Arc;

use gd_domain::{
    AccountId, Actor, ItemNumber, Membership, Origin, PollKind, Position, Role, Scope, StaffAction,
};
use gd_engine::ports::{AuditTrail, Items};
use gd_engine::{
    AuditError, Decision, Engine, ImportError, MaintainError, ManageError, ModerateError, Permit, PollError,
    PublishError, VotesError,
};
use gd_testkit::{TEST_NOW, consultation_draft, item, new_poll, open_engine, permit};

use crate::support::{Ports, create, fakes, items};

/// Consultations `test`, with a proposal, and `other`.
async fn house() -> (Ports, Arc<Engine>) {
    let ports = fakes();
    let engine = open_engine(&ports).await;
    let poll = create(&engine, &consultation_draft("test")).await.first_poll();
    create(&engine, &consultation_draft("other")).await;
    ports.store.import(poll, &[item(1, "Une idée")]).await.unwrap();
    (ports, engine)
}

/// The acts on consultations that refuse this permit for `test`, or for the installation.
async fn refused_on_consultations(engine: &Engine, permit: &Permit) -> Vec<StaffAction> {
    let seen = engine.consultation().find("test", gd_domain::Action::Read, TEST_NOW).unwrap().view;
    let (consultation, id) = (engine.consultation(), seen.id());
    let draft = consultation_draft("new");
    let created = consultation.create(permit, &draft).await.map(|_| ());
    let managed = [
        (StaffAction::CreateConsultation, created),
        (StaffAction::EditConsultation, consultation.update(permit, &seen, &draft).await),
        (StaffAction::OpenConsultation, consultation.open(permit, id, TEST_NOW).await),
        (StaffAction::CloseConsultation, consultation.close(permit, id, TEST_NOW).await),
    ];
    let managed = managed.into_iter().filter(|(_, done)| matches!(done, Err(ManageError::NotPermitted(_))));
    let mut refused = managed.map(|(action, _)| action).collect::<Vec<_>>();
    if consultation.for_staff(permit, id).is_err() {
        refused.push(StaffAction::Read);
    }
    refused
}

async fn refused_on_votes(engine: &Engine, permit: &Permit) -> Vec<StaffAction> {
    let (voting, id) = (engine.voting(), engine.consultation().id_of("test").unwrap());
    let poll = gd_domain::PollId::first_of(id);
    let polls = [
        (
            StaffAction::CreatePoll,
            voting.create_poll(permit, &new_poll(id, PollKind::Dots)).await.map(|_| ()),
        ),
        (StaffAction::ErasePoll, voting.mark_erasable(permit, poll).await),
        (StaffAction::ErasePoll, voting.erase_poll(permit, poll).await.map(|_| ())),
    ];
    let polls = polls.into_iter().filter(|(_, done)| matches!(done, Err(PollError::NotPermitted(_))));
    let mut refused = polls.map(|(action, _)| action).collect::<Vec<_>>();
    let maintained = [
        voting.recount(permit, poll, &mut |_, _| ()).await.map(|_| ()),
        voting.verify(permit, poll, &mut |_, _| ()).await.map(|_| ()),
        voting.ledger_page(permit, poll, Position::START, Position::START).await.map(|_| ()),
    ];
    let maintained = maintained.iter().filter(|done| matches!(done, Err(MaintainError::NotPermitted(_))));
    refused.extend(maintained.map(|_| StaffAction::MaintainLedger));
    refused
}

async fn refused_on_proposals_and_results(engine: &Engine, permit: &Permit) -> Vec<StaffAction> {
    let id = engine.consultation().id_of("test").unwrap();
    let mut refused = Vec::new();
    let mut draft = consultation_draft("imported");
    draft.origin = Origin::Polis;
    let imported = engine.proposals().import(permit, &draft, &[], &[], &mut |_, _| ()).await;
    if matches!(imported, Err(ImportError::NotPermitted(_))) {
        refused.push(StaffAction::Import);
    }
    let seen = items(engine, "test").await;
    let decided = engine.moderation().decide(permit, id, &seen, &[ItemNumber(1)], &Decision::Withdraw).await;
    if matches!(decided, Err(ModerateError::NotPermitted(_))) {
        refused.push(StaffAction::Moderate);
    }
    let votes = engine.results().votes_on_record(permit, id, &mut |_, _| ()).await;
    if matches!(votes, Err(VotesError::NotPermitted(_))) {
        refused.push(StaffAction::ReadBallots);
    }
    let exported = engine.results().export(permit, id, &mut |_, _| (), |_| Ok::<_, VotesError>(())).await;
    if matches!(exported, Err(VotesError::NotPermitted(_))) {
        refused.push(StaffAction::Export);
    }
    let published = engine.results().publish_report(permit, id, Position::START, "{}".into()).await;
    if matches!(published, Err(PublishError::NotPermitted(_))) {
        refused.push(StaffAction::PublishReport);
    }
    refused
}

async fn refused_on_the_audit_trail(engine: &Engine, permit: &Permit) -> Vec<StaffAction> {
    let staff = engine.staff();
    let done = [
        (StaffAction::ReadAudit, staff.verify_audit(permit).await.map(|_| ())),
        (StaffAction::ReadAudit, staff.audit_page(permit, 0).await.map(|_| ())),
        (StaffAction::CutAudit, staff.cut_audit(permit, TEST_NOW.plus_millis(1)).await.map(|_| ())),
        (StaffAction::CutAudit, staff.erase_audit_details(permit, &[1]).await.map(|_| ())),
    ];
    let refused = done.into_iter().filter(|(_, done)| matches!(done, Err(AuditError::NotPermitted(_))));
    refused.map(|(action, _)| action).collect()
}

/// Every act but `read` of the catalogue's list, in the order they are tried.
const TRIED: [StaffAction; 20] = [
    StaffAction::CreateConsultation,
    StaffAction::EditConsultation,
    StaffAction::OpenConsultation,
    StaffAction::CloseConsultation,
    StaffAction::Read,
    StaffAction::CreatePoll,
    StaffAction::ErasePoll,
    StaffAction::ErasePoll,
    StaffAction::MaintainLedger,
    StaffAction::MaintainLedger,
    StaffAction::MaintainLedger,
    StaffAction::Import,
    StaffAction::Moderate,
    StaffAction::ReadBallots,
    StaffAction::Export,
    StaffAction::PublishReport,
    StaffAction::ReadAudit,
    StaffAction::ReadAudit,
    StaffAction::CutAudit,
    StaffAction::CutAudit,
];

async fn refused(engine: &Engine, permit: &Permit) -> Vec<StaffAction> {
    let mut refused = refused_on_consultations(engine, permit).await;
    refused.extend(refused_on_votes(engine, permit).await);
    refused.extend(refused_on_proposals_and_results(engine, permit).await);
    refused.extend(refused_on_the_audit_trail(engine, permit).await);
    refused
}

#[tokio::test]
async fn a_permit_for_one_act_allows_no_other() {
    let all = StaffAction::ALL.into_iter().filter(|action| !TRIED.contains(action)).collect::<Vec<_>>();
    assert_eq!(all, [], "each is tried");
    for action in StaffAction::ALL {
        let (_ports, engine) = house().await;
        let permit = permit(&engine, action, Scope::Installation);
        let others = TRIED.into_iter().filter(|tried| *tried != action).collect::<Vec<_>>();
        assert_eq!(refused(&engine, &permit).await, others, "{action}");
    }
}

#[tokio::test]
async fn a_permit_for_one_consultation_allows_nothing_in_another_and_leaves_no_trace() {
    let (ports, engine) = house().await;
    let other = Scope::Consultation(engine.consultation().id_of("other").unwrap());
    let before = ports.store.last_entry().await.unwrap();
    for action in StaffAction::ALL {
        let permit = permit(&engine, action, other);
        assert_eq!(refused(&engine, &permit).await, TRIED, "{action}");
    }
    assert_eq!(ports.store.last_entry().await.unwrap(), before);
}

#[tokio::test]
async fn the_desk_gives_what_the_rights_table_allows() {
    let (_ports, engine) = house().await;
    let here = Scope::Consultation(engine.consultation().id_of("test").unwrap());
    let elsewhere = Scope::Consultation(engine.consultation().id_of("other").unwrap());
    for role in Role::ALL {
        let desk = engine.desk(Actor::Account(AccountId(7), vec![Membership { role, scope: here }]));
        for action in StaffAction::ALL {
            assert_eq!(desk.permit(action, here).is_ok(), action.roles().contains(&role), "{role} {action}");
            for scope in [elsewhere, Scope::Installation] {
                let refused = desk.permit(action, scope).unwrap_err();
                assert_eq!((refused.action, refused.scope), (action, scope));
            }
        }
    }
    let nobody = engine.desk(Actor::Account(AccountId(8), Vec::new()));
    assert!(StaffAction::ALL.into_iter().all(|action| nobody.permit(action, here).is_err()));
}
