//! `gd-loadtest retry-storm`: a network so bad that every request comes two to five times: again after its
//! answer, all at once over other connections and servers, or after a connection that broke in the middle.
//! Each ballot must stand exactly once.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};

use crate::contract::SEQUENCE_SIZE;
use crate::load::block_on_one_thread;
use crate::open::{CheckOptions, OpenOptions, Participant, Plan, Profile, Report, Roll, Run, Storm};

/// The storm.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    open: OpenOptions,
    #[command(flatten)]
    check: CheckOptions,
    /// Participants, each with the cards of one sequence
    #[arg(long, default_value_t = 5_000, value_parser = clap::value_parser!(u32).range(1..=500_000))]
    participants: u32,
    /// Ballots in one request
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=12))]
    per_request: u8,
    /// Seconds in which the participants arrive
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3_600))]
    seconds: u32,
    /// Milliseconds between two ballots of a participant, on average
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(0..=60_000))]
    think_ms: u32,
}

/// Casts, checks, prints; the exit code is 1 when a ballot does not stand exactly once.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let report = block_on_one_thread(work(options))?;
    report.conclude(&options.open)
}

async fn work(options: &Options) -> anyhow::Result<Report> {
    let think = Duration::from_millis(options.think_ms.into());
    let steps = u64::from(options.participants) * SEQUENCE_SIZE as u64;
    let seconds = f64::from(options.seconds);
    let plan = Plan { scenario: "retry-storm", steps, seconds, followed: None };
    let mut run = Run::new(&options.open, &plan)?;
    let before = run.before().await?;

    run.say("casting");
    let arrival = Profile::constant(f64::from(options.participants) / seconds, f64::INFINITY);
    let arrivals = run.arrivals(&arrival, 0).take(options.participants as usize);
    let roll = Arc::new(Roll::default());
    let (mut seed, count) = (run.seed_of(1), usize::from(options.per_request));
    run.client.record().begin(Instant::now());
    run.start_each(arrivals, |arrival| {
        seed = seed.wrapping_add(1);
        let (client, roll) = (Arc::clone(&run.client), Arc::clone(&roll));
        let (mut participant, mut random) =
            (Participant::new(None, seed, false), SmallRng::seed_from_u64(!seed));
        async move {
            let mut due = arrival;
            participant.draw(&client, due).await;
            while participant.can_cast() && !client.watch.is_over() {
                due += participant.think(think);
                tokio::time::sleep_until(due.into()).await;
                participant.storm(&client, due, count, draw(&mut random)).await;
            }
            roll.enter(participant);
        }
    })
    .await;
    run.end_phase("casting");

    let check = run.verdict(&options.check, &before, &roll.take()).await?;
    Ok(run.report(Some(check)))
}

/// The number of times a request comes, and the form of its repeats.
fn draw(random: &mut SmallRng) -> (usize, Storm) {
    let storm = match random.random_range(0..3) {
        0 => Storm::InTurn,
        1 => Storm::AtOnce,
        // All of it in one drop of three: then the server may record what nobody hears the answer to.
        _ => Storm::AfterDrop { percent: [30, 80, 100][random.random_range(0..3)] },
    };
    (random.random_range(2..=5), storm)
}
