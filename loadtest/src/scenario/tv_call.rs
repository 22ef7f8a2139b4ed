//! `gd-loadtest tv-call`: a presenter calls on everybody to vote, now. Votes are due at a rate that rises,
//! holds, peaks and holds; each is cast by the participant who has held a card for longest; one without cards makes
//! room for somebody new.

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use clap::Args;

use crate::load::block_on_one_thread;
use crate::open::{
    CheckOptions, Client, Kind, OpenOptions, Participant, Plan, Profile, Report, Roll, Run, Stock,
};
use crate::voter::Voter;

/// The call.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    open: OpenOptions,
    #[command(flatten)]
    check: CheckOptions,
    /// Votes a second once everybody is there, one to a request
    #[arg(long, default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(1..=50_000))]
    rate: u32,
    /// Seconds it takes to get there, from none
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(0..=3_600))]
    rise_seconds: u32,
    /// Seconds it is held, the peak in their middle not included
    #[arg(long, default_value_t = 600, value_parser = clap::value_parser!(u32).range(0..=7_000))]
    hold_seconds: u32,
    /// Votes a second at the peak
    #[arg(long, default_value_t = 5_000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    peak_rate: u32,
    /// How long the peak lasts
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(0..=3_600))]
    peak_seconds: u32,
    /// Participants who hold cards at the same time: this many over the rate is what each takes to think
    #[arg(long, default_value_t = 4_000, value_parser = clap::value_parser!(u32).range(1..=200_000))]
    crowd: u32,
    /// Seconds in which they arrive, before the call
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=3_600))]
    arrival_seconds: u32,
}

/// Casts, checks, prints; the exit code is 1 when a vote differs, went unanswered or met 5xx.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let report = block_on_one_thread(work(options))?;
    let code = report.conclude(&options.open)?;
    report.ensure_all_answered()?;
    Ok(code)
}

async fn work(options: &Options) -> anyhow::Result<Report> {
    let profile = options.profile();
    let arrival_seconds = f64::from(options.arrival_seconds);
    let seconds = arrival_seconds + profile.seconds();
    let steps = options.votes();
    let plan = Plan { scenario: "tv-call", steps, seconds, followed: Some(Kind::Cast) };
    let mut run = Run::new(&options.open, &plan)?;
    let before = run.before().await?;
    let crowd = Arc::new(Crowd::new(Arc::clone(&run.client), run.seed_of(1)));

    run.say("arriving");
    let arrival = Profile::constant(f64::from(options.crowd) / arrival_seconds, f64::INFINITY);
    let arrivals = run.arrivals(&arrival, 2).take(options.crowd as usize);
    run.start_each(arrivals, |due| Arc::clone(&crowd).arrive(due)).await;
    run.end_phase("arriving");

    run.say("voting");
    run.client.record().begin(Instant::now());
    run.start_each(run.arrivals(&profile, 0), |due| Arc::clone(&crowd).vote(due)).await;
    run.end_phase("voting");

    let voters = crowd.disperse();
    let check = run.verdict(&options.check, &before, &voters).await?;
    Ok(run.report(Some(check)))
}

impl Options {
    fn profile(&self) -> Profile {
        let (rate, half) = (f64::from(self.rate), f64::from(self.hold_seconds) / 2.0);
        let (peak_rate, peak_seconds) = (f64::from(self.peak_rate), f64::from(self.peak_seconds));
        let risen = Profile::starting_at(0.0).until(self.rise_seconds.into(), rate).until(half, rate);
        risen.jump(peak_rate).until(peak_seconds, peak_rate).jump(rate).until(half, rate)
    }

    /// About how many votes that makes.
    fn votes(&self) -> u64 {
        let [rate, rise, hold, peak_rate, peak] =
            [self.rate, self.rise_seconds, self.hold_seconds, self.peak_rate, self.peak_seconds]
                .map(u64::from);
        rate * rise / 2 + rate * hold + peak_rate * peak
    }
}

/// Everybody who has cards, in the order they will vote.
struct Crowd {
    client: Arc<Client>,
    ready: Stock<Participant>,
    gone: Roll,
    /// The seed of the next to come.
    seed: AtomicU64,
}

impl Crowd {
    fn new(client: Arc<Client>, seed: u64) -> Self {
        Self { client, ready: Stock::new([]), gone: Roll::default(), seed: AtomicU64::new(seed) }
    }

    /// Somebody who is there before the call draws cards, and keeps from one of them to all, evenly over the
    /// crowd, as if the others were voted on. Else everybody would need new cards at the same time.
    async fn arrive(self: Arc<Self>, due: Instant) {
        let place = self.seed.load(Ordering::Relaxed);
        let Some(mut participant) = self.with_cards(due).await else { return };
        let cards = participant.voter.votes.len() as u64;
        participant.voter.keep_cards(1 + usize::try_from(place % cards).expect("less than a sequence"));
        self.ready.put(participant);
    }

    /// Somebody new comes.
    async fn join(self: Arc<Self>, due: Instant) {
        if let Some(participant) = self.with_cards(due).await {
            self.ready.put(participant);
        }
    }

    /// Somebody new draws cards.
    async fn with_cards(&self, due: Instant) -> Option<Participant> {
        let mut participant = Participant::new(None, self.seed.fetch_add(1, Ordering::Relaxed), false);
        if participant.draw(&self.client, due).await {
            return Some(participant);
        }
        if !self.client.watch.is_over() && participant.voter.cookie.is_some() {
            self.client.watch.fail("the server shows no proposal to vote on");
        }
        None
    }

    /// The participant who has held a card for longest votes.
    async fn vote(self: Arc<Self>, due: Instant) {
        let Some(mut participant) = self.client.take_in_time(&self.ready).await else {
            // Nobody had a card until the time was up: a vote that was due and never cast.
            self.client.record().offered(Kind::Cast, due);
            return;
        };
        participant.cast(&self.client, due, 1).await;
        if participant.can_cast() {
            self.ready.put(participant);
        } else {
            self.gone.enter(participant);
            self.join(Instant::now()).await;
        }
    }

    /// Lets everybody leave. Returns the voters.
    fn disperse(&self) -> Vec<Voter> {
        for participant in self.ready.take_all() {
            self.gone.enter(participant);
        }
        self.gone.take()
    }
}
