//! `ledger verify`, `ledger recount` and `ledger print`.

use std::io::{IsTerminal, Write, stdout};
use std::process::ExitCode;

use anyhow::bail;
use gd_domain::{Position, StandingBallot};
use gd_engine::{Difference, Engine, Verification};
use gd_exchange::LedgerLines;

use super::say;
use crate::cli::{Installation, Ledger};
use crate::progress::Bar;
use crate::wiring;

pub(crate) async fn run(installation: &Installation, command: Ledger) -> anyhow::Result<ExitCode> {
    let opened = wiring::open(installation).await?;
    let code = match command {
        Ledger::Verify(options) => {
            let entry = super::find(&opened.engine, &options.slug)?;
            let bar = Bar::new("folding the ledger");
            let verification =
                opened.engine.verify(&entry, &mut |done, total| bar.report(done, total)).await?;
            drop(bar);
            report(&verification)?
        }
        Ledger::Recount(options) => {
            let entry = super::find(&opened.engine, &options.slug)?;
            let bar = Bar::new("folding the ledger");
            let position = opened.engine.recount(&entry, &mut |done, total| bar.report(done, total)).await?;
            drop(bar);
            say(format_args!(
                "recounted: standing ballots are a fold of the ledger up to position {position}"
            ))?;
            ExitCode::SUCCESS
        }
        Ledger::Print { consultation, after } => {
            print(&opened.engine, &consultation.slug, Position(after)).await?;
            ExitCode::SUCCESS
        }
    };
    opened.close().await;
    Ok(code)
}

/// Prints what the ledger holds beyond a position at this moment.
async fn print(engine: &Engine, slug: &str, after: Position) -> anyhow::Result<()> {
    let entry = super::find(engine, slug)?;
    let head = engine.ledger_head(&entry).await?;
    if after > head {
        bail!("the ledger ends at position {head}: nothing comes after {after}");
    }
    // The lines themselves are a sign of life where they go to a terminal.
    let bar = (!stdout().is_terminal()).then(|| Bar::new("reading the ledger"));
    let lines = LedgerLines::of(&entry.view().consultation);
    let mut out = stdout();
    let mut at = after;
    let mut written = out.write_all(LedgerLines::HEADER.as_bytes());
    while written.is_ok() && at < head {
        let events = engine.ledger_page(&entry, at, head).await?;
        at = events.last().map_or(head, |last| last.position);
        written = out.write_all(lines.text(&events).as_bytes());
        if let Some(bar) = &bar {
            bar.report(at.0 - after.0, head.0 - after.0);
        }
    }
    super::unless_gone(written.and_then(|()| out.flush()))
}

fn report(verification: &Verification) -> anyhow::Result<ExitCode> {
    let Verification { position, ballots, differences, listed } = verification;
    if *differences == 0 {
        say(format_args!("the ledger agrees: {ballots} ballots stand at position {position}"))?;
        return Ok(ExitCode::SUCCESS);
    }
    say(format_args!(
        "{differences} differences at position {position}; `ledger recount` mends them. The first ones:"
    ))?;
    for difference in listed {
        say(describe(difference))?;
    }
    Ok(ExitCode::FAILURE)
}

fn describe(difference: &Difference) -> String {
    let what = |ballot: Option<StandingBallot>| {
        ballot.map_or("nothing".to_owned(), |ballot| ballot.opinion.choice().to_string())
    };
    match *difference {
        Difference::Ballot { participant, proposal, ledger, projection } => format!(
            "  participant {} on proposal {proposal}: the ledger says {}, the standing ballots {}",
            participant.number(),
            what(ledger),
            what(projection)
        ),
        Difference::Count { proposal, ledger, counters } => {
            format!("  proposal {proposal}: the ledger counts {ledger} ballots, the counters {counters}")
        }
        Difference::Participants { ledger, counters } => {
            format!("  the ledger counts {ledger} participants, the counters {counters}")
        }
        Difference::CountersElsewhere => {
            "  the counters do not follow the standing ballots, and no server brings them up to date"
                .to_owned()
        }
        Difference::Activity { minute, ledger, counters } => format!(
            "  minute {} since 1970: the ledger counts {ledger} ballots cast, the counters {counters}",
            minute.0
        ),
    }
}
