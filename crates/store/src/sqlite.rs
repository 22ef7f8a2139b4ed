//! The embedded engine: how its file is opened.

use std::path::Path;
use std::time::Duration;

use gd_domain::Timestamp;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, Sqlite, Transaction};

use crate::database::{Db, Session, SqlStore};
use crate::open_error::OpenError;

/// How long a statement waits for another process that writes, in milliseconds.
const BUSY_TIMEOUT_MS: u64 = 10_000;
/// Connections that read at the same time.
const READERS_MAX: u32 = 4;
/// Bytes of a page, SQLite's own default.
const PAGE_BYTES: u64 = 4 * 1024;
const MIB: u64 = 1024 * 1024;
/// Memory a connection may keep pages in, in KiB.
const PAGE_CACHE_KIB: u32 = 16 * 1024;

impl SqlStore {
    /// Opens the SQLite file, making it if it is absent, and brings its tables up to date. Every commit
    /// is on disk when it returns (`synchronous=FULL`), and readers never wait for the writer (WAL).
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open_sqlite(file: &Path) -> Result<Self, OpenError> {
        Self::open_sqlite_within(file, None).await
    }

    /// The same, for a file that must not grow beyond so many MiB: a write past it fails as on a full
    /// disk, and reads go on.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open_sqlite_within(file: &Path, mib_max: Option<u32>) -> Result<Self, OpenError> {
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
        let refused = |source| OpenError::File { path: path.clone(), source };
        let writer = SqlitePoolOptions::new().max_connections(1).before_acquire(|connection, _| {
            // After a commit and its rollback have both failed (a full disk), the connection still counts
            // itself inside that transaction: drop it for a new one, or nothing is ever written again.
            let usable = !connection.is_in_transaction();
            Box::pin(async move { Ok(usable) })
        });
        let limited = mib_max.map(|mib| u64::from(mib) * MIB / PAGE_BYTES);
        let limited = limited.map(|pages| options.clone().pragma("max_page_count", pages.to_string()));
        let writer = writer.connect_with(limited.unwrap_or(options.clone())).await.map_err(refused)?;
        let migrated = sqlx::migrate!("../../migrations/sqlite").run(&writer).await;
        migrated.map_err(|source| OpenError::migrating(&path, source))?;
        let readers = SqlitePoolOptions::new().max_connections(READERS_MAX);
        let reader = readers.connect_with(options.pragma("query_only", "ON")).await.map_err(refused)?;
        Ok(Self { writer: Db::Sqlite(writer), reader: Db::Sqlite(reader), leases: None })
    }
}

impl Session for SqliteConnection {
    type Engine = Sqlite;

    async fn begin_write(&mut self) -> sqlx::Result<Transaction<'_, Sqlite>> {
        self.begin_with("BEGIN IMMEDIATE").await
    }

    async fn begin_long_write(&mut self) -> sqlx::Result<Transaction<'_, Sqlite>> {
        self.begin_write().await
    }

    async fn begin_snapshot(&mut self) -> sqlx::Result<Transaction<'_, Sqlite>> {
        self.begin().await
    }

    async fn clock(&mut self) -> sqlx::Result<Option<Timestamp>> {
        Ok(None)
    }
}
