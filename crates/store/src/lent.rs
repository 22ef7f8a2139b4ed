//! A connection on loan from a PostgreSQL pool, with the time by which it must be given back.
//!
//! A server that is paused, or behind a cut network, answers nothing and reports no error. So all work
//! has a deadline; and a connection whose work did not come to its end may still receive the answer to
//! it, so it is closed and never lent again.

use std::ops::{Deref, DerefMut};
use std::time::Duration;

use gd_engine::ports::{PortError, PortErrorKind, PortResult};
use sqlx::Postgres;
use sqlx::pool::PoolConnection;
use tokio::time::{Instant, timeout, timeout_at};

/// How long a connection given back may take to show that it is in order, in milliseconds.
const RETURN_TIMEOUT_MS: u64 = 1_000;

/// A connection on loan.
pub(crate) struct Lent {
    /// Present until it is given back.
    connection: Option<PoolConnection<Postgres>>,
    deadline: Instant,
    late: PortErrorKind,
}

impl Lent {
    /// Lends a connection until the deadline; work that does not end by then is an error of kind `late`.
    pub(crate) fn new(connection: PoolConnection<Postgres>, deadline: Instant, late: PortErrorKind) -> Self {
        Self { connection: Some(connection), deadline, late }
    }

    pub(crate) fn deadline(&self) -> Instant {
        self.deadline
    }

    /// Gives the connection back if its work ended, well or badly; else closes it.
    pub(crate) fn settle<T>(mut self, outcome: Option<PortResult<T>>) -> PortResult<T> {
        let Some(result) = outcome else {
            return Err(PortError::new(self.late, "PostgreSQL did not answer in time"));
        };
        if let Some(mut connection) = self.connection.take() {
            // The pool asks the server for a sign of life first, which must not last for ever either.
            tokio::spawn(timeout(Duration::from_millis(RETURN_TIMEOUT_MS), connection.return_to_pool()));
        }
        result
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            drop(connection.detach());
        }
    }
}

impl Deref for Lent {
    type Target = sqlx::PgConnection;

    fn deref(&self) -> &Self::Target {
        self.connection.as_ref().expect("it is there until it is given back")
    }
}

impl DerefMut for Lent {
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
