//! A run from its first reading to its verdict; what the commands that put load on a server share.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use serde::Serialize;

use crate::check::{Verdict, check};
use crate::contract::SEQUENCE_SIZE;
use crate::crew::Crew;
use crate::lane::Drawn;
use crate::reader::Reader;
use crate::tallies::{self, Tallies};
use crate::target::{Consultation, Server, Slug};
use crate::watch::Watch;

/// The settings of every load.
#[derive(Args)]
pub(crate) struct LoadOptions {
    /// The servers, by turns, each with its own --url or separated by commas; on this machine only
    #[arg(long, value_delimiter = ',', default_value = "http://127.0.0.1:8080")]
    url: Vec<Server>,
    /// The consultation: open, with live results
    #[arg(long)]
    slug: Slug,
    /// Connections that vote at the same time
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=4_096))]
    connections: u32,
    /// Ballots in one request
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=12))]
    pub(crate) per_request: u8,
    /// Participants; with fewer than the default they draw further cards, then change their votes
    /// [default: as many as one sequence each needs]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=2_000_000))]
    participants: Option<u32>,
    /// Decides what the participants say
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Stop sending after this many seconds
    #[arg(long, default_value_t = 600, value_parser = clap::value_parser!(u32).range(1..=86_400))]
    seconds_max: u32,
    /// Participants whose own ballots are read back at the end
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    samples: u32,
    /// Seconds the tallies may take to show the last ballot
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u32).range(0..=3_600))]
    settle_seconds_max: u32,
    /// Write the figures to this file, as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
}

/// A load that is under way.
pub(crate) struct Load {
    pub(crate) consultation: Consultation,
    pub(crate) crew: Crew,
    pub(crate) watch: Arc<Watch>,
    reader: Arc<Reader>,
    before: Tallies,
    samples: usize,
    settle_time_max: Duration,
}

impl Load {
    /// Reads the tallies as they are, then starts the clock. `ballots` is what the default number of
    /// participants is for, `ballots_in_all` the length of the progress bar.
    pub(crate) async fn start(
        options: &LoadOptions,
        ballots: usize,
        ballots_in_all: u64,
        survive: Option<Duration>,
    ) -> anyhow::Result<Self> {
        let consultation = Consultation::new(&options.url, options.slug.clone());
        let reader = Arc::new(Reader::new(consultation.clone(), survive)?);
        let before = tallies::standing_still(&reader).await?;
        let connections = options.connections as usize;
        let enough = connections * ballots.div_ceil(connections).div_ceil(SEQUENCE_SIZE);
        let participants = options.participants.map_or(enough, |participants| participants as usize);
        let crew = Crew::new(participants, connections, usize::from(options.per_request), options.seed);
        let time_max = Duration::from_secs(options.seconds_max.into());
        let watch = Arc::new(Watch::start(ballots_in_all, time_max, survive));
        let settle_time_max = Duration::from_secs(options.settle_seconds_max.into());
        let samples = options.samples as usize;
        Ok(Self { consultation, crew, watch, reader, before, samples, settle_time_max })
    }

    /// Draws cards for all participants who have none left.
    pub(crate) async fn draw(&mut self) -> Drawn {
        self.watch.bar.set_message("drawing cards");
        let drawn = self.crew.draw(&self.reader, &self.watch).await;
        self.watch.bar.set_message("casting");
        drawn
    }

    /// Whether every acknowledged ballot stands.
    pub(crate) async fn verdict(&self) -> anyhow::Result<Verdict> {
        self.watch.bar.set_message("checking");
        let voters = self.crew.voters().collect::<Vec<_>>();
        check(&self.reader, &self.before, &voters, self.samples, self.settle_time_max).await
    }
}

/// Runs a command's work on a runtime of its own.
pub(crate) fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

/// The same on this thread alone: cheaper where requests are many and small, and the server wants the others.
pub(crate) fn block_on_one_thread<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}

/// Writes figures as JSON.
pub(crate) fn write_json(path: &Path, figures: &impl Serialize) -> anyhow::Result<()> {
    let file = File::create(path).with_context(|| format!("{} cannot be written", path.display()))?;
    serde_json::to_writer_pretty(file, figures)?;
    Ok(())
}
