//! A store on each engine with an engine over it, and statements by hand beside it.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use gd_counters::{InProcessCounters, NoRateLimits};
use gd_domain::Timestamp;
use gd_engine::Engine;
use gd_store::SqlStore;
use gd_testkit::services::Postgres;
use gd_testkit::{FixedClock, TestPorts, open_engine};
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// A connection of somebody who changes rows by hand.
pub(crate) enum ByHand {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl ByHand {
    pub(crate) async fn sqlite(file: &std::path::Path) -> Self {
        let url = format!("sqlite://{}?mode=rwc", file.display());
        Self::Sqlite(SqliteConnection::connect(&url).await.unwrap())
    }

    /// The rows that the statements touched.
    pub(crate) async fn run(&mut self, statements: &str) -> Result<u64, sqlx::Error> {
        let statements = sqlx::raw_sql(AssertSqlSafe(statements.to_owned()));
        Ok(match self {
            Self::Sqlite(connection) => statements.execute(connection).await?.rows_affected(),
            Self::Postgres(connection) => statements.execute(connection).await?.rows_affected(),
        })
    }

    /// Bytes as this engine writes them in a statement.
    pub(crate) fn blob(&self, bytes: &[u8]) -> String {
        let digits = bytes.iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02X}"));
        match self {
            Self::Sqlite(_) => format!("X'{digits}'"),
            Self::Postgres(_) => format!("'\\x{digits}'::bytea"),
        }
    }
}

/// A store with whatever must live as long as it does.
pub(crate) struct House {
    pub(crate) store: Arc<SqlStore>,
    pub(crate) by_hand: ByHand,
    pub(crate) clock: Arc<FixedClock>,
    _folder: Option<tempfile::TempDir>,
    _server: Option<Arc<Postgres>>,
}

pub(crate) async fn on_sqlite() -> House {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("test.db");
    let store = Arc::new(SqlStore::open_sqlite(&file).await.unwrap());
    let (by_hand, clock) = (ByHand::sqlite(&file).await, Arc::new(FixedClock::at(real_now())));
    House { store, by_hand, clock, _folder: Some(folder), _server: None }
}

/// In a database of this name.
pub(crate) async fn on_postgres(database: &str) -> House {
    let server = Postgres::shared();
    let url = server.create_database(database);
    let store = Arc::new(SqlStore::open_postgres(&url).await.unwrap());
    let by_hand = ByHand::Postgres(PgConnection::connect(&url).await.unwrap());
    let clock = Arc::new(FixedClock::at(real_now()));
    House { store, by_hand, clock, _folder: None, _server: Some(server) }
}

impl House {
    pub(crate) async fn engine(&self) -> Arc<Engine> {
        engine_over(&self.store, &self.clock).await
    }
}

pub(crate) async fn engine_over(store: &Arc<SqlStore>, clock: &Arc<FixedClock>) -> Arc<Engine> {
    open_engine(&TestPorts {
        store: Arc::clone(store),
        counters: Arc::new(InProcessCounters::default()),
        rate_limits: Arc::new(NoRateLimits),
        clock: Arc::clone(clock),
    })
    .await
}

/// The time as the databases have it: they refuse what comes too late.
#[expect(clippy::disallowed_methods, reason = "databases have their own clocks, and ours must agree")]
pub(crate) fn real_now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap())
}
