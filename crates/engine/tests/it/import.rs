//! Importing: every event kept, the second time nothing, a changed file its difference.

use std::sync::Arc;

use gd_domain::{
    BallotEvent, Choice, ConsultationDraft, Origin, Phase, Position, Proposal, Scope, StaffAction,
};
use gd_engine::{Engine, ImportError, ImportOutcome};
use gd_testkit::{TEST_NOW, ballot_event, consultation_draft, days_later, item, open_engine, permit};

use crate::support::{create, fakes, votes_on_record};

async fn engine() -> Arc<Engine> {
    open_engine(&fakes()).await
}

/// Imports the proposals with these events.
async fn import(engine: &Engine, events: &[BallotEvent]) -> Result<ImportOutcome, ImportError> {
    let permit = permit(engine, StaffAction::Import, Scope::Installation);
    engine.proposals().import(&permit, &draft(), &proposals(), events, &mut |_, _| ()).await
}

fn draft() -> ConsultationDraft {
    let mut draft = ConsultationDraft { origin: Origin::Polis, ..consultation_draft("imported") };
    draft.calendar = draft.calendar.closed_at(TEST_NOW);
    draft
}

fn proposals() -> Vec<Proposal> {
    (0..3).map(|number| item(number, "Texte")).collect()
}

fn events() -> Vec<BallotEvent> {
    vec![
        ballot_event(1, 0, Choice::Agree),
        ballot_event(2, 0, Choice::Agree),
        ballot_event(1, 0, Choice::Disagree),
    ]
}

#[tokio::test]
async fn a_second_import_appends_nothing() {
    let engine = engine().await;
    let first = import(&engine, &events()).await.unwrap();
    assert_eq!((first.proposals_changed, first.events_appended, first.position), (3, 3, Position(3)));
    let second = import(&engine, &events()).await.unwrap();
    assert_eq!((second.proposals_changed, second.events_appended, second.position), (0, 0, Position(3)));
    let lookup = engine.consultation().find("imported", gd_domain::Action::Read, TEST_NOW).unwrap();
    assert_eq!(lookup.phase, Phase::Closed);
}

#[tokio::test]
async fn an_interrupted_import_goes_on_where_it_stopped() {
    let engine = engine().await;
    import(&engine, &events()[..2]).await.unwrap();
    let rest = import(&engine, &events()).await.unwrap();
    assert_eq!((rest.events_appended, rest.position), (1, Position(3)));
}

#[tokio::test]
async fn a_changed_file_appends_what_brings_the_ledger_to_it() {
    let engine = engine().await;
    import(&engine, &events()).await.unwrap();
    let changed = [ballot_event(1, 0, Choice::Neutral)];
    let outcome = import(&engine, &changed).await.unwrap();
    assert_eq!(outcome.events_appended, 2, "one changed, one retracted");
    let votes = votes_on_record(&engine, "imported").await;
    let standing = votes.ballots.values().map(|ballot| ballot.opinion.choice()).collect::<Vec<_>>();
    assert_eq!(standing, [Choice::Neutral]);
    let again = import(&engine, &changed).await.unwrap();
    assert_eq!(again.events_appended, 0);
}

#[tokio::test]
async fn a_consultation_held_here_is_never_imported_over() {
    let engine = engine().await;
    create(&engine, &consultation_draft("imported")).await;
    let outcome = import(&engine, &events()).await;
    assert!(matches!(outcome, Err(ImportError::NotAnImport(_))));
    let later = engine.consultation().find("imported", gd_domain::Action::Vote, days_later(1));
    assert!(later.is_ok(), "it still takes votes");
}
