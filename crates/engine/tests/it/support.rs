//! Acts of the operator, shorter than a test has to write them.

use std::sync::Arc;

use gd_counters::{InProcessCounters, NoRateLimits};
use gd_domain::{ConsultationDraft, ConsultationId, ItemNumber, PollId, Scope, StaffAction};
use gd_engine::{ConsultationView, Decision, Engine, ItemView, ModerateError, VotesOnRecord};
use gd_testkit::{FixedClock, MemoryStore, TEST_NOW, TestPorts, permit};

pub(crate) type Ports = TestPorts<MemoryStore, InProcessCounters, NoRateLimits>;

pub(crate) fn fakes() -> Ports {
    TestPorts {
        store: Arc::new(MemoryStore::default()),
        counters: Arc::new(InProcessCounters::default()),
        rate_limits: Arc::new(NoRateLimits),
        clock: Arc::new(FixedClock::at(TEST_NOW)),
    }
}

pub(crate) async fn create(engine: &Engine, draft: &ConsultationDraft) -> Arc<ConsultationView> {
    let permit = permit(engine, StaffAction::CreateConsultation, Scope::Installation);
    engine.consultation().create(&permit, draft).await.unwrap()
}

pub(crate) fn id_of(engine: &Engine, slug: &str) -> ConsultationId {
    engine.consultation().id_of(slug).unwrap()
}

pub(crate) fn poll_of(engine: &Engine, slug: &str) -> PollId {
    PollId::first_of(id_of(engine, slug))
}

pub(crate) async fn items(engine: &Engine, slug: &str) -> Arc<ItemView> {
    engine.proposals().items(poll_of(engine, slug)).await.unwrap()
}

/// Decides on proposals of `test` as they are now.
pub(crate) async fn decide(
    engine: &Engine,
    numbers: &[ItemNumber],
    decision: Decision,
) -> Result<usize, ModerateError> {
    let id = id_of(engine, "test");
    let permit = permit(engine, StaffAction::Moderate, Scope::Consultation(id));
    let seen = items(engine, "test").await;
    engine.moderation().decide(&permit, id, &seen, numbers, &decision).await
}

pub(crate) async fn votes_on_record(engine: &Engine, slug: &str) -> VotesOnRecord {
    let id = id_of(engine, slug);
    let permit = permit(engine, StaffAction::ReadBallots, Scope::Consultation(id));
    engine.results().votes_on_record(&permit, id, &mut |_, _| ()).await.unwrap()
}
