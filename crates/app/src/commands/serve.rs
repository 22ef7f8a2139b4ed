//! `serve`: the pages and the interface, until SIGTERM.

use std::fs::{File, TryLockError};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use gd_server::{Server, ServerSettings, told_to_end};

use super::say;
use crate::cli::{Installation, Place, Serve, Services};
use crate::jobs::audit_retention;
use crate::jobs::live_reports::LiveReports;
use crate::settings;
use crate::wiring::{self, OpenInstallation, Role};

const LOCK_FILE: &str = "serve.lock";

pub(crate) async fn run(installation: &Installation, options: &Serve) -> anyhow::Result<()> {
    match installation.place()? {
        Place::Folder(folder) => {
            // Held until the process ends: counters live in its memory, so there can be only one. Before the
            // installation is opened, so that the tables of another server stay as it knows them.
            settings::make_data_folder(folder)?;
            let _only_server = only_server(folder)?;
            let opened = wiring::open_folder(folder, options.database_mib_max, options.rate_limit).await?;
            serve(opened, Place::Folder(folder), options).await
        }
        Place::Services(Services { redis_url: None, .. }) => {
            bail!("servers on one PostgreSQL share their counters in Redis: name it with --redis-url")
        }
        Place::Services(services) => {
            let opened = wiring::open_services(services, Role::Server(options.rate_limit)).await?;
            serve(opened, Place::Services(services), options).await
        }
    }
}

/// Serves an installation that is already open.
pub(super) async fn serve(opened: OpenInstallation, place: Place<'_>, options: &Serve) -> anyhow::Result<()> {
    let listener = TcpListener::bind(options.listen)
        .with_context(|| format!("{} cannot be listened on: is another server there?", options.listen))?;
    let address = listener.local_addr()?;
    opened.engine.run().await.context("the installation cannot be read")?;
    let live_reports = tokio::spawn(LiveReports::of(place).keep_up_to_date(Arc::clone(&opened.engine)));
    let audit_retention =
        tokio::spawn(audit_retention::keep(Arc::clone(&opened.engine), options.audit_months));
    let settings = ServerSettings {
        public_url: options.public_url.clone(),
        trusted_proxies: options.trusted_proxies.clone(),
        drain_notice: Duration::from_secs(options.drain_notice),
        ..ServerSettings::new(opened.secret.clone())
    };
    // A process that reads this line may send SIGTERM in the same instant: handle signals first.
    let told = told_to_end()?;
    say(format_args!("Listening on http://{address} (stop with Ctrl-C)"))?;
    Server::new(Arc::clone(&opened.engine), &settings).run_until(listener, told).await?;
    live_reports.abort();
    audit_retention.abort();
    opened.close().await;
    Ok(())
}

fn only_server(folder: &Path) -> anyhow::Result<File> {
    let path = folder.join(LOCK_FILE);
    let lock = File::create(&path).with_context(|| format!("{} cannot be made", path.display()))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => bail!(
            "another server runs on {}: stop it first, or give this one another --data-dir",
            folder.display()
        ),
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("{} cannot be locked", path.display()))
        }
    }
}
