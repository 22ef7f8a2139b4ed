//! PostgreSQL, the shared engine: opening its connections, and their time limits.

use std::borrow::Cow;
use std::io::ErrorKind;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use gd_domain::Timestamp;
use gd_engine::ports::{PortErrorKind, PortResult};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, Transaction};
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep, timeout};

use crate::running::advisory_leases::AdvisoryLeases;
use crate::sql::database::{Db, Session, SqlStore};
use crate::sql::failure::failed;
use crate::sql::open_error::OpenError;
use crate::sql::pooled::{DeadlineConnection, IdleConnections};

/// The oldest server that will do.
const MAJOR_VERSION_MIN: u32 = 15;
/// Connections that write at the same time, in one process.
const WRITERS_MAX: u32 = 6;
/// Connections that read at the same time, in one process.
const READERS_MAX: u32 = 8;
/// Time limit for a free connection, or for opening a new one, in milliseconds.
const ACQUIRE_TIMEOUT_MS: u64 = 3_000;
/// Time limit of a short call in all, in milliseconds. It exceeds the server's own statement timeout, so that
/// a healthy server answers first.
const CALL_TIMEOUT_MS: u64 = 5_000;
/// The server's time limit for a statement, in milliseconds.
const STATEMENT_TIMEOUT_MS: u64 = 4_000;
/// The server's time limit for a statement that waits for another one's lock, in milliseconds.
const LOCK_TIMEOUT_MS: u64 = 3_000;
/// The server ends a transaction that stands idle for this long, in milliseconds.
const IDLE_IN_TRANSACTION_TIMEOUT_MS: u64 = 10_000;
/// Time limit of a call that works on whole consultations, in milliseconds.
const LONG_CALL_TIMEOUT_MS: u64 = 600_000;
/// The same, for the server.
const LONG_STATEMENT_TIMEOUT_MS: u64 = 590_000;
/// A connection unused for this long is asked for a sign of life before it is used, in milliseconds. Not
/// always, for that costs a round trip: a busy connection shows by its work whether it lives.
const PROBE_AFTER_IDLE_MS: u64 = 500;
/// Life of a connection before a new one takes its place, in seconds.
const CONNECTION_LIFE_S: u64 = 30 * 60;
/// Life of an unused connection, in seconds.
const IDLE_LIFE_S: u64 = 5 * 60;
/// Longest wait at opening for a server that says it is starting, in milliseconds.
const STARTING_UP_WAIT_MS: u64 = 15_000;
/// Between two attempts at a server that is starting, in milliseconds.
const STARTING_UP_POLL_MS: u64 = 100;
/// The server's word for "starting up".
const CANNOT_CONNECT_NOW: &str = "57P03";

/// Our name in PostgreSQL's list of connections.
const APPLICATION_NAME: &str = "grand-dialogue";

/// A pool of connections, and the time limit of work on one of them.
#[derive(Clone, Debug)]
pub(crate) struct Postgres {
    pool: PgPool,
    call_timeout: Duration,
    /// The error kind of a call that exceeds its time limit: a write may have been done.
    late: PortErrorKind,
    idle: IdleConnections,
    runtime: Handle,
}

impl Postgres {
    /// Acquires a connection, an idle one, from the pool or newly opened.
    pub(crate) async fn acquire_connection(&self) -> PortResult<DeadlineConnection> {
        let deadline = Instant::now() + self.call_timeout;
        let connection = match self.idle.take() {
            Some(idle) => idle,
            None => (self.acquire_from_pool().await.map_err(failed)?, 0),
        };
        Ok(DeadlineConnection::new(connection, deadline, self.late, self.idle.clone()))
    }

    /// A connection stays with the runtime that opens it: with the program's own, which outlives those of
    /// the HTTP workers.
    async fn acquire_from_pool(&self) -> sqlx::Result<PoolConnection<sqlx::Postgres>> {
        let pool = self.pool.clone();
        let opened = self.runtime.spawn(async move { pool.acquire().await }).await;
        opened.unwrap_or(Err(sqlx::Error::PoolClosed))
    }

    pub(crate) fn patient(&self) -> Self {
        Self { call_timeout: Duration::from_millis(LONG_CALL_TIMEOUT_MS), ..self.clone() }
    }

    /// Closes the pool; connections that do not answer are left behind.
    pub(crate) async fn close(&self) {
        self.idle.clear();
        // Callers that still wait learn that the pool is closed, whether or not closing it succeeds.
        let _ = timeout(Duration::from_millis(ACQUIRE_TIMEOUT_MS), self.pool.close()).await;
    }
}

impl SqlStore {
    /// Connects to the PostgreSQL at a `postgres://` address and brings its tables up to date; of several
    /// servers that start at once, one does it and the others wait. The address may carry `sslmode`,
    /// `sslrootcert` and `options`, whose settings win over ours (but for `synchronous_commit`, which is
    /// `on` whatever the server's default: every commit is on disk when it returns).
    ///
    /// # Errors
    /// [`OpenError`], which never tells the password.
    pub async fn open_postgres(url: &str) -> Result<Self, OpenError> {
        let options = connect_options(url)?;
        let place = place(&options);
        let connection = first_connection(&options, &place).await?;
        let version = connection.server_version_num().unwrap_or(0) / 10_000;
        // A failure to say good-bye changes nothing.
        let _ = connection.close().await;
        if version < MAJOR_VERSION_MIN {
            return Err(OpenError::ServerTooOld { place, found: version, needed: MAJOR_VERSION_MIN });
        }
        // Without our limits: waiting for another server's migrations, and a migration, may take long.
        let migrating = PgPoolOptions::new().max_connections(1).connect_lazy_with(options.clone());
        let migrated = sqlx::migrate!("../../migrations/postgres").run(&migrating).await;
        migrated.map_err(|source| OpenError::migrating(&place, source))?;
        migrating.close().await;

        let leases = AdvisoryLeases::new(options.clone());
        let options = with_settings(options, &session_settings());
        let writer = connections(&options, WRITERS_MAX, PortErrorKind::OutcomeUnknown);
        let reader = connections(&options, READERS_MAX, PortErrorKind::Unavailable);
        Ok(Self {
            projection: Db::Postgres(writer.clone()),
            writer: Db::Postgres(writer),
            reader: Db::Postgres(reader),
            leases: Some(Arc::new(leases)),
        })
    }
}

fn connect_options(url: &str) -> Result<PgConnectOptions, OpenError> {
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return Err(OpenError::Address { reason: "it does not begin with postgres://".to_owned() });
    }
    let options = PgConnectOptions::from_str(url).map_err(|error| match error {
        sqlx::Error::Configuration(reason) => OpenError::Address { reason: reason.to_string() },
        _ => OpenError::Address { reason: "it cannot be read".to_owned() },
    })?;
    let name = options.get_application_name().unwrap_or(APPLICATION_NAME).to_owned();
    // The ports log failures; slowness shows in the metrics.
    Ok(options.application_name(&name).disable_statement_logging())
}

/// Host, port and database, without the user name.
fn place(options: &PgConnectOptions) -> String {
    let host = options.get_socket().map_or_else(|| options.get_host().into(), |path| path.to_string_lossy());
    let database = options.get_database().unwrap_or(options.get_username());
    format!("{host}:{}/{database}", options.get_port())
}

async fn first_connection(options: &PgConnectOptions, place: &str) -> Result<PgConnection, OpenError> {
    let give_up_at = Instant::now() + Duration::from_millis(STARTING_UP_WAIT_MS);
    loop {
        let attempt = timeout(Duration::from_millis(ACQUIRE_TIMEOUT_MS), options.connect()).await;
        let source = match attempt {
            Ok(Ok(connection)) => return Ok(connection),
            Ok(Err(source)) => source,
            Err(_) => sqlx::Error::PoolTimedOut,
        };
        let code = source.as_database_error().and_then(|error| error.code().map(Cow::into_owned));
        if code.as_deref() == Some(CANNOT_CONNECT_NOW) && Instant::now() < give_up_at {
            sleep(Duration::from_millis(STARTING_UP_POLL_MS)).await;
            continue;
        }
        let place = place.to_owned();
        return Err(match source {
            // A handshake that fails is told as data that cannot be right.
            sqlx::Error::Io(ref error) if error.kind() == ErrorKind::InvalidData => {
                OpenError::Untrusted { place, source }
            }
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut => OpenError::Unreachable { place, source },
            _ => OpenError::Refused { place, source },
        });
    }
}

/// Settings of every session of the pools, by PostgreSQL's names.
fn session_settings() -> Vec<(&'static str, String)> {
    let ms = |limit: u64| format!("{limit}ms");
    vec![
        ("statement_timeout", ms(STATEMENT_TIMEOUT_MS)),
        ("lock_timeout", ms(LOCK_TIMEOUT_MS)),
        ("idle_in_transaction_session_timeout", ms(IDLE_IN_TRANSACTION_TIMEOUT_MS)),
        // Every short statement has its index. Left to estimates, the planner reads the whole ledger for
        // one participant's votes (it cannot know how short the tail behind the projection is), or all
        // standing ballots for a batch of some thousands. So: one plan a statement, made once, by index.
        ("plan_cache_mode", "force_generic_plan".to_owned()),
        ("enable_seqscan", "off".to_owned()),
        ("max_parallel_workers_per_gather", "0".to_owned()),
        ("jit", "off".to_owned()),
        // The server finds out within seconds that we are gone, and lets go of our locks.
        ("tcp_keepalives_idle", "5".to_owned()),
        ("tcp_keepalives_interval", "2".to_owned()),
        ("tcp_keepalives_count", "3".to_owned()),
        ("tcp_user_timeout", ms(10_000)),
        ("client_connection_check_interval", ms(1_000)),
    ]
}

/// Adds settings except those that the address gives itself. `synchronous_commit` is always on.
pub(crate) fn with_settings(options: PgConnectOptions, settings: &[(&str, String)]) -> PgConnectOptions {
    let given = options.get_options().unwrap_or_default().to_owned();
    let ours = settings.iter().filter(|(name, _)| !given.contains(&format!("{name}=")));
    options.options(ours.map(|(name, value)| (name, value))).options([("synchronous_commit", "on")])
}

/// A pool, whose connections are opened when they are first needed.
fn connections(options: &PgConnectOptions, max: u32, late: PortErrorKind) -> Postgres {
    let pool = PgPoolOptions::new()
        .max_connections(max)
        .acquire_timeout(Duration::from_millis(ACQUIRE_TIMEOUT_MS))
        .max_lifetime(Duration::from_secs(CONNECTION_LIFE_S))
        .idle_timeout(Duration::from_secs(IDLE_LIFE_S))
        .test_before_acquire(false)
        .before_acquire(|connection, seen| {
            Box::pin(async move {
                if seen.idle_for >= Duration::from_millis(PROBE_AFTER_IDLE_MS) {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_lazy_with(options.clone());
    Postgres {
        pool,
        call_timeout: Duration::from_millis(CALL_TIMEOUT_MS),
        late,
        idle: IdleConnections::default(),
        runtime: Handle::current(),
    }
}

impl Session for PgConnection {
    type Engine = sqlx::Postgres;

    async fn begin_write(&mut self) -> sqlx::Result<Transaction<'_, sqlx::Postgres>> {
        self.begin().await
    }

    async fn begin_long_write(&mut self) -> sqlx::Result<Transaction<'_, sqlx::Postgres>> {
        let begin = format!("BEGIN; SET LOCAL statement_timeout = {LONG_STATEMENT_TIMEOUT_MS}");
        self.begin_with(sqlx::AssertSqlSafe(begin)).await
    }

    async fn begin_snapshot(&mut self) -> sqlx::Result<Transaction<'_, sqlx::Postgres>> {
        let begin = format!(
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
             SET LOCAL statement_timeout = {LONG_STATEMENT_TIMEOUT_MS};
             SET LOCAL enable_seqscan = on"
        );
        self.begin_with(sqlx::AssertSqlSafe(begin)).await
    }

    async fn clock(&mut self) -> sqlx::Result<Option<Timestamp>> {
        let now = "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT";
        let now = sqlx::query_scalar::<_, i64>(now).fetch_one(self).await?;
        Ok(Some(Timestamp::from_millis(now)))
    }
}
