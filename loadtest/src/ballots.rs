//! `gd-loadtest ballots`: real voters, as fast as they are acknowledged.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::ensure;
use clap::Args;
use serde::Serialize;

use crate::check::Verdict;
use crate::figures::{Figures, line};
use crate::load::{Load, LoadOptions, block_on, write_json};
use crate::measure::Measure;

/// The load.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    load: LoadOptions,
    /// Ballots to cast, each a participant's first on a proposal or a real change
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(1..=20_000_000))]
    ballots: u32,
    /// Keep trying for this long when the server goes away (it may be killed and started again)
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, default_missing_value = "30", value_parser = clap::value_parser!(u32).range(1..=600))]
    survive: Option<u32>,
}

/// The outcome, as it is written.
#[derive(Serialize)]
struct Report {
    /// Ballots that were asked for; fewer are cast when the time is up.
    ballots: usize,
    connections: usize,
    per_request: u8,
    participants: usize,
    sequences: u64,
    sequences_seconds: f64,
    /// Cards shown again although they had been voted on.
    already_voted: u64,
    casting: Figures,
    /// Ballots that were not sent: the time was up, or something failed.
    left: usize,
    check: Verdict,
    failure: Option<String>,
}

/// Casts, checks, prints; the exit code is 1 when anything differs or failed.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let report = block_on(work(options))?;
    if let Some(path) = &options.load.json {
        write_json(path, &report)?;
    }
    report.print();
    if let Some(failure) = &report.failure {
        anyhow::bail!("{failure}");
    }
    ensure!(report.check.differences.is_empty(), "what was acknowledged is not what stands");
    ensure!(report.already_voted == 0, "{} cards were served again after their vote", report.already_voted);
    ensure!(report.casting.acknowledged > 0, "not one ballot was acknowledged");
    Ok(ExitCode::SUCCESS)
}

async fn work(options: &Options) -> anyhow::Result<Report> {
    let survive = options.survive.map(|seconds| Duration::from_secs(seconds.into()));
    let ballots = options.ballots as usize;
    let mut load = Load::start(&options.load, ballots, options.ballots.into(), survive).await?;
    let (mut total, mut sequences, mut already_voted) = (Measure::new(), 0, 0);
    let mut drawing = Duration::ZERO;
    let mut left = ballots;
    while left > 0 && !load.watch.is_over() {
        let began = Instant::now();
        let drawn = load.draw().await;
        drawing += began.elapsed();
        sequences += drawn.sequences;
        already_voted += drawn.already_voted;
        let round = load.crew.cast(&load.consultation, left, &load.watch).await;
        if round.ballots.ballots() == 0 && !load.watch.is_over() {
            load.watch.fail("the server shows no proposal to vote on");
        }
        left = left.saturating_sub(usize::try_from(round.ballots.ballots())?);
        total.then(&round);
    }
    let check = load.verdict().await?;
    Ok(Report {
        ballots,
        connections: load.crew.connections(),
        per_request: options.load.per_request,
        participants: load.crew.voters().count(),
        sequences,
        sequences_seconds: drawing.as_secs_f64(),
        already_voted,
        casting: Figures::from(&total),
        left,
        check,
        failure: load.watch.failure().map(str::to_owned),
    })
}

impl Report {
    fn print(&self) {
        println!(
            "{} participants on {} connections, {} to a request",
            self.participants,
            self.connections,
            if self.per_request == 1 {
                "one ballot".to_owned()
            } else {
                format!("{} ballots", self.per_request)
            },
        );
        if self.left > 0 {
            line("STOPPED", &format!("{} of {} ballots were not sent", self.left, self.ballots));
        }
        self.casting.print();
        line("sequences", &format!("{} drawn in {:.2} s", self.sequences, self.sequences_seconds));
        self.check.print();
    }
}
