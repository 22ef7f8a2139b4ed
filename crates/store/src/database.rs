//! The connections, and the one place where the engines meet.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, Sqlite, Transaction};
use thiserror::Error;

/// How long a statement waits for another process that writes, in milliseconds.
const BUSY_TIMEOUT_MS: u64 = 10_000;
/// Connections that read at the same time.
const READERS_MAX: u32 = 4;
/// Memory a connection may keep pages in, in KiB.
const PAGE_CACHE_KIB: u32 = 16 * 1024;

/// An engine with its connections.
#[derive(Clone, Debug)]
pub(crate) enum Db {
    /// The embedded engine.
    Sqlite(SqlitePool),
}

/// Runs the same body on whichever engine is there: compiled once for each.
macro_rules! on_db {
    ($db:expr, $pool:ident => $body:expr) => {
        match $db {
            $crate::database::Db::Sqlite($pool) => $body,
        }
    };
}
pub(crate) use on_db;

/// All records of an installation in SQL. Cheap to clone.
#[derive(Clone, Debug)]
pub struct SqlStore {
    /// Where statements that change anything go. On SQLite this is a single connection, so that our own
    /// writers stand in a fair line instead of polling each other's lock.
    pub(crate) writer: Db,
    /// Where statements that only read go.
    pub(crate) reader: Db,
}

/// Why the records could not be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The file cannot be opened as a database.
    #[error(
        "{path} cannot be opened as a database: check that its folder is yours to write and the file ours"
    )]
    Connect {
        /// The file.
        path: String,
        /// Why.
        source: sqlx::Error,
    },
    /// The tables could not be brought up to date.
    #[error(
        "the tables in {path} could not be brought up to date: if a newer program wrote them, use that one"
    )]
    Migrate {
        /// The file.
        path: String,
        /// Why.
        source: sqlx::migrate::MigrateError,
    },
}

impl SqlStore {
    /// Opens the SQLite file, making it if it is absent, and brings its tables up to date. Every commit
    /// is on disk when it returns (`synchronous=FULL`), and readers never wait for the writer (WAL).
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open_sqlite(file: &Path) -> Result<Self, OpenError> {
        let path = file.display().to_string();
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_millis(BUSY_TIMEOUT_MS))
            // The ports log what fails; what is slow shows in the metrics.
            .disable_statement_logging()
            .pragma("cache_size", format!("-{PAGE_CACHE_KIB}"));
        let connect = |source| OpenError::Connect { path: path.clone(), source };
        let writer = SqlitePoolOptions::new().max_connections(1).before_acquire(|connection, _| {
            // After a commit and its rollback have both failed (a full disk), the connection still counts
            // itself inside that transaction: drop it for a new one, or nothing is ever written again.
            let usable = !connection.is_in_transaction();
            Box::pin(async move { Ok(usable) })
        });
        let writer = writer.connect_with(options.clone()).await.map_err(connect)?;
        let migrated = sqlx::migrate!("../../migrations/sqlite").run(&writer).await;
        migrated.map_err(|source| OpenError::Migrate { path: path.clone(), source })?;
        let readers = SqlitePoolOptions::new().max_connections(READERS_MAX);
        let reader = readers.connect_with(options.pragma("query_only", "ON")).await.map_err(connect)?;
        Ok(Self { writer: Db::Sqlite(writer), reader: Db::Sqlite(reader) })
    }

    /// Closes the connections: what was committed stays, the write-ahead log is folded into the file.
    pub async fn close(&self) {
        on_db!(&self.reader, pool => pool.close().await);
        on_db!(&self.writer, pool => pool.close().await);
    }
}

/// How each engine begins a transaction.
pub(crate) trait Begin {
    type Engine: sqlx::Database;

    /// One that writes, and holds its place among writers from the start.
    async fn begin_write(&self) -> sqlx::Result<Transaction<'static, Self::Engine>>;

    /// One whose statements all see the same instant.
    async fn begin_snapshot(&self) -> sqlx::Result<Transaction<'static, Self::Engine>>;
}

impl Begin for SqlitePool {
    type Engine = Sqlite;

    async fn begin_write(&self) -> sqlx::Result<Transaction<'static, Sqlite>> {
        self.begin_with("BEGIN IMMEDIATE").await
    }

    async fn begin_snapshot(&self) -> sqlx::Result<Transaction<'static, Sqlite>> {
        self.begin().await
    }
}
