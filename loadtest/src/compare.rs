//! `gd-loadtest compare`: server and ceiling side by side, turn by turn, so that whatever else the machine
//! does weighs on both.

use std::fs;
use std::process::ExitCode;

use anyhow::ensure;
use clap::Args;
use serde::Serialize;

use crate::ceiling::Ceiling;
use crate::check::Verdict;
use crate::figures::{Figures, line};
use crate::load::{Load, LoadOptions, block_on, write_json};
use crate::measure::Measure;

/// The comparison.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    load: LoadOptions,
    /// Ballots of each run
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(1..=5_000_000))]
    ballots: u32,
    /// Ballots in one request to the ceiling, where it shall be measured against another size
    /// [default: as many as to the server]
    #[arg(long, value_parser = clap::value_parser!(u8).range(1..=12))]
    ceiling_per_request: Option<u8>,
    /// Runs of each side
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..=99))]
    runs: u8,
}

/// The outcome, as it is written.
#[derive(Serialize)]
struct Report {
    /// Median rate of the server over median rate of the ceiling.
    ratio: f64,
    machine: String,
    connections: usize,
    per_request: u8,
    ceiling_per_request: u8,
    participants: usize,
    ceiling_per_second: f64,
    server_per_second: f64,
    ceiling: Vec<Figures>,
    server: Vec<Figures>,
    check: Verdict,
}

/// Measures, checks, prints the ratio first; the exit code is 1 when an acknowledged ballot differs.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let report = block_on(work(options))?;
    if let Some(path) = &options.load.json {
        write_json(path, &report)?;
    }
    report.print();
    ensure!(report.check.differences.is_empty(), "what was acknowledged is not what stands");
    Ok(ExitCode::SUCCESS)
}

async fn work(options: &Options) -> anyhow::Result<Report> {
    let ceiling = Ceiling::start()?;
    let ballots = options.ballots as usize;
    let ballots_in_all = 2 * u64::from(options.runs) * u64::from(options.ballots);
    let mut load = Load::start(&options.load, ballots, ballots_in_all, None).await?;
    let ceiling_per_request = options.ceiling_per_request.unwrap_or(options.load.per_request);
    let mut sides = Sides { ceiling_per_request, ceiling: Vec::new(), server: Vec::new() };
    for _ in 0..options.runs {
        sides.run(&mut load, &ceiling, ballots).await?;
    }
    let check = load.verdict().await?;
    let (ceiling_per_second, server_per_second) =
        (median(rates(&sides.ceiling)), median(rates(&sides.server)));
    Ok(Report {
        ratio: server_per_second / ceiling_per_second,
        machine: machine(),
        connections: load.crew.connections(),
        per_request: options.load.per_request,
        ceiling_per_request,
        participants: load.crew.voters().count(),
        ceiling_per_second,
        server_per_second,
        ceiling: sides.ceiling,
        server: sides.server,
        check,
    })
}

/// The runs of both sides.
struct Sides {
    ceiling_per_request: u8,
    ceiling: Vec<Figures>,
    server: Vec<Figures>,
}

impl Sides {
    /// One run of each side with the same voters, cards and ballots. Voters who vote at the ceiling are
    /// copies: what it answers is not what stands.
    async fn run(&mut self, load: &mut Load, ceiling: &Ceiling, ballots: usize) -> anyhow::Result<()> {
        let bare = load.consultation.on(ceiling.server);
        let (mut bare_total, mut total) = (Measure::new(), Measure::new());
        let mut left = ballots;
        while left > 0 {
            load.draw().await;
            let mut copies = load.crew.clone();
            copies.per_request = self.ceiling_per_request.into();
            bare_total.then(&copies.cast(&bare, left, &load.watch).await);
            drop(copies);
            let round = load.crew.cast(&load.consultation, left, &load.watch).await;
            total.then(&round);
            if let Some(failure) = load.watch.failure() {
                anyhow::bail!("{failure}");
            }
            ensure!(!load.watch.is_out_of_time(), "the time was over before the last run");
            ensure!(round.ballots.acknowledged() > 0, "not one ballot was acknowledged");
            left = left.saturating_sub(usize::try_from(round.ballots.ballots())?);
        }
        self.ceiling.push(Figures::from(&bare_total));
        self.server.push(Figures::from(&total));
        Ok(())
    }
}

fn rates(runs: &[Figures]) -> Vec<f64> {
    runs.iter().map(|run| run.ballots_per_second).collect()
}

/// The median of some rates, at least one.
fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    let middle = rates.len() / 2;
    if rates.len() % 2 == 1 { rates[middle] } else { f64::midpoint(rates[middle - 1], rates[middle]) }
}

/// Cores and processor, as far as the system tells.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processors.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    format!("{cores} cores, {}", model.map_or("processor unknown", |(_, model)| model))
}

impl Report {
    fn print(&self) {
        println!(
            "{:.3} of the ceiling: {} connections, {} to a request (ceiling: {}), {} participants, medians of {}, in turns",
            self.ratio,
            self.connections,
            self.per_request,
            self.ceiling_per_request,
            self.participants,
            self.server.len()
        );
        line("machine", &self.machine);
        for (name, median, runs) in [
            ("ceiling", self.ceiling_per_second, &self.ceiling),
            ("server", self.server_per_second, &self.server),
        ] {
            let rates = rates(runs).iter().map(|rate| format!("{rate:.0}")).collect::<Vec<_>>();
            line(name, &format!("{median:.0} ballots/s ({})", rates.join(", ")));
        }
        let pairs = rates(&self.server).into_iter().zip(rates(&self.ceiling));
        let ratios = pairs.map(|(server, ceiling)| format!("{:.3}", server / ceiling)).collect::<Vec<_>>();
        line("by pair", &ratios.join(", "));
        if let Some(last) = self.server.last() {
            println!("last run of the server");
            last.print();
        }
        self.check.print();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::float_cmp, reason = "whole numbers")]
    fn the_median_is_the_middle() {
        assert_eq!(median(vec![9.0, 1.0, 5.0]), 5.0);
        assert_eq!(median(vec![4.0, 2.0]), 3.0);
    }
}
