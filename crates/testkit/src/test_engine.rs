//! An engine for tests, over fakes or over whatever ports a test brings.

use std::sync::Arc;

use async_trait::async_trait;
use gd_domain::{Actor, Scope, StaffAction, Timestamp};
use gd_engine::ports::{Announcements, Counters, Ports, RateLimits, Records, Services};
use gd_engine::{Engine, EngineStart, Permit, Secret};

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
    /// The live counts under test.
    pub counters: Arc<C>,
    /// The rate limits under test.
    pub rate_limits: Arc<R>,
    /// The clock that the test sets.
    pub clock: Arc<FixedClock>,
}

/// Opens an engine over these adapters; nothing runs in the background until the test asks for it, but for the
/// projectors of the polls that it uses.
pub async fn open_engine<S, C, R>(ports: &TestPorts<S, C, R>) -> Arc<Engine>
where
    S: Records,
    C: Counters + 'static,
    R: RateLimits + 'static,
{
    let services = Services {
        counters: Arc::clone(&ports.counters) as _,
        announcements: Arc::new(Silence),
        rate_limits: Arc::clone(&ports.rate_limits) as _,
        clock: Arc::clone(&ports.clock) as _,
        entropy: Arc::new(SeededEntropy::new(1)),
    };
    let ports = Ports::new(&ports.store, services);
    Engine::open(EngineStart { ports, secret: test_secret(), node: 1 }).await.expect("the ports answer")
}

/// A permit for an act of the operator.
#[must_use]
pub fn permit(engine: &Engine, action: StaffAction, scope: Scope) -> Permit {
    engine.desk(Actor::Operator).permit(action, scope).expect("the operator may do everything")
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
