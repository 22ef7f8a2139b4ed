//! The one file that names concrete adapters: from settings to a running engine.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, ensure};
use gd_counters::{
    InProcessCounters, InProcessRateLimits, NoAnnouncements, NoRateLimits, RedisAnnouncements, RedisCounters,
    RedisLink, RedisRateLimits,
};
use gd_engine::ports::{Announcements, Counters, Entropy, Ports, RateLimits};
use gd_engine::{Engine, EngineStart, Secret};
use gd_store::SqlStore;

use crate::cli::{Installation, Place, Services, Switch};
use crate::clock::{SystemClock, SystemEntropy};
use crate::settings;

/// The database's file in the data folder.
const DATABASE_FILE: &str = "grand-dialogue.db";

/// Time limit for Redis at start; the process then goes on without it.
const REDIS_PATIENCE: Duration = Duration::from_secs(2);

/// An installation opened by this process.
pub(crate) struct OpenInstallation {
    /// The use-cases over its adapters.
    pub(crate) engine: Arc<Engine>,
    /// The secret that signs its cookies and keys.
    pub(crate) secret: Secret,
    store: SqlStore,
}

/// The purpose for which a process opens an installation.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Role {
    /// One command of the staff.
    Command,
    /// Serving the public, with or without rate limits.
    Server(Switch),
}

/// The adapters that are no records: in this process, or shared by all.
struct SharedServices {
    counters: Arc<dyn Counters>,
    announcements: Arc<dyn Announcements>,
    rate_limits: Arc<dyn RateLimits>,
}

impl OpenInstallation {
    /// Ends the work in the background, then closes the connections it uses.
    pub(crate) async fn close(self) {
        self.engine.stop().await;
        self.store.close().await;
    }
}

/// Opens the installation for a command, making it if it is absent.
pub(crate) async fn open_or_make(installation: &Installation) -> anyhow::Result<OpenInstallation> {
    match installation.place()? {
        Place::Folder(folder) => open_folder(folder, None, Switch::Off).await,
        Place::Services(services) => open_services(services, Role::Command).await,
    }
}

/// Opens an installation that is there already: a mistyped folder is an error, not a new installation.
pub(crate) async fn open(installation: &Installation) -> anyhow::Result<OpenInstallation> {
    if let Place::Folder(folder) = installation.place()? {
        ensure!(
            folder.join(DATABASE_FILE).is_file(),
            "there is no installation in {}: name its folder with --data-dir or its database with --database-url, or start one with `serve`, `import` or `consultation create`",
            folder.display()
        );
    }
    open_or_make(installation).await
}

/// Opens the installation in this folder, making it if it is absent. Its database may grow to so many MiB.
pub(crate) async fn open_folder(
    folder: &Path,
    mib_max: Option<u32>,
    rate_limit: Switch,
) -> anyhow::Result<OpenInstallation> {
    settings::make_data_folder(folder)?;
    let database = folder.join(DATABASE_FILE);
    settings::make_private_file(&database)?;
    settings::make_private_file(&SqlStore::standing_file(&database))?;
    let store = SqlStore::open_sqlite_within(&database, mib_max).await?;
    let secret = settings::secret(folder, &SystemEntropy)?;
    // A command shared the server is another process: its random bits keep the two apart well enough.
    open_engine(store, SharedServices::in_process(rate_limit), secret, SystemEntropy.bits()).await
}

/// Opens the installation in these services; its tables are made if they are absent.
pub(crate) async fn open_services(services: Services<'_>, role: Role) -> anyhow::Result<OpenInstallation> {
    let store = SqlStore::open_postgres(services.database_url).await?;
    let secret = settings::shared_secret(services.folder, &store, &SystemEntropy).await?;
    let rate_limit = match role {
        Role::Command => Switch::Off,
        Role::Server(rate_limit) => rate_limit,
    };
    let shared = match services.redis_url {
        Some(url) => SharedServices::in_redis(url, rate_limit, &secret).await?,
        None => SharedServices::in_process(rate_limit),
    };
    let node = match role {
        Role::Command => SystemEntropy.bits(),
        Role::Server(_) => store.next_node().await.context("the server's number cannot be recorded")?,
    };
    open_engine(store, shared, secret, node).await
}

impl SharedServices {
    fn in_process(rate_limit: Switch) -> Self {
        Self {
            counters: Arc::new(InProcessCounters::default()),
            announcements: Arc::new(NoAnnouncements),
            rate_limits: match rate_limit {
                Switch::On => Arc::new(InProcessRateLimits::default()),
                Switch::Off => Arc::new(NoRateLimits),
            },
        }
    }

    async fn in_redis(url: &str, rate_limit: Switch, secret: &Secret) -> anyhow::Result<Self> {
        let link = RedisLink::open(url, Arc::new(SystemEntropy))?;
        if !link.connected(REDIS_PATIENCE).await {
            tracing::warn!(
                "Redis is not in reach: votes are taken all the same, and counted in SQL until it is"
            );
        }
        Ok(Self {
            counters: Arc::new(RedisCounters::new(link.clone())),
            announcements: Arc::new(RedisAnnouncements::new(link.clone())),
            rate_limits: match rate_limit {
                Switch::On => Arc::new(RedisRateLimits::new(link, &secret.subkey("rate limits"))),
                Switch::Off => Arc::new(NoRateLimits),
            },
        })
    }
}

async fn open_engine(
    store: SqlStore,
    shared: SharedServices,
    secret: Secret,
    node: u64,
) -> anyhow::Result<OpenInstallation> {
    let SharedServices { counters, announcements, rate_limits } = shared;
    let (clock, entropy) = (Arc::new(SystemClock), Arc::new(SystemEntropy));
    let services = gd_engine::ports::Services { counters, announcements, rate_limits, clock, entropy };
    let ports = Ports::new(&Arc::new(store.clone()), services);
    let start = EngineStart { ports, secret: secret.clone(), node };
    let engine = Engine::open(start).await.context("the installation cannot be read")?;
    Ok(OpenInstallation { engine, secret, store })
}
