//! One file a command: what it does, in the order a person sees it happen.

mod analyze;
mod audit;
mod consultation;
mod demo;
mod export;
mod import;
mod ledger;
mod proposals;
mod serve;

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use anyhow::Context;

use crate::cli::{Cli, Command};

/// Runs the command.
pub(crate) async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let installation = cli.installation;
    match cli.command {
        Command::Serve(options) => serve::run(&installation, &options).await?,
        Command::Demo(options) => demo::run(&options).await?,
        Command::Import(options) => import::run(&installation, options).await?,
        Command::Analyze(options) => analyze::run(&installation, &options).await?,
        Command::Export(options) => export::run(&installation, &options).await?,
        Command::Ledger(command) => return ledger::run(&installation, command).await,
        Command::Consultation(command) => consultation::run(&installation, command).await?,
        Command::Proposals(command) => proposals::run(&installation, command).await?,
        Command::Audit(command) => return audit::run(&installation, command).await,
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes a line on stdout.
fn say(line: impl std::fmt::Display) -> anyhow::Result<()> {
    unless_gone(writeln!(std::io::stdout(), "{line}"))
}

/// The result of writing on stdout. A reader that has gone away (`| head`) is no failure; a full disk is.
fn unless_gone(written: std::io::Result<()>) -> anyhow::Result<()> {
    match written {
        Err(failure) if failure.kind() != ErrorKind::BrokenPipe => {
            Err(failure).context("the output cannot be written")
        }
        _ => Ok(()),
    }
}
