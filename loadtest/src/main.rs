//! `gd-loadtest`: load on a running server, as its voters make it. Owns the load, the record of what was
//! acknowledged and the verdict; speaks only HTTP and must know none of our crates, so that it can hold
//! any server of the same contract to its word.

mod ballots;
mod booth;
mod ceiling;
mod check;
mod chunks;
mod compare;
mod connection;
mod contract;
mod crew;
mod figures;
mod head;
mod lane;
mod load;
mod measure;
mod open;
mod opinion;
mod outcomes;
mod pages;
mod patience;
mod reader;
mod requests;
mod scenario;
mod tallies;
mod target;
mod voter;
mod watch;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::scenario::{grand_dialogue, readers, retry_storm, tv_call};

/// Load on a running consultation server of this machine, and a check of every vote it acknowledged.
#[derive(Parser)]
#[command(version, max_term_width = 100, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  GD_RATE_LIMIT=off grand-dialogue serve &
  gd-loadtest ballots --slug retraites --ballots 100000 --connections 64
  gd-loadtest ballots --slug retraites --survive   # and kill the server in the middle
  gd-loadtest ballots --slug retraites --url http://127.0.0.1:8080,http://127.0.0.1:8081
  gd-loadtest compare --slug retraites --connections 512
  gd-loadtest grand-dialogue --slug retraites --scale 0.01 --plot event.svg \\
    --moderate 'grand-dialogue proposals publish --data-dir ./data retraites'
  gd-loadtest pages --slug retraites --proposals 10000
  gd-loadtest tv-call --slug retraites --hold-seconds 60 --json call.json";

#[derive(Subcommand)]
enum Command {
    /// Casts ballots as fast as they are acknowledged, then checks that every one of them stands
    Ballots(ballots::Options),
    /// The bare handler to measure against: parses the same ballots, keeps nothing, answers
    Ceiling(ceiling::Options),
    /// The server against the ceiling, side by side under the same load; prints their ratio first
    Compare(compare::Options),
    /// The reference event in less than a minute: proposals, ballots, changes, retries and readers
    GrandDialogue(grand_dialogue::Options),
    /// Votes that rise to a rate, hold it and peak, one to a request
    TvCall(tv_call::Options),
    /// Page views at a rate, by people who do not vote
    Readers(readers::Options),
    /// What each page costs, beside an answer with nothing in it
    Pages(pages::Options),
    /// Every request two to five times, some at once, some cut off: each ballot must stand once
    RetryStorm(retry_storm::Options),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Ballots(options) => ballots::run(&options),
        Command::Ceiling(options) => ceiling::run(&options),
        Command::Compare(options) => compare::run(&options),
        Command::GrandDialogue(options) => grand_dialogue::run(&options),
        Command::TvCall(options) => tv_call::run(&options),
        Command::Readers(options) => readers::run(&options),
        Command::Pages(options) => pages::run(&options),
        Command::RetryStorm(options) => retry_storm::run(&options),
    };
    match outcome {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("gd-loadtest: {}", format!("{failure:#}").replace('\n', " "));
            ExitCode::FAILURE
        }
    }
}
