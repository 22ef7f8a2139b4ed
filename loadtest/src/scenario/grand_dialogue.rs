//! `gd-loadtest grand-dialogue`: the reference event, months in less than a minute: proposals come in and are
//! moderated, then everybody comes, looks, votes, thinks again, and sends some of it twice.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{bail, ensure};
use clap::Args;
use rand::seq::SliceRandom;

use super::agenda::Agendas;
use super::event::{Event, EventOptions};
use super::moderator;
use super::submission::{Submitted, submit};
use super::views::Views;
use super::visit::Visit;
use crate::contract::SEQUENCE_SIZE;
use crate::load::block_on_one_thread;
use crate::open::{CheckOptions, OpenOptions, Participant, Plan, Profile, Report, Roll, Run};
use crate::voter::Voter;

/// The event.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    open: OpenOptions,
    #[command(flatten)]
    check: CheckOptions,
    #[command(flatten)]
    event: EventOptions,
    /// Ballots in one request, as the page's script sends them
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=12))]
    per_request: u8,
    /// Seconds in which everything from the first arrival to the last vote is offered
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=86_400))]
    seconds: u32,
    /// Seconds in which the proposals are submitted before
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=3_600))]
    propose_seconds: u32,
    /// Milliseconds a participant takes between two requests, on average
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(0..=60_000))]
    think_ms: u32,
    /// Shell command that publishes the proposals whose numbers it is given as arguments; without one the
    /// consultation must publish at once (moderation "after")
    #[arg(long, value_name = "COMMAND")]
    moderate: Option<String>,
    /// Seconds until all servers must show what was published
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(0..=600))]
    publish_seconds_max: u32,
}

/// Lives through it, checks, prints; the exit code is 1 when a ballot differs.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let report = block_on_one_thread(work(options))?;
    report.conclude(&options.open)
}

async fn work(options: &Options) -> anyhow::Result<Report> {
    let event = Event::new(&options.event);
    let seconds = f64::from(options.seconds + options.propose_seconds + options.publish_seconds_max);
    let plan =
        Plan { scenario: "grand-dialogue", steps: event.ballots + event.changes, seconds, followed: None };
    let mut run = Run::new(&options.open, &plan)?;
    let before = run.before().await?;
    run.client.record().begin(Instant::now());

    run.say("proposing");
    let submitted = submit(&run, event.proposals, options.propose_seconds.into()).await;
    run.end_phase("proposing");
    if run.client.watch.failure().is_none() {
        run.say("publishing");
        publish(&run, options, &event, &submitted).await?;
        run.end_phase("publishing");
    }

    run.say("voting");
    let voters = vote(&run, options, &event, submitted).await;
    run.end_phase("voting");
    let check = run.verdict(&options.check, &before, &voters).await?;
    Ok(run.report(Some(check)))
}

/// Sees to it that every server shows what there is to vote on.
async fn publish(run: &Run, options: &Options, event: &Event, submitted: &[Submitted]) -> anyhow::Result<()> {
    let mut numbers = submitted.iter().map(|submission| submission.number).collect::<Vec<_>>();
    match &options.moderate {
        Some(command) => {
            ensure!(event.published <= event.proposals, "more proposals to publish than are submitted");
            numbers.shuffle(&mut run.random(4));
            numbers.truncate(event.published as usize);
            moderator::publish(command, &numbers).await?;
        }
        None if submitted.iter().any(|submission| !submission.is_published) => {
            bail!(
                "proposals stay pending: the consultation must have moderation \"after\", or give --moderate"
            )
        }
        None => {}
    }
    let time_max = Duration::from_secs(options.publish_seconds_max.into());
    moderator::await_visible(run, &numbers, time_max).await
}

/// Everybody comes: those who vote and, beside them, those who only look.
async fn vote(run: &Run, options: &Options, event: &Event, submitted: Vec<Submitted>) -> Vec<Voter> {
    let think = Duration::from_millis(options.think_ms.into());
    let per_request = usize::from(options.per_request);
    // The last to arrive must still have the time to vote.
    let seconds = f64::from(options.seconds);
    let until = Instant::now() + Duration::from_secs(options.seconds.into());
    let stay = stay(think, per_request).as_secs_f64().min(seconds / 2.0);
    let arrival = Profile::constant(f64::from(event.participants) / (seconds - stay), f64::INFINITY);
    let arrivals = run.arrivals(&arrival, 0).take(event.participants as usize);

    let roll = Arc::new(Roll::default());
    let mut agendas = Agendas::new(event, run.random(5));
    let mut authors = submitted.into_iter().map(|submission| submission.cookie);
    let mut seed = run.seed_of(1);
    let voting = run.start_each(arrivals, |arrival| {
        seed = seed.wrapping_add(1);
        let agenda = agendas.next();
        let participant = Participant::new(authors.next(), seed, agenda.changes > 0);
        let (client, roll) = (Arc::clone(&run.client), Arc::clone(&roll));
        async move {
            let visit =
                Visit { client: &client, participant, agenda, due: arrival, until, think, per_request };
            roll.enter(visit.follow().await);
        }
    });
    let views = Arc::new(Views::new(&run.consultation, AGAIN_PERCENT));
    let mut random = run.random(6);
    let looks = Profile::constant(f64::from(event.views) / seconds, f64::INFINITY);
    let looking = run.start_each(run.arrivals(&looks, 7).take(event.views as usize), |due| {
        let (client, views, view) = (Arc::clone(&run.client), Arc::clone(&views), views.draw(&mut random));
        async move { views.show(&client, due, view).await }
    });
    tokio::join!(voting, looking);
    roll.take()
}

/// Views in a hundred by browsers that hold an earlier answer.
const AGAIN_PERCENT: u32 = 30;

/// The average stay of a participant who votes on one sequence.
fn stay(think: Duration, per_request: usize) -> Duration {
    let requests = SEQUENCE_SIZE.div_ceil(per_request) + 1;
    think.mul_f64(u32::try_from(requests).map_or(1.0, f64::from))
}
