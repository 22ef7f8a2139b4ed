//! The two database engines, SQLite and PostgreSQL, behind one type.

use std::sync::Arc;

use gd_domain::Timestamp;
use gd_engine::ports::PortResult;
use sqlx::{Database, Transaction};

use crate::running::advisory_leases::AdvisoryLeases;
use crate::sql::postgres::Postgres;
use crate::sql::sqlite::Sqlite;

/// An engine with its connections.
#[derive(Clone, Debug)]
pub(crate) enum Db {
    /// The shared engine: any number of servers.
    Postgres(Postgres),
    /// The embedded engine.
    Sqlite(Sqlite),
}

/// Runs the same body on a connection of whichever engine is there: compiled once for each. The body is
/// an async block of its own, which gives a `PortResult`. On PostgreSQL it must end in time, and the
/// connection of a body that did not end is never used again.
macro_rules! on_db {
    ($db:expr, $connection:ident => $body:expr) => {
        match $db {
            $crate::sql::database::Db::Postgres(postgres) => {
                let mut pooled = postgres.acquire_connection().await?;
                let deadline = pooled.deadline();
                let work = async {
                    let $connection = &mut *pooled;
                    $body
                };
                let outcome = $crate::sql::pooled::until(deadline, work).await;
                pooled.settle(outcome)
            }
            $crate::sql::database::Db::Sqlite(sqlite) => {
                let mut pooled = sqlite.acquire_connection().await?;
                let work = async {
                    let $connection = &mut *pooled;
                    $body
                };
                $crate::sql::database::whenever(work).await
            }
        }
    };
}
pub(crate) use on_db;

/// Work that takes as long as it takes.
pub(crate) async fn whenever<T>(work: impl Future<Output = PortResult<T>>) -> PortResult<T> {
    work.await
}

impl Db {
    /// The same connections for work that may take long: a whole count, a rebuilding, an import.
    pub(crate) fn patient(&self) -> Self {
        match self {
            Self::Postgres(postgres) => Self::Postgres(postgres.patient()),
            Self::Sqlite(sqlite) => Self::Sqlite(sqlite.clone()),
        }
    }
}

/// All records of an installation in SQL. Cheap to clone.
#[derive(Clone, Debug)]
pub struct SqlStore {
    /// Runs every statement that writes. On SQLite this is a single connection: our own writers queue fairly
    /// instead of polling each other's lock.
    pub(crate) writer: Db,
    /// Writes the projection: on SQLite a file of its own, so that votes never wait for it.
    pub(crate) projection: Db,
    /// Runs statements that only read.
    pub(crate) reader: Db,
    /// Leases on jobs; absent where one process is alone with its records.
    pub(crate) leases: Option<Arc<AdvisoryLeases>>,
}

impl SqlStore {
    /// Closes the connections: what was committed stays. On SQLite the write-ahead log is folded into the
    /// file; on PostgreSQL leases still held are given back.
    pub async fn close(&self) {
        if let Some(leases) = &self.leases {
            leases.release().await;
        }
        for db in [&self.reader, &self.projection, &self.writer] {
            match db {
                Db::Postgres(postgres) => postgres.close().await,
                Db::Sqlite(sqlite) => sqlite.close().await,
            }
        }
    }
}

/// Operations on one connection that each database engine does in its own way.
pub(crate) trait Session {
    type Engine: Database;

    /// Begins a transaction that writes; on SQLite it holds its place among writers from the start.
    async fn begin_write(&mut self) -> sqlx::Result<Transaction<'_, Self::Engine>>;

    /// Begins a transaction that writes and whose statements may take long.
    async fn begin_long_write(&mut self) -> sqlx::Result<Transaction<'_, Self::Engine>>;

    /// Begins a transaction that reads, whose statements may take long and all see the same instant.
    async fn begin_snapshot(&mut self) -> sqlx::Result<Transaction<'_, Self::Engine>>;

    /// The clock of the database server; `None` where the records are on this machine.
    async fn clock(&mut self) -> sqlx::Result<Option<Timestamp>>;
}
