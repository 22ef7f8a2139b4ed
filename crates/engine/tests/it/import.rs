//! Importing: every event kept, the second time nothing, a changed file its difference.

use std::sync::Arc;

use gd_counters::{InProcessCounters, NoRateLimits};
use gd_domain::{
    BallotEvent, Choice, ConsultationDraft, ModerationStatus, Origin, Phase, Position, Proposal,
    ProposalNumber, ProposalText,
};
use gd_engine::{Engine, ImportError};
use gd_testkit::{
    FixedClock, MemoryStore, TEST_NOW, TestPorts, ballot_event, consultation_draft, days_later, open_engine,
};

async fn engine() -> Arc<Engine> {
    let ports = TestPorts {
        store: Arc::new(MemoryStore::default()),
        counters: Arc::new(InProcessCounters::default()),
        rate_limits: Arc::new(NoRateLimits),
        clock: Arc::new(FixedClock::at(TEST_NOW)),
    };
    open_engine(&ports).await
}

fn draft() -> ConsultationDraft {
    let mut draft = ConsultationDraft { origin: Origin::Polis, ..consultation_draft("imported") };
    draft.calendar = draft.calendar.closed_at(TEST_NOW);
    draft
}

fn proposals() -> Vec<Proposal> {
    let proposal = |number| Proposal {
        number: ProposalNumber(number),
        text: ProposalText::parse("Texte", 140).unwrap(),
        author: None,
        submitted_at: TEST_NOW,
        status: ModerationStatus::Published,
        refusal_reason: None,
        theme: None,
        idea: None,
    };
    (0..3).map(proposal).collect()
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
    let first = engine.import(&draft(), &proposals(), &events(), &mut |_, _| ()).await.unwrap();
    assert_eq!((first.proposals_changed, first.events_appended, first.position), (3, 3, Position(3)));
    let second = engine.import(&draft(), &proposals(), &events(), &mut |_, _| ()).await.unwrap();
    assert_eq!((second.proposals_changed, second.events_appended, second.position), (0, 0, Position(3)));
    let lookup = engine.find("imported", gd_domain::Action::Read, TEST_NOW).unwrap();
    assert_eq!(lookup.phase, Phase::Closed);
}

#[tokio::test]
async fn an_interrupted_import_goes_on_where_it_stopped() {
    let engine = engine().await;
    engine.import(&draft(), &proposals(), &events()[..2], &mut |_, _| ()).await.unwrap();
    let rest = engine.import(&draft(), &proposals(), &events(), &mut |_, _| ()).await.unwrap();
    assert_eq!((rest.events_appended, rest.position), (1, Position(3)));
}

#[tokio::test]
async fn a_changed_file_appends_what_brings_the_ledger_to_it() {
    let engine = engine().await;
    engine.import(&draft(), &proposals(), &events(), &mut |_, _| ()).await.unwrap();
    let changed = [ballot_event(1, 0, Choice::Neutral)];
    let outcome = engine.import(&draft(), &proposals(), &changed, &mut |_, _| ()).await.unwrap();
    assert_eq!(outcome.events_appended, 2, "one changed, one retracted");
    let entry = engine.find_for_staff("imported").unwrap();
    let votes = engine.votes_on_record(&entry, &mut |_, _| ()).await.unwrap();
    let standing = votes.ballots.values().map(|ballot| ballot.opinion.choice()).collect::<Vec<_>>();
    assert_eq!(standing, [Choice::Neutral]);
    let again = engine.import(&draft(), &proposals(), &changed, &mut |_, _| ()).await.unwrap();
    assert_eq!(again.events_appended, 0);
}

#[tokio::test]
async fn a_consultation_held_here_is_never_imported_over() {
    let engine = engine().await;
    engine.create_consultation(&consultation_draft("imported")).await.unwrap();
    let outcome = engine.import(&draft(), &proposals(), &events(), &mut |_, _| ()).await;
    assert!(matches!(outcome, Err(ImportError::NotAnImport(_))));
    let later = engine.find("imported", gd_domain::Action::Vote, days_later(1));
    assert!(later.is_ok(), "it still takes votes");
}
