//! The one file that names concrete adapters: from settings to a running engine.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, ensure};
use gd_counters::{InProcessCounters, InProcessRateLimits, NoAnnouncements, NoRateLimits};
use gd_engine::ports::{Entropy, Ports, RateLimits};
use gd_engine::{Engine, EngineStart, Secret};
use gd_store::SqlStore;

use crate::cli::{Installation, Switch};
use crate::clock::{SystemClock, SystemEntropy};
use crate::settings;

/// The database's file in the data folder.
const DATABASE_FILE: &str = "grand-dialogue.db";

/// An installation opened by this process.
pub(crate) struct Opened {
    /// The use-cases over its adapters.
    pub(crate) engine: Arc<Engine>,
    /// What signs its cookies and keys.
    pub(crate) secret: Secret,
    store: SqlStore,
}

impl Opened {
    /// Closes the connections.
    pub(crate) async fn close(self) {
        self.store.close().await;
    }
}

/// Opens the installation for a command, making it if it is absent.
pub(crate) async fn open_or_make(installation: &Installation) -> anyhow::Result<Opened> {
    open_folder(&installation.data_dir, Switch::Off).await
}

/// Opens an installation that is there already: a mistyped folder is an error, not a new installation.
pub(crate) async fn open(installation: &Installation) -> anyhow::Result<Opened> {
    let folder = &installation.data_dir;
    ensure!(
        folder.join(DATABASE_FILE).is_file(),
        "there is no installation in {}: name its folder with --data-dir, or start one with `serve`, `import` or `consultation create`",
        folder.display()
    );
    open_folder(folder, Switch::Off).await
}

/// Opens the installation in this folder, making it if it is absent.
pub(crate) async fn open_folder(folder: &Path, rate_limit: Switch) -> anyhow::Result<Opened> {
    settings::make_data_folder(folder)?;
    let database = folder.join(DATABASE_FILE);
    settings::make_private_file(&database)?;
    let store = SqlStore::open_sqlite(&database).await?;
    let secret = settings::secret(folder, &SystemEntropy)?;
    let rate_limits: Arc<dyn RateLimits> = match rate_limit {
        Switch::On => Arc::new(InProcessRateLimits::default()),
        Switch::Off => Arc::new(NoRateLimits),
    };
    let records = Arc::new(store.clone());
    let ports = Ports {
        ledger: Arc::clone(&records) as _,
        projection: Arc::clone(&records) as _,
        standing_ballots: Arc::clone(&records) as _,
        consultations: Arc::clone(&records) as _,
        proposals: Arc::clone(&records) as _,
        reports: Arc::clone(&records) as _,
        heartbeat: Arc::clone(&records) as _,
        leases: records,
        announcements: Arc::new(NoAnnouncements),
        counters: Arc::new(InProcessCounters::default()),
        rate_limits,
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
    };
    let start = EngineStart { ports, secret: secret.clone(), node: SystemEntropy.bits() };
    let engine = Engine::open(start).await.context("the installation cannot be read")?;
    Ok(Opened { engine, secret, store })
}
