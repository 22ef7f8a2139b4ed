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
mod opinion;
mod outcomes;
mod patience;
mod reader;
mod requests;
mod tallies;
mod target;
mod voter;
mod watch;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
  gd-loadtest compare --slug retraites --connections 512";

#[derive(Subcommand)]
enum Command {
    /// Casts ballots as fast as they are acknowledged, then checks that every one of them stands
    Ballots(ballots::Options),
    /// The bare handler to measure against: parses the same ballots, keeps nothing, answers
    Ceiling(ceiling::Options),
    /// The server against the ceiling, side by side under the same load; prints their ratio first
    Compare(compare::Options),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Ballots(options) => ballots::run(&options),
        Command::Ceiling(options) => ceiling::run(&options),
        Command::Compare(options) => compare::run(&options),
    };
    match outcome {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("gd-loadtest: {}", format!("{failure:#}").replace('\n', " "));
            ExitCode::FAILURE
        }
    }
}
