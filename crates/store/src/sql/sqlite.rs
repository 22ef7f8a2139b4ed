//! SQLite, the embedded engine: opening its files.

use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use gd_domain::Timestamp;
use gd_engine::ports::PortResult;
use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, Transaction};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::sql::database::{Db, Session, SqlStore};
use crate::sql::failure::failed;
use crate::sql::open_error::OpenError;

/// Time limit for a statement that waits for another process to write, in milliseconds.
const BUSY_TIMEOUT_MS: u64 = 10_000;
/// Connections that read at the same time.
const READERS_MAX: u32 = 4;
/// Bytes of a page, SQLite's own default.
const PAGE_BYTES: u64 = 4 * 1024;
const MIB: u64 = 1024 * 1024;
/// Pages of the ledger's write-ahead log before they are folded into the file: 4 MiB, written once and soon,
/// because votes wait meanwhile.
const LEDGER_LOG_PAGES_MAX: u32 = 1024;
/// The same for the standing ballots: 32 MiB, because a step touches a page for almost every ballot, and the
/// same ones again in the next.
const STANDING_LOG_PAGES_MAX: u32 = 8 * 1024;
/// Memory a connection may keep pages in, in KiB: a ledger is written at its end; standing ballots are
/// written all over.
const LEDGER_CACHE_KIB: u32 = 4 * 1024;
const STANDING_CACHE_KIB: u32 = 24 * 1024;
const READER_CACHE_KIB: u32 = 4 * 1024;

/// Connections to a file.
#[derive(Clone, Debug)]
pub(crate) enum Sqlite {
    /// One that writes. It is kept between two uses: giving it back to a pool costs two hops
    /// to its thread, as much as the commit of a small group.
    Writer(Arc<Mutex<Option<PoolConnection<sqlx::Sqlite>>>>, SqlitePool),
    /// Several that read.
    Readers(SqlitePool),
}

/// The connection that writes, or a pooled one that reads.
pub(crate) enum SqliteGuard {
    Writer(OwnedMutexGuard<Option<PoolConnection<sqlx::Sqlite>>>),
    Reader(PoolConnection<sqlx::Sqlite>),
}

impl Sqlite {
    /// Acquires a connection; writers queue for the only one.
    pub(crate) async fn acquire_connection(&self) -> PortResult<SqliteGuard> {
        match self {
            Self::Readers(pool) => Ok(SqliteGuard::Reader(pool.acquire().await.map_err(failed)?)),
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
                Ok(SqliteGuard::Writer(kept))
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

impl Deref for SqliteGuard {
    type Target = SqliteConnection;

    fn deref(&self) -> &Self::Target {
        match self {
            Self::Writer(kept) => kept.as_ref().expect("acquired with a connection"),
            Self::Reader(connection) => connection,
        }
    }
}

impl DerefMut for SqliteGuard {
    fn deref_mut(&mut self) -> &mut Self::Target {
        match self {
            Self::Writer(kept) => kept.as_mut().expect("acquired with a connection"),
            Self::Reader(connection) => connection,
        }
    }
}

/// The files of an installation beside each other.
struct Files<'a> {
    /// The ledger and all records.
    records: &'a Path,
    /// The projection, folded from the ledger.
    standing: PathBuf,
}

impl SqlStore {
    /// Opens the SQLite file, making it if it is absent, and brings its tables up to date. Every commit
    /// is on disk when it returns (`synchronous=FULL`), and readers never wait for the writer (WAL). The
    /// projection is in a second file beside it ([`SqlStore::standing_file`]), which is folded again from
    /// the ledger where it is absent.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open_sqlite(file: &Path) -> Result<Self, OpenError> {
        Self::open_sqlite_within(file, None).await
    }

    /// The same, for files that must not grow beyond so many MiB each: a write past it fails as on a full
    /// disk, and reads go on.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open_sqlite_within(file: &Path, mib_max: Option<u32>) -> Result<Self, OpenError> {
        let files = Files { records: file, standing: Self::standing_file(file) };
        let records = Files::writer(files.records, LEDGER_CACHE_KIB, mib_max)
            .synchronous(SqliteSynchronous::Full)
            .pragma("wal_autocheckpoint", LEDGER_LOG_PAGES_MAX.to_string());
        let records = files.open_writer(records, &sqlx::migrate!("../../migrations/sqlite")).await?;
        // If the machine stops, the part of the projection that is not on disk yet is folded again.
        let standing = Files::writer(&files.standing, STANDING_CACHE_KIB, mib_max)
            .synchronous(SqliteSynchronous::Normal)
            .pragma("wal_autocheckpoint", STANDING_LOG_PAGES_MAX.to_string());
        let standing =
            files.open_writer(standing, &sqlx::migrate!("../../migrations/sqlite-standing")).await?;
        let began_anew = standing_ballots_belong_to(&standing, &records).await;
        began_anew.map_err(|source| files.refused(source))?;
        let readers = files.open_readers().await?;
        let writer = |pool| Db::Sqlite(Sqlite::Writer(Arc::new(Mutex::new(None)), pool));
        Ok(Self {
            writer: writer(records),
            projection: writer(standing),
            reader: Db::Sqlite(Sqlite::Readers(readers)),
            leases: None,
        })
    }

    /// The file of the projection beside this database.
    #[must_use]
    pub fn standing_file(database: &Path) -> PathBuf {
        database.with_extension("standing.db")
    }
}

impl Files<'_> {
    fn writer(file: &Path, cache_kib: u32, mib_max: Option<u32>) -> SqliteConnectOptions {
        let options = options(file, cache_kib);
        match mib_max.map(|mib| u64::from(mib) * MIB / PAGE_BYTES) {
            Some(pages) => options.pragma("max_page_count", pages.to_string()),
            None => options,
        }
    }

    /// The one connection that writes a file, whose tables it brings up to date.
    async fn open_writer(
        &self,
        options: SqliteConnectOptions,
        tables: &Migrator,
    ) -> Result<SqlitePool, OpenError> {
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options).await;
        let writer = writer.map_err(|source| self.refused(source))?;
        // A step may sort a whole ledger: in a file, not in memory.
        let set = |place: &'static str| sqlx::query(place).execute(&writer);
        set("PRAGMA temp_store = FILE").await.map_err(|source| self.refused(source))?;
        let migrated = tables.run(&writer).await;
        set("PRAGMA temp_store = MEMORY").await.map_err(|source| self.refused(source))?;
        migrated.map_err(|source| OpenError::migrating(&self.records.display().to_string(), source))?;
        Ok(writer)
    }

    /// Connections that read both files as one database.
    async fn open_readers(&self) -> Result<SqlitePool, OpenError> {
        let standing: Arc<str> = self.standing.to_string_lossy().into();
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS_MAX)
            // A file does not go away as a server does: connections are used without a check.
            .test_before_acquire(false)
            .after_connect(move |connection, _| {
                let standing = Arc::clone(&standing);
                Box::pin(async move {
                    let attach = sqlx::query("ATTACH DATABASE $1 AS standing").bind(&*standing);
                    attach.execute(&mut *connection).await?;
                    sqlx::query("PRAGMA query_only = ON").execute(connection).await.map(|_| ())
                })
            });
        let options = options(self.records, READER_CACHE_KIB);
        readers.connect_with(options).await.map_err(|source| self.refused(source))
    }

    fn refused(&self, source: sqlx::Error) -> OpenError {
        OpenError::File { path: self.records.display().to_string(), source }
    }
}

fn options(file: &Path, cache_kib: u32) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .foreign_keys(true)
        .busy_timeout(Duration::from_millis(BUSY_TIMEOUT_MS))
        // The ports log failures; slowness shows in the metrics.
        .disable_statement_logging()
        // Otherwise the undo journal of a statement of many rows is a temporary file.
        .pragma("temp_store", "MEMORY")
        .pragma("cache_size", format!("-{cache_kib}"))
}

/// Sees to it that what stands was folded from this ledger: where a projection is further than its ledger,
/// as after a backup was put back, it starts again from nothing.
async fn standing_ballots_belong_to(standing: &SqlitePool, records: &SqlitePool) -> sqlx::Result<()> {
    // Read before the heads: a ledger only grows, so a running projection is never found too far.
    let projected = sqlx::query_as::<_, (i64, i64)>("SELECT poll_id, position FROM projection");
    for (poll, position) in projected.fetch_all(standing).await? {
        let head = sqlx::query_scalar::<_, i64>("SELECT position FROM ledger_head WHERE poll_id = $1");
        let head = head.bind(poll).fetch_optional(records).await?.unwrap_or_default();
        if position > head {
            let mut transaction = standing.begin_with("BEGIN IMMEDIATE").await?;
            let restart = "UPDATE projection SET position = 0, ballots = 0, participants = 0, generation = generation + 1 WHERE poll_id = $1";
            for statement in [restart, "DELETE FROM participant_ballots WHERE poll_id = $1"] {
                sqlx::query(statement).bind(poll).execute(&mut *transaction).await?;
            }
            transaction.commit().await?;
        }
    }
    Ok(())
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
