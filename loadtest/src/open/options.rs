//! Options of every scenario of the open loop.

use std::path::PathBuf;

use clap::Args;

use super::pace::Pace;
use crate::target::{Server, Slug};

/// Where the load goes, and how.
#[derive(Args)]
pub(crate) struct OpenOptions {
    /// The servers, by turns, each with its own --url or separated by commas; on this machine only
    #[arg(long, value_delimiter = ',', default_value = "http://127.0.0.1:8080")]
    pub(crate) url: Vec<Server>,
    /// The consultation: open, with live results
    #[arg(long)]
    pub(crate) slug: Slug,
    /// Connections, each for one request at a time; requests that are due wait for a free one
    #[arg(long, default_value_t = 256, value_parser = clap::value_parser!(u32).range(1..=4_096))]
    pub(crate) connections: u32,
    /// How arrivals follow one another
    #[arg(long, value_enum, default_value_t = Pace::Poisson)]
    pub(crate) arrivals: Pace,
    /// Decides who comes when, and says what
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Keep repeating a request for this long when its server goes away; 0 for not at all
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u32).range(0..=600))]
    pub(crate) survive: u32,
    /// How long answers may take after the last arrival before the run is over
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u32).range(1..=3_600))]
    pub(crate) overtime_seconds_max: u32,
    /// Write the figures to this file, as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
    /// Draw rates and latencies over time to this file, as SVG
    #[arg(long, value_name = "FILE")]
    pub(crate) plot: Option<PathBuf>,
}

/// The check of acknowledged ballots.
#[derive(Args)]
pub(crate) struct CheckOptions {
    /// Participants whose own ballots are read back at the end
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub(crate) samples: u32,
    /// Seconds the tallies may take to show the last ballot
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u32).range(0..=3_600))]
    pub(crate) settle_seconds_max: u32,
}
