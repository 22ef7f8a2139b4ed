//! A connection of a PostgreSQL pool, with the time by which its work must end.
//!
//! A server that is paused, or behind a cut network, answers nothing and reports no error. So all work
//! has a deadline; and a connection whose work did not come to its end may still receive the answer to
//! it, so it is closed and never used again.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use gd_engine::ports::{PortError, PortErrorKind, PortResult};
use sqlx::Postgres;
use sqlx::pool::PoolConnection;
use tokio::time::{Instant, timeout, timeout_at};

/// Most idle connections kept outside the pool.
const IDLE_MAX: usize = 2;
/// Longest rest of an idle connection before it is checked again, in milliseconds.
const REST_MAX_MS: u64 = 300;
/// Number of uses after which the pool may renew a connection.
const USES_MAX: u32 = 10_000;
/// Time limit for a returned connection to prove that it is in order, in milliseconds.
const RETURN_TIMEOUT_MS: u64 = 1_000;

/// Idle connections, kept outside the pool between two uses, each with the time of its return and how often
/// it was used: giving one back to the pool costs a round trip to the server.
#[derive(Clone, Debug, Default)]
pub(crate) struct IdleConnections(Arc<Mutex<Vec<IdleConnection>>>);

type IdleConnection = (PoolConnection<Postgres>, Instant, u32);

impl IdleConnections {
    /// A connection used a moment ago, with the number of its uses; `None` if there is none.
    pub(crate) fn take(&self) -> Option<(PoolConnection<Postgres>, u32)> {
        let (connection, since, uses) = self.lock().pop()?;
        if since.elapsed() < Duration::from_millis(REST_MAX_MS) {
            return Some((connection, uses));
        }
        // One that rested goes through the pool, which asks it for a sign of life.
        give_back(connection);
        None
    }

    /// Keeps a connection whose work ended well; gives it back if there are enough, or it has lived long.
    fn keep(&self, connection: PoolConnection<Postgres>, uses: u32) -> Option<PoolConnection<Postgres>> {
        let mut idle = self.lock();
        if idle.len() >= IDLE_MAX || uses >= USES_MAX {
            return Some(connection);
        }
        idle.push((connection, Instant::now(), uses));
        None
    }

    /// Gives all back to the pool.
    pub(crate) fn clear(&self) {
        for (connection, _, _) in self.lock().drain(..) {
            give_back(connection);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<IdleConnection>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A pooled connection with a deadline.
pub(crate) struct DeadlineConnection {
    /// Present until it is given back.
    connection: Option<PoolConnection<Postgres>>,
    deadline: Instant,
    late: PortErrorKind,
    uses: u32,
    idle: IdleConnections,
}

impl DeadlineConnection {
    /// Holds a connection until the deadline; work that does not end by then is an error of kind `late`.
    pub(crate) fn new(
        (connection, uses): (PoolConnection<Postgres>, u32),
        deadline: Instant,
        late: PortErrorKind,
        idle: IdleConnections,
    ) -> Self {
        Self { connection: Some(connection), deadline, late, uses, idle }
    }

    pub(crate) fn deadline(&self) -> Instant {
        self.deadline
    }

    /// Gives the connection back if its work ended, well or badly; else closes it.
    pub(crate) fn settle<T>(mut self, outcome: Option<PortResult<T>>) -> PortResult<T> {
        let Some(result) = outcome else {
            return Err(PortError::new(self.late, "PostgreSQL did not answer in time"));
        };
        let back = self.connection.take();
        let back = match (back, &result) {
            (Some(connection), Ok(_)) => self.idle.keep(connection, self.uses + 1),
            (back, _) => back,
        };
        if let Some(connection) = back {
            give_back(connection);
        }
        result
    }
}

/// Gives a connection back to its pool, which asks the server for a sign of life first: that must not last
/// for ever.
fn give_back(mut connection: PoolConnection<Postgres>) {
    tokio::spawn(timeout(Duration::from_millis(RETURN_TIMEOUT_MS), connection.return_to_pool()));
}

impl Drop for DeadlineConnection {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            drop(connection.detach());
        }
    }
}

impl Deref for DeadlineConnection {
    type Target = sqlx::PgConnection;

    fn deref(&self) -> &Self::Target {
        self.connection.as_ref().expect("it is there until it is given back")
    }
}

impl DerefMut for DeadlineConnection {
    fn deref_mut(&mut self) -> &mut Self::Target {
        self.connection.as_mut().expect("it is there until it is given back")
    }
}

/// The outcome of work that ended by the deadline.
pub(crate) async fn until<T>(
    deadline: Instant,
    work: impl Future<Output = PortResult<T>>,
) -> Option<PortResult<T>> {
    timeout_at(deadline, work).await.ok()
}
