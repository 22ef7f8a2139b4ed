//! `grand-dialogue`: the one executable. Owns the command line, the configuration and the wiring of
//! adapters; everything else it asks of the other crates.

mod analysis;
mod cli;
mod clock;
mod commands;
mod consultation_file;
mod demo;
mod jobs;
mod logs;
mod memory;
mod operator;
mod progress;
mod settings;
mod wiring;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    if matches!(cli.command, cli::Command::Serve(_) | cli::Command::Demo(_)) {
        memory::keep_small();
    }
    logs::start(&cli.command);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(failure) => return report(&failure.into()),
    };
    match runtime.block_on(commands::run(cli)) {
        Ok(code) => code,
        Err(failure) => report(&failure),
    }
}

/// Exit code 1 with a one-line reason.
fn report(failure: &anyhow::Error) -> ExitCode {
    eprintln!("grand-dialogue: {}", format!("{failure:#}").replace('\n', " "));
    ExitCode::FAILURE
}
