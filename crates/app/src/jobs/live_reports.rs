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
use gd_domain::{ConsultationId, Phase, Position, StaffAction};
use gd_engine::ports::Job;
use gd_engine::{Engine, Lookup};
use tokio::process::Command;

use crate::analysis::{self, AnalysisOptions};
use crate::cli::{self, Place};
use crate::operator;

/// Interval between two reports of a consultation that has new ballots, in seconds.
const LIVE_REPORT_INTERVAL_S: u64 = 60;

/// A report takes at most one part in so many of the time: of millions of ballots one takes minutes.
const LIVE_REPORT_ONE_PART_IN: u32 = 10;

/// The `nice` value of the analysis, which steps back behind everything else.
const NICENESS: &str = "15";

/// The reports of a server.
pub(crate) struct LiveReports {
    /// The environment that tells the analysis process where the installation is: names and values.
    place: Vec<(&'static str, OsString)>,
    made: HashMap<ConsultationId, LastReport>,
}

/// The last report of a consultation.
#[derive(Clone, Copy)]
struct LastReport {
    /// The sum of the revisions of consultation and items, and the end of the ledger. Unknown of one that another
    /// process has made.
    from: Option<(u64, Position)>,
    /// The next is not made before.
    next_at: Instant,
}

impl LastReport {
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

    /// Makes live reports every minute until the runtime ends; now where there is none yet: a server that restarts
    /// answers voters first.
    pub(crate) async fn keep_up_to_date(mut self, engine: Arc<Engine>) {
        let mut interval = tokio::time::interval(Duration::from_secs(LIVE_REPORT_INTERVAL_S));
        interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            interval.tick().await;
            // One of many servers makes the reports. If the lease cannot be read, none does until the next
            // minute.
            if !engine.running().may_do(Job::LiveReports).await.unwrap_or(false) {
                continue;
            }
            let (began, mut lookups) = (Instant::now(), engine.results().with_live_results(engine.now()));
            lookups.sort_by_key(|lookup| lookup.phase != Phase::Consultation);
            for lookup in lookups {
                // After a restart thousands of closed ones may wait: the open ones come round again between them.
                let has_time = began.elapsed() < Duration::from_secs(LIVE_REPORT_INTERVAL_S);
                if lookup.phase != Phase::Consultation && !has_time {
                    break;
                }
                if let Err(failure) = self.refresh(&engine, &lookup).await {
                    let consultation = lookup.id().0;
                    tracing::error!(consultation, %failure, "the live report could not be made");
                }
            }
        }
    }

    /// Makes the live report of a consultation again if something has changed.
    async fn refresh(&mut self, engine: &Engine, lookup: &Lookup) -> anyhow::Result<()> {
        let id = lookup.id();
        let last = match self.made.get(&id) {
            Some(last) => Some(*last),
            None if engine.results().live_report_made_at(id).await?.is_none() => None,
            None => {
                let next_at = Instant::now();
                self.made.insert(id, LastReport { from: None, next_at });
                return Ok(());
            }
        };
        let mark = engine.voting().mark(lookup.first_poll()).context("its poll is not known yet")?;
        let now_at = (lookup.view.revision() + mark.revision, mark.head);
        if last.is_some_and(|last| !last.is_due(now_at, Instant::now())) {
            return Ok(());
        }
        let began = Instant::now();
        self.send_for(lookup.view.consultation.slug().as_str()).await?;
        self.made.insert(id, LastReport::of(now_at, began, Instant::now()));
        Ok(())
    }

    /// Runs `analyze --live` on a consultation. The process ends with this one.
    async fn send_for(&self, slug: &str) -> anyhow::Result<()> {
        let program = std::env::current_exe().context("this program cannot be found")?;
        let mut analyst = nice(&program);
        // Options of the analysis that this server happens to have in its environment.
        for name in cli::settings_of("analyze") {
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
pub(crate) async fn make(engine: &Engine, id: ConsultationId) -> anyhow::Result<()> {
    let permit = operator::permit_on(engine, StaffAction::ReadBallots, id)?;
    let votes = engine.results().votes_on_record(&permit, id, &mut |_, _| ()).await?;
    let position = votes.position;
    let method = Method::new(MethodKind::Calibrated, 0);
    let options = AnalysisOptions { method, population: None, compare: None };
    let analysed = tokio::task::spawn_blocking(move || analysis::report_on_record(&votes, &options));
    let report = analysed.await.context("the analysis was stopped")??;
    engine.results().save_live_report(id, position, report.to_json()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_take_a_tenth_of_the_time_at_most() {
        let (began, minute) = (Instant::now(), Duration::from_mins(1));
        let at = |position: u64| (1, Position(position));
        let made = LastReport::of(at(5), began, began + minute);
        assert!(!made.is_due(at(6), began + 9 * minute));
        assert!(made.is_due(at(6), began + 10 * minute));
        assert!(!made.is_due(at(5), began + 100 * minute), "nothing has changed");
        let of_another_process = LastReport { from: None, next_at: began };
        assert!(of_another_process.is_due(at(5), began));
    }
}
