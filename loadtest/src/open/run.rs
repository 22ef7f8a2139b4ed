//! A run of the open loop, from the first reading of the tallies to the verdict.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::SeedableRng;
use rand::rngs::SmallRng;

use super::client::Client;
use super::drive::start_each;
use super::options::{CheckOptions, OpenOptions};
use super::pace::{Arrivals, Pace, Profile};
use super::record::{Kind, Record};
use super::report::{Circumstances, Phase, Report};
use crate::check::{Verdict, check};
use crate::reader::Reader;
use crate::tallies::{self, Tallies};
use crate::target::Consultation;
use crate::voter::Voter;
use crate::watch::Watch;

/// The plan of a scenario.
pub(crate) struct Plan {
    pub(crate) scenario: &'static str,
    /// The length of the progress bar.
    pub(crate) steps: u64,
    /// Duration on a server that keeps up.
    pub(crate) seconds: f64,
    /// The one kind of request that the timeline follows, if not all.
    pub(crate) followed: Option<Kind>,
}

/// A run that is under way.
pub(crate) struct Run {
    pub(crate) consultation: Consultation,
    pub(crate) client: Arc<Client>,
    pub(crate) reader: Arc<Reader>,
    scenario: &'static str,
    connections: u32,
    pace: Pace,
    seed: u64,
    /// When it was allowed to begin, and what was done since, by name.
    began: Instant,
    phases: Vec<Phase>,
    phase_began: Instant,
}

impl Run {
    /// Opens nothing and sends nothing yet.
    pub(crate) fn new(options: &OpenOptions, plan: &Plan) -> anyhow::Result<Self> {
        let consultation = Consultation::new(&options.url, options.slug.clone());
        let survive = (options.survive > 0).then(|| Duration::from_secs(options.survive.into()));
        let reader = Arc::new(Reader::new(consultation.clone(), survive)?);
        let time_max =
            Duration::from_secs_f64(plan.seconds) + Duration::from_secs(options.overtime_seconds_max.into());
        let watch = Arc::new(Watch::start(plan.steps, time_max, survive));
        let connections = options.connections as usize;
        let client = Client::new(&consultation, connections, watch, Record::new(plan.followed));
        let began = Instant::now();
        Ok(Self {
            consultation,
            client: Arc::new(client),
            reader,
            scenario: plan.scenario,
            connections: options.connections,
            pace: options.arrivals,
            seed: options.seed,
            began,
            phases: Vec::new(),
            phase_began: began,
        })
    }

    /// The tallies before anything is sent.
    pub(crate) async fn before(&mut self) -> anyhow::Result<Tallies> {
        let before = tallies::standing_still(&self.reader).await?;
        (self.began, self.phase_began) = (Instant::now(), Instant::now());
        Ok(before)
    }

    pub(crate) fn say(&self, doing: &'static str) {
        self.client.watch.bar.set_message(doing);
    }

    /// Ends a phase, for its duration to be told.
    pub(crate) fn end_phase(&mut self, name: &'static str) {
        self.phases.push(Phase { name, seconds: self.phase_began.elapsed().as_secs_f64() });
        self.phase_began = Instant::now();
    }

    /// A generator of one of several streams, each of its own.
    pub(crate) fn random(&self, stream: u64) -> SmallRng {
        SmallRng::seed_from_u64(self.seed_of(stream))
    }

    /// The seed of one of several streams.
    pub(crate) fn seed_of(&self, stream: u64) -> u64 {
        // Streams of neighbouring seeds must not be each other's neighbours.
        self.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(stream)
    }

    /// The instants of a profile.
    pub(crate) fn arrivals(&self, profile: &Profile, stream: u64) -> Arrivals {
        Arrivals::new(profile, self.pace, self.random(stream))
    }

    /// Begins something at each instant from now on, and waits for its end.
    pub(crate) async fn start_each<F>(
        &self,
        arrivals: impl Iterator<Item = Duration>,
        begin: impl FnMut(Instant) -> F,
    ) where
        F: Future<Output = ()> + Send + 'static,
    {
        let watch = &self.client.watch;
        start_each(arrivals, Instant::now(), watch, begin).await;
        if watch.is_out_of_time() {
            watch.fail("the time was up before the last answer");
        }
    }

    /// Compares what was acknowledged with what every server counts.
    pub(crate) async fn verdict(
        &mut self,
        options: &CheckOptions,
        before: &Tallies,
        voters: &[Voter],
    ) -> anyhow::Result<Verdict> {
        self.say("checking");
        let voters = voters.iter().collect::<Vec<_>>();
        let settle_time_max = Duration::from_secs(options.settle_seconds_max.into());
        let verdict = check(&self.reader, before, &voters, options.samples as usize, settle_time_max).await?;
        self.end_phase("settled");
        Ok(verdict)
    }

    /// The figures of the run; ends its progress bar.
    pub(crate) fn report(self, check: Option<Verdict>) -> Report {
        let servers = self.consultation.servers().iter().map(|server| server.address).collect();
        let watch = &self.client.watch;
        let failure = watch.failure().map(str::to_owned);
        watch.bar.finish_and_clear();
        Report::new(
            &self.client.record(),
            Circumstances {
                scenario: self.scenario,
                servers,
                connections: self.connections,
                arrivals: self.pace.name(),
                seed: self.seed,
                whole_seconds: self.began.elapsed().as_secs_f64(),
                phases: self.phases,
            },
            check,
            failure,
        )
    }
}
