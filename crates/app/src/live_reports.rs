//! Keeps the reports of consultations with live results up to date while a server runs.
//!
//! They are made by a process of their own, at low priority: an analysis takes as much memory as there
//! are ballots and a whole processor, and voters must notice neither.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use gd_analyzer::{Method, MethodKind};
use gd_domain::{ConsultationId, Position, ResultsVisibility};
use gd_engine::ports::{Job, ReportKind};
use gd_engine::{CatalogueEntry, Engine};
use tokio::process::Command;

use crate::analysis::{self, Wanted};
use crate::cli::Place;

/// How often reports are made again where ballots came in, in seconds.
const LIVE_REPORT_INTERVAL_S: u64 = 60;

/// A report takes at most one part in so many of the time: of millions of ballots one takes minutes.
const LIVE_REPORT_ONE_PART_IN: u32 = 10;

/// How much the analysis steps back behind everything else, as `nice` has it.
const NICENESS: &str = "15";

/// Settings of ours that are about something else than where the installation is.
const OTHER_SETTINGS: [&str; 12] = [
    "GD_COMMENTS",
    "GD_COMPARE",
    "GD_FORMAT",
    "GD_LANG",
    "GD_METHOD",
    "GD_OUT",
    "GD_POPULATION",
    "GD_PUBLISH",
    "GD_SEED",
    "GD_SHORTLIST_SIZE",
    "GD_VOTES",
    "GD_WEIGHT_MAX",
];

/// The reports of a server.
pub(crate) struct LiveReports {
    /// Where the analyst finds the installation: names and values of its environment.
    place: Vec<(&'static str, OsString)>,
    made: HashMap<ConsultationId, Made>,
}

/// The last report of a consultation.
#[derive(Clone, Copy)]
struct Made {
    /// What it was made from: the revision of the catalogue and the end of the ledger. Unknown of one that another
    /// process has made.
    from: Option<(u64, Position)>,
    /// The next is not made before.
    next_at: Instant,
}

impl Made {
    /// A report from here that began and ended then.
    fn of(from: (u64, Position), began: Instant, ended: Instant) -> Self {
        Self { from: Some(from), next_at: ended + (ended - began) * (LIVE_REPORT_ONE_PART_IN - 1) }
    }

    /// Whether it is time for another, when what it would be made from is this.
    fn is_due(&self, from: (u64, Position), now: Instant) -> bool {
        self.from != Some(from) && self.next_at <= now
    }
}

impl LiveReports {
    /// Reports of the installation in this place.
    pub(crate) fn of(place: Place<'_>) -> Self {
        let place = match place {
            Place::Folder(folder) => vec![("GD_DATA_DIR", folder.into())],
            Place::Services(services) => vec![("GD_DATABASE_URL", services.database_url.into())],
        };
        Self { place, made: HashMap::new() }
    }

    /// Makes live reports every minute until the runtime ends; now where there is none yet: a server that comes back
    /// answers voters first.
    pub(crate) async fn keep_up_to_date(mut self, engine: Arc<Engine>) {
        let mut interval = tokio::time::interval(Duration::from_secs(LIVE_REPORT_INTERVAL_S));
        interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            interval.tick().await;
            // Of many servers one makes them. Where that cannot be told, none does: the next minute will tell.
            if !engine.may_do(Job::LiveReports).await.unwrap_or(false) {
                continue;
            }
            for entry in engine.consultations_for_staff() {
                if let Err(failure) = self.refresh(&engine, &entry).await {
                    tracing::error!(consultation = entry.id.0, %failure, "the live report could not be made");
                }
            }
        }
    }

    /// Makes the live report of a consultation again if its results are live and something has changed.
    async fn refresh(&mut self, engine: &Engine, entry: &CatalogueEntry) -> anyhow::Result<()> {
        let view = entry.view();
        if view.consultation.description.rules.results != ResultsVisibility::Live {
            return Ok(());
        }
        let last = match self.made.get(&entry.id) {
            Some(last) => Some(*last),
            None if engine.live_report_made_at(entry.id).await?.is_none() => None,
            None => {
                let next_at = Instant::now();
                self.made.insert(entry.id, Made { from: None, next_at });
                return Ok(());
            }
        };
        let now_at = (view.revision(), engine.ledger_head(entry).await?);
        if last.is_some_and(|last| !last.is_due(now_at, Instant::now())) {
            return Ok(());
        }
        let began = Instant::now();
        self.send_for(view.consultation.slug().as_str()).await?;
        self.made.insert(entry.id, Made::of(now_at, began, Instant::now()));
        Ok(())
    }

    /// Runs `analyze --live` on a consultation. The process ends with this one.
    async fn send_for(&self, slug: &str) -> anyhow::Result<()> {
        let program = std::env::current_exe().context("this program cannot be found")?;
        let mut analyst = nice(&program);
        for name in OTHER_SETTINGS {
            analyst.env_remove(name);
        }
        for name in ["GD_DATA_DIR", "GD_DATABASE_URL", "GD_REDIS_URL"] {
            analyst.env_remove(name);
        }
        analyst.envs(self.place.iter().map(|(name, value)| (name, value)));
        analyst.args(["analyze", "--live", "--slug", slug]);
        analyst.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
        let outcome = analyst.output().await.context("the analysis could not be started")?;
        if !outcome.status.success() {
            bail!("{}", String::from_utf8_lossy(&outcome.stderr).trim_end());
        }
        Ok(())
    }
}

/// The program at low priority, where the system has the means.
fn nice(program: &Path) -> Command {
    const NICE: &str = "/usr/bin/nice";
    if !Path::new(NICE).exists() {
        return Command::new(program);
    }
    let mut command = Command::new(NICE);
    command.args(["-n", NICENESS]).arg(program);
    command
}

/// Makes the live report of a consultation here and now.
pub(crate) async fn make(engine: &Engine, entry: &CatalogueEntry) -> anyhow::Result<()> {
    let votes = engine.votes_on_record(entry, &mut |_, _| ()).await?;
    let position = votes.position;
    let method = Method::new(MethodKind::Calibrated, 0);
    let wanted = Wanted { method, population: None, compare: None };
    let analysed = tokio::task::spawn_blocking(move || analysis::report_on_record(&votes, &wanted));
    let report = analysed.await.context("the analysis was stopped")??;
    engine.save_report(entry.id, ReportKind::Live, position, report.to_json()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_take_a_tenth_of_the_time_at_most() {
        let (began, minute) = (Instant::now(), Duration::from_mins(1));
        let at = |position: u64| (1, Position(position));
        let made = Made::of(at(5), began, began + minute);
        assert!(!made.is_due(at(6), began + 9 * minute));
        assert!(made.is_due(at(6), began + 10 * minute));
        assert!(!made.is_due(at(5), began + 100 * minute), "nothing has changed");
        let of_another_process = Made { from: None, next_at: began };
        assert!(of_another_process.is_due(at(5), began));
    }
}
