//! `gd-loadtest readers`: people who look and do not vote.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::views::Views;
use crate::load::block_on_one_thread;
use crate::open::{OpenOptions, Plan, Profile, Report, Run};

/// The number of readers.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    open: OpenOptions,
    /// Page views a second: landing, voting page, results, tallies and proposals, by plausible weights
    #[arg(long, default_value_t = 5_000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    rate: u32,
    /// For how long
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3_600))]
    seconds: u32,
    /// Views in a hundred by browsers that hold an earlier answer and ask whether it has changed
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(0..=100))]
    again_percent: u32,
}

/// Looks and prints; the exit code is 1 when a page is not as it should be.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let report = block_on_one_thread(work(options))?;
    report.conclude(&options.open)
}

async fn work(options: &Options) -> anyhow::Result<Report> {
    let profile = Profile::constant(options.rate.into(), options.seconds.into());
    let plan = Plan {
        scenario: "readers",
        steps: u64::from(options.rate) * u64::from(options.seconds),
        seconds: profile.seconds(),
        followed: None,
    };
    let mut run = Run::new(&options.open, &plan)?;
    let views = Arc::new(Views::new(&run.consultation, options.again_percent));
    let mut random = run.random(1);
    run.say("looking");
    run.start_each(run.arrivals(&profile, 0), |due| {
        let (client, views, view) = (Arc::clone(&run.client), Arc::clone(&views), views.draw(&mut random));
        async move {
            views.show(&client, due, view).await;
            client.watch.bar.inc(1);
        }
    })
    .await;
    run.end_phase("looking");
    Ok(run.report(None))
}
