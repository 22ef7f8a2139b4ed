//! `gd-loadtest grand-dialogue`: the reference event, months in less than a minute: proposals come in and are
//! moderated, then everybody comes, looks, votes, thinks again, and sends some of it twice.

use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{bail, ensure};
use clap::Args;
use rand::RngExt;
use rand::rngs::SmallRng;
use rand::seq::SliceRandom;
use tokio::time::sleep_until;

use super::budget::Budget;
use super::submission::{Submitted, submit};
use super::views::Views;
use super::{moderator, submission};
use crate::contract::SEQUENCE_SIZE;
use crate::load::block_on_one_thread;
use crate::open::{CheckOptions, Client, OpenOptions, Participant, Plan, Profile, Report, Run};
use crate::voter::Voter;

/// One participant in how many comes back for a second sequence.
const COMES_BACK_ONE_IN: u32 = 20;

/// The event.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    open: OpenOptions,
    #[command(flatten)]
    check: CheckOptions,
    /// Participants who vote
    #[arg(long, default_value_t = 120_000, value_parser = clap::value_parser!(u32).range(1..=2_000_000))]
    participants: u32,
    /// Proposals submitted
    #[arg(long, default_value_t = 10_100, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    proposals: u32,
    /// Those of them that --moderate publishes; the others stay pending
    #[arg(long, default_value_t = 8_000, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    published: u32,
    /// Ballots, each the participant's first on its proposal
    #[arg(long, default_value_t = 1_200_000, value_parser = clap::value_parser!(u32).range(1..=20_000_000))]
    ballots: u32,
    /// Ballots changed afterwards, each to another choice
    #[arg(long, default_value_t = 24_000, value_parser = clap::value_parser!(u32).range(0..=20_000_000))]
    changes: u32,
    /// Ballots taken back afterwards
    #[arg(long, default_value_t = 6_000, value_parser = clap::value_parser!(u32).range(0..=20_000_000))]
    retractions: u32,
    /// Requests with ballots that are sent once more after their answer
    #[arg(long, default_value_t = 24_000, value_parser = clap::value_parser!(u32).range(0..=20_000_000))]
    retries: u32,
    /// Page views beside the voting
    #[arg(long, default_value_t = 120_000, value_parser = clap::value_parser!(u32).range(0..=20_000_000))]
    views: u32,
    /// Shrinks all the numbers above by this factor; the times stay as they are
    #[arg(long, default_value_t = 1.0, value_parser = scale)]
    scale: f64,
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

fn scale(text: &str) -> Result<f64, String> {
    let scale = text.parse::<f64>().map_err(|error| error.to_string())?;
    if scale > 0.0 && scale <= 1.0 { Ok(scale) } else { Err("more than 0, at most 1".to_owned()) }
}

/// Lives through it, checks, prints; the exit code is 1 when a ballot differs.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let report = block_on_one_thread(work(options))?;
    report.conclude(&options.open)
}

async fn work(options: &Options) -> anyhow::Result<Report> {
    let event = Event::new(options);
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

/// How much of everything there is, after scaling.
struct Event {
    participants: u32,
    proposals: u32,
    published: u32,
    ballots: u64,
    changes: u64,
    retractions: u64,
    retries: u64,
    views: u32,
}

impl Event {
    fn new(options: &Options) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a number, shrunk, and not below what it was unless it was shrunk"
        )]
        let scaled = |number: u32| (f64::from(number) * options.scale).ceil() as u32;
        Self {
            participants: scaled(options.participants),
            proposals: scaled(options.proposals),
            published: scaled(options.published),
            ballots: scaled(options.ballots).into(),
            changes: scaled(options.changes).into(),
            retractions: scaled(options.retractions).into(),
            retries: scaled(options.retries).into(),
            views: scaled(options.views),
        }
    }
}

/// Sees to it that every server shows what there is to vote on.
async fn publish(
    run: &Run,
    options: &Options,
    event: &Event,
    submitted: &[submission::Submitted],
) -> anyhow::Result<()> {
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

    let voters = Arc::new(Mutex::new(Vec::with_capacity(event.participants as usize)));
    let mut agendas = Agendas::new(event, run.random(5));
    let mut authors = submitted.into_iter().map(|submission| submission.cookie);
    let mut seed = run.seed_of(1);
    let voting = run.start_each(arrivals, |arrival| {
        seed = seed.wrapping_add(1);
        let agenda = agendas.next();
        let participant = Participant::new(authors.next(), seed, agenda.changes > 0);
        let (client, voters) = (Arc::clone(&run.client), Arc::clone(&voters));
        async move {
            let visit =
                Visit { client: &client, participant, agenda, due: arrival, until, think, per_request };
            let voter = visit.follow().await;
            voters.lock().unwrap_or_else(PoisonError::into_inner).push(voter);
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
    std::mem::take(&mut *voters.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Views in a hundred by browsers that hold an earlier answer.
const AGAIN_PERCENT: u32 = 30;

/// How long somebody stays who votes on one sequence, on average.
fn stay(think: Duration, per_request: usize) -> Duration {
    let requests = SEQUENCE_SIZE.div_ceil(per_request) + 1;
    think.mul_f64(u32::try_from(requests).map_or(1.0, f64::from))
}

/// What one participant comes for.
struct Agenda {
    ballots: u64,
    changes: u64,
    retractions: u64,
    retries: u64,
}

impl Agenda {
    /// Requests that wait to be thought about.
    fn requests_left(&self, per_request: u64) -> u64 {
        self.ballots.div_ceil(per_request) + self.changes + self.retractions
    }
}

/// Everybody's agenda: together they are the event.
struct Agendas {
    random: SmallRng,
    ballots: Budget,
    changes: Budget,
    retractions: Budget,
    retries: Budget,
}

impl Agendas {
    fn new(event: &Event, random: SmallRng) -> Self {
        let of = |whole| Budget::new(whole, event.participants.into());
        let (ballots, changes) = (of(event.ballots), of(event.changes));
        Self { random, ballots, changes, retractions: of(event.retractions), retries: of(event.retries) }
    }

    fn next(&mut self) -> Agenda {
        let sequence = SEQUENCE_SIZE as u64;
        let random = &mut self.random;
        let ballots = if random.random_range(0..COMES_BACK_ONE_IN) == 0 {
            self.ballots.spend(random.random_range(sequence + 1..=2 * sequence))
        } else {
            self.ballots.take_around(sequence, random)
        };
        Agenda {
            ballots,
            changes: self.changes.take(random),
            retractions: self.retractions.take(random),
            retries: self.retries.take(random),
        }
    }
}

/// One participant, from arrival to leave.
struct Visit<'a> {
    client: &'a Client,
    participant: Participant,
    /// What is left of it.
    agenda: Agenda,
    /// When the next request is due.
    due: Instant,
    /// When the last request should be due: who comes late thinks less.
    until: Instant,
    think: Duration,
    per_request: usize,
}

impl Visit<'_> {
    async fn follow(mut self) -> Voter {
        while self.agenda.ballots > 0 && self.participant.draw(self.client, self.due).await {
            self.cast().await;
        }
        while self.agenda.changes > 0 && !self.client.watch.is_over() {
            self.agenda.changes -= 1;
            self.think().await;
            self.participant.change(self.client, self.due).await;
        }
        while self.agenda.retractions > 0 && !self.client.watch.is_over() {
            self.agenda.retractions -= 1;
            self.think().await;
            self.participant.retract(self.client, self.due).await;
        }
        self.participant.voter.keep_votes_only();
        self.participant.voter
    }

    /// Casts on the cards at hand.
    async fn cast(&mut self) {
        while self.agenda.ballots > 0 && self.participant.can_cast() && !self.client.watch.is_over() {
            self.think().await;
            let count = usize::try_from(self.agenda.ballots).unwrap_or(usize::MAX).min(self.per_request);
            self.agenda.ballots -= self.participant.cast(self.client, self.due, count).await as u64;
            if self.agenda.retries > 0 {
                self.agenda.retries -= 1;
                self.participant.repeat(self.client, Instant::now()).await;
            }
        }
    }

    async fn think(&mut self) {
        let requests_left = self.agenda.requests_left(self.per_request as u64);
        let time_left = self.until.saturating_duration_since(self.due);
        let time_max = time_left / u32::try_from(requests_left + 1).unwrap_or(u32::MAX);
        self.due += self.participant.think(self.think).min(time_max);
        sleep_until(self.due.into()).await;
    }
}
