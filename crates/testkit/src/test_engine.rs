//! An engine for tests, over fakes or over whatever ports a test brings.

use std::sync::Arc;

use async_trait::async_trait;
use gd_domain::Timestamp;
use gd_engine::ports::{
    Announcements, Consultations, Counters, Exposures, Heartbeat, Leases, Ledger, OneTimeLinks,
    ParticipantAnswers, Ports, Projection, Proposals, RateLimits, Reports, StandingBallots,
};
use gd_engine::{Engine, EngineStart, Secret};

use crate::{FixedClock, SeededEntropy};

/// The instant at which tests take place: 2026-03-02T09:00:00Z.
pub const TEST_NOW: Timestamp = Timestamp::from_millis(1_772_442_000_000);

/// A limit in time that no test reaches.
pub const NEVER_LATE: Timestamp = Timestamp::from_millis(i64::MAX);

/// The secret of every test installation.
#[must_use]
pub fn test_secret() -> Secret {
    Secret::new(&[7; 32]).expect("long enough")
}

/// The adapters under test, with a clock the test holds.
pub struct TestPorts<S, C, R> {
    /// All record ports.
    pub store: Arc<S>,
    /// Live counts.
    pub counters: Arc<C>,
    /// Rate limits.
    pub rate_limits: Arc<R>,
    /// The time.
    pub clock: Arc<FixedClock>,
}

/// Opens an engine over these adapters; nothing runs in the background until the test asks for it.
pub async fn open_engine<S, C, R>(ports: &TestPorts<S, C, R>) -> Arc<Engine>
where
    S: Ledger
        + Projection
        + StandingBallots
        + Consultations
        + Proposals
        + Reports
        + Exposures
        + OneTimeLinks
        + ParticipantAnswers
        + Heartbeat
        + Leases
        + 'static,
    C: Counters + 'static,
    R: RateLimits + 'static,
{
    let store = &ports.store;
    let ports = Ports {
        ledger: Arc::clone(store) as _,
        projection: Arc::clone(store) as _,
        standing_ballots: Arc::clone(store) as _,
        consultations: Arc::clone(store) as _,
        proposals: Arc::clone(store) as _,
        reports: Arc::clone(store) as _,
        exposures: Arc::clone(store) as _,
        one_time_links: Arc::clone(store) as _,
        participant_answers: Arc::clone(store) as _,
        heartbeat: Arc::clone(store) as _,
        leases: Arc::clone(store) as _,
        announcements: Arc::new(Silence),
        counters: Arc::clone(&ports.counters) as _,
        rate_limits: Arc::clone(&ports.rate_limits) as _,
        clock: Arc::clone(&ports.clock) as _,
        entropy: Arc::new(SeededEntropy::new(1)),
    };
    Engine::open(EngineStart { ports, secret: test_secret(), node: 1 }).await.expect("the ports answer")
}

/// Nobody else to talk to.
struct Silence;

#[async_trait]
impl Announcements for Silence {
    async fn announce(&self) {}

    async fn heard(&self) {
        std::future::pending::<()>().await;
    }
}
