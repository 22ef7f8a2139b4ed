//! The embedded engine: how its file is opened.

use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use gd_domain::Timestamp;
use gd_engine::ports::PortResult;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, Transaction};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::database::{Db, Session, SqlStore};
use crate::failure::failed;
use crate::open_error::OpenError;

/// How long a statement waits for another process that writes, in milliseconds.
const BUSY_TIMEOUT_MS: u64 = 10_000;
/// Connections that read at the same time.
const READERS_MAX: u32 = 4;
/// Bytes of a page, SQLite's own default.
const PAGE_BYTES: u64 = 4 * 1024;
const MIB: u64 = 1024 * 1024;
/// Pages of the write-ahead log before they are folded into the file: 64 MiB. A step of the projection
/// touches about a thousand pages, SQLite's own default, and the same ones again in the next step.
const LOG_PAGES_MAX: u32 = 16 * 1024;
/// Memory a connection may keep pages in, in KiB.
const PAGE_CACHE_KIB: u32 = 16 * 1024;

/// Connections to the file.
#[derive(Clone, Debug)]
pub(crate) enum Sqlite {
    /// One that writes. It is kept between one loan and the next: giving it back to a pool costs two hops
    /// to its thread, as much as the commit of a small group.
    Writer(Arc<Mutex<Option<PoolConnection<sqlx::Sqlite>>>>, SqlitePool),
    /// Several that read.
    Readers(SqlitePool),
}

/// A connection on loan.
pub(crate) enum Lent {
    Writer(OwnedMutexGuard<Option<PoolConnection<sqlx::Sqlite>>>),
    Reader(PoolConnection<sqlx::Sqlite>),
}

impl Sqlite {
    /// Lends a connection; whoever wants to write stands in line.
    pub(crate) async fn lend(&self) -> PortResult<Lent> {
        match self {
            Self::Readers(pool) => Ok(Lent::Reader(pool.acquire().await.map_err(failed)?)),
            Self::Writer(kept, pool) => {
                let mut kept = Arc::clone(kept).lock_owned().await;
                // After a commit and its rollback have both failed (a full disk), the connection still
                // counts itself inside that transaction: drop it, or nothing is ever written again.
                if let Some(stuck) = kept.take_if(|connection| connection.is_in_transaction()) {
                    // Whatever it says to that, it is gone.
                    let _closed = stuck.close().await;
                }
                if kept.is_none() {
                    *kept = Some(pool.acquire().await.map_err(failed)?);
                }
                Ok(Lent::Writer(kept))
            }
        }
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Readers(pool) => pool.close().await,
            Self::Writer(kept, pool) => {
                kept.lock().await.take();
                pool.close().await;
            }
        }
    }
}

impl Deref for Lent {
    type Target = SqliteConnection;

    fn deref(&self) -> &Self::Target {
        match self {
            Self::Writer(kept) => kept.as_ref().expect("lent with a connection"),
            Self::Reader(connection) => connection,
        }
    }
}

impl DerefMut for Lent {
    fn deref_mut(&mut self) -> &mut Self::Target {
        match self {
            Self::Writer(kept) => kept.as_mut().expect("lent with a connection"),
            Self::Reader(connection) => connection,
        }
    }
}

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
            .pragma("wal_autocheckpoint", LOG_PAGES_MAX.to_string())
            .pragma("cache_size", format!("-{PAGE_CACHE_KIB}"));
        let refused = |source| OpenError::File { path: path.clone(), source };
        let writer = SqlitePoolOptions::new().max_connections(1);
        let limited = mib_max.map(|mib| u64::from(mib) * MIB / PAGE_BYTES);
        let limited = limited.map(|pages| options.clone().pragma("max_page_count", pages.to_string()));
        let writer = writer.connect_with(limited.unwrap_or(options.clone())).await.map_err(refused)?;
        let migrated = sqlx::migrate!("../../migrations/sqlite").run(&writer).await;
        migrated.map_err(|source| OpenError::migrating(&path, source))?;
        // A file does not go away as a server does: connections are lent without a question.
        let readers = SqlitePoolOptions::new().max_connections(READERS_MAX).test_before_acquire(false);
        let reader = readers.connect_with(options.pragma("query_only", "ON")).await.map_err(refused)?;
        let writer = Sqlite::Writer(Arc::new(Mutex::new(None)), writer);
        Ok(Self { writer: Db::Sqlite(writer), reader: Db::Sqlite(Sqlite::Readers(reader)), leases: None })
    }
}

impl Session for SqliteConnection {
    type Engine = sqlx::Sqlite;

    async fn begin_write(&mut self) -> sqlx::Result<Transaction<'_, sqlx::Sqlite>> {
        self.begin_with("BEGIN IMMEDIATE").await
    }

    async fn begin_long_write(&mut self) -> sqlx::Result<Transaction<'_, sqlx::Sqlite>> {
        self.begin_write().await
    }

    async fn begin_snapshot(&mut self) -> sqlx::Result<Transaction<'_, sqlx::Sqlite>> {
        self.begin().await
    }

    async fn clock(&mut self) -> sqlx::Result<Option<Timestamp>> {
        Ok(None)
    }
}
