//! The figures of a run: as a table, as JSON and for the plot.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::process::ExitCode;

use anyhow::{bail, ensure};
use serde::Serialize;

use super::options::OpenOptions;
use super::plot::plot;
use super::record::{Kind, KindRecord, Record, Second};
use crate::check::Verdict;
use crate::figures::{Latency, line, list};
use crate::load::write_json;
use crate::measure::percentile_ms;
use crate::outcomes::Outcomes;

/// The outcome of a run, as it is written.
#[derive(Serialize)]
pub(crate) struct Report {
    #[serde(flatten)]
    circumstances: Circumstances,
    /// Seconds in which requests were due.
    offered_seconds: f64,
    /// Seconds until the last answer.
    seconds: f64,
    /// The requests that the rates and the timeline count: all, or one kind.
    followed: &'static str,
    offered_per_second: f64,
    achieved_per_second: f64,
    requests: Requests,
    kinds: BTreeMap<Kind, Requests>,
    /// Only where votes were cast.
    ballots: Option<Outcomes>,
    check: Option<Verdict>,
    failure: Option<String>,
    timeline: Vec<Moment>,
}

/// Under which circumstances it was measured.
#[derive(Serialize)]
pub(crate) struct Circumstances {
    pub(crate) scenario: &'static str,
    pub(crate) servers: Vec<SocketAddr>,
    pub(crate) connections: u32,
    pub(crate) arrivals: &'static str,
    pub(crate) seed: u64,
    /// From the first request to the verdict.
    pub(crate) whole_seconds: f64,
    /// In their order.
    pub(crate) phases: Vec<Phase>,
}

/// The duration of a part of the run.
#[derive(Serialize)]
pub(crate) struct Phase {
    pub(crate) name: &'static str,
    pub(crate) seconds: f64,
}

/// Requests of one kind, or of all.
#[derive(Serialize)]
struct Requests {
    offered: u64,
    answered: u64,
    /// Offered, but without the answer that was asked for.
    unanswered: u64,
    retries: u64,
    broken_connections: u64,
    statuses: BTreeMap<u16, u64>,
    /// From the instant a request was due to its answer.
    latency_ms: Latency,
}

/// One second of the run.
#[derive(Serialize)]
pub(crate) struct Moment {
    pub(crate) second: usize,
    pub(crate) offered: u64,
    pub(crate) achieved: u64,
    /// Latency of the requests that were due in this second, in milliseconds; nothing when none was answered.
    pub(crate) p50_ms: Option<f64>,
    pub(crate) p99_ms: Option<f64>,
}

impl Report {
    pub(crate) fn new(
        record: &Record,
        circumstances: Circumstances,
        check: Option<Verdict>,
        failure: Option<String>,
    ) -> Self {
        let requests = Requests::from(&record.total());
        let (offered_seconds, seconds) = record.spans();
        let (offered, answered) = record.followed();
        let kinds = record.kinds.iter().map(|(&kind, of_kind)| (kind, Requests::from(of_kind)));
        Self {
            circumstances,
            offered_seconds,
            seconds,
            followed: record.followed_name(),
            offered_per_second: per_second(offered, offered_seconds),
            achieved_per_second: per_second(answered, seconds),
            requests,
            kinds: kinds.collect(),
            ballots: check.is_some().then(|| record.outcomes.clone()),
            check,
            failure,
            timeline: record.seconds.iter().enumerate().map(Moment::from).collect(),
        }
    }

    /// Writes and prints what was asked for; the exit code is 1 when anything differs or failed.
    pub(crate) fn conclude(&self, options: &OpenOptions) -> anyhow::Result<ExitCode> {
        if let Some(path) = &options.json {
            write_json(path, self)?;
        }
        if let Some(path) = &options.plot {
            std::fs::write(path, plot(self.circumstances.scenario, self.followed, &self.timeline))?;
        }
        self.print();
        if let Some(failure) = &self.failure {
            bail!("{failure}");
        }
        if let Some(check) = &self.check {
            ensure!(check.differences.is_empty(), "what was acknowledged is not what stands");
        }
        ensure!(self.requests.answered > 0, "not one request was answered");
        if let Some(ballots) = &self.ballots {
            ensure!(ballots.acknowledged() > 0, "not one ballot was acknowledged");
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Fails when a request was left without its answer, or a server was out of its depth.
    pub(crate) fn ensure_all_answered(&self) -> anyhow::Result<()> {
        let Requests { unanswered, statuses, .. } = &self.requests;
        let errors = statuses.range(500..).map(|(_, count)| count).sum::<u64>();
        ensure!(
            *unanswered == 0 && errors == 0,
            "{unanswered} requests were not answered, {errors} answers were 5xx"
        );
        Ok(())
    }

    fn print(&self) {
        let Circumstances { scenario, servers, connections, arrivals, whole_seconds, phases, .. } =
            &self.circumstances;
        let servers =
            if servers.len() == 1 { "1 server".to_owned() } else { format!("{} servers", servers.len()) };
        println!("{scenario}: {servers}, {connections} connections, {arrivals} arrivals");
        let (offered, answered) = (self.requests.offered, self.requests.answered);
        line(
            "rate",
            &format!(
                "{:.0}/s achieved of {:.0}/s offered ({} requests)",
                self.achieved_per_second, self.offered_per_second, self.followed
            ),
        );
        line(
            "requests",
            &format!(
                "{offered} offered in {:.2} s, {answered} answered in {:.2} s",
                self.offered_seconds, self.seconds
            ),
        );
        let phases =
            phases.iter().map(|Phase { name, seconds }| format!("{name} {seconds:.2} s")).collect::<Vec<_>>();
        line("whole", &format!("{whole_seconds:.2} s ({})", phases.join(", ")));
        self.print_kinds();
        let Requests { unanswered, retries, broken_connections, statuses, .. } = &self.requests;
        line(
            "answers",
            &format!(
                "{}; {unanswered} requests unanswered, {retries} retries, {broken_connections} broken connections",
                list(statuses)
            ),
        );
        if let Some(ballots) = &self.ballots {
            ballots.print();
        }
        if let Some(check) = &self.check {
            check.print();
        }
    }

    fn print_kinds(&self) {
        println!(
            "  {:<13} {:>9} {:>9} {:>8} {:>9} {:>9} {:>9} {:>9} {:>9}  ms",
            "", "offered", "answered", "retries", "p50", "p90", "p99", "p99.9", "max"
        );
        let all = ("all", &self.requests);
        for (name, requests) in self.kinds.iter().map(|(kind, requests)| (kind.name(), requests)).chain([all])
        {
            let Requests { offered, answered, retries, latency_ms, .. } = requests;
            let Latency { p50, p90, p99, p999, max } = latency_ms;
            println!(
                "  {name:<13} {offered:>9} {answered:>9} {retries:>8} {p50:>9.2} {p90:>9.2} {p99:>9.2} {p999:>9.2} {max:>9.2}"
            );
        }
    }
}

impl From<&KindRecord> for Requests {
    fn from(record: &KindRecord) -> Self {
        Self {
            offered: record.offered,
            answered: record.answered,
            unanswered: record.unanswered(),
            retries: record.retries,
            broken_connections: record.broken,
            statuses: record.statuses.clone(),
            latency_ms: Latency::from(&record.latency),
        }
    }
}

impl From<(usize, &Second)> for Moment {
    fn from((second, of_second): (usize, &Second)) -> Self {
        let percentile = |of| of_second.latency.as_deref().map(|latency| percentile_ms(latency, of));
        Self {
            second,
            offered: of_second.offered,
            achieved: of_second.answered,
            p50_ms: percentile(50.0),
            p99_ms: percentile(99.0),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a rate, for reading")]
fn per_second(count: u64, seconds: f64) -> f64 {
    count as f64 / seconds.max(f64::EPSILON)
}
