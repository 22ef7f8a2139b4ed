//! `ledger verify`, `ledger recount` and `ledger print`.

use std::io::{IsTerminal, Write, stdout};
use std::process::ExitCode;

use anyhow::bail;
use gd_domain::{ConsultationId, Poll, PollId, PollKind, Position, StaffAction, StandingBallot};
use gd_engine::{Difference, Engine, Verification};
use gd_exchange::LedgerLines;

use super::say;
use crate::cli::{Installation, Ledger};
use crate::operator;
use crate::progress::Bar;
use crate::wiring;

pub(crate) async fn run(installation: &Installation, command: Ledger) -> anyhow::Result<ExitCode> {
    let opened = wiring::open(installation).await?;
    let engine = &opened.engine;
    let code = match command {
        Ledger::Verify { consultation, poll } => verify(engine, &consultation.slug, poll.map(PollId)).await?,
        Ledger::Recount(options) => {
            recount(engine, &options.slug).await?;
            ExitCode::SUCCESS
        }
        Ledger::Print { consultation, poll, after } => {
            print(engine, &consultation.slug, poll.map(PollId), Position(after)).await?;
            ExitCode::SUCCESS
        }
    };
    opened.close().await;
    Ok(code)
}

/// Verifies every poll of a consultation, or one of them.
async fn verify(engine: &Engine, slug: &str, only: Option<PollId>) -> anyhow::Result<ExitCode> {
    let id = operator::id_of(engine, slug)?;
    let permit = operator::permit_on(engine, StaffAction::MaintainLedger, id)?;
    let polls = polls(engine, id, slug, only)?;
    let mut agrees = true;
    for poll in &polls {
        let bar = Bar::new("folding the ledger");
        let progress = &mut |done, total| bar.report(done, total);
        let verification = engine.voting().verify(&permit, poll.id, progress).await?;
        drop(bar);
        if !poll.is_first() {
            say(format_args!("poll {}, of kind {}:", poll.id, poll.kind))?;
        }
        agrees &= report(poll.kind, &verification)?;
    }
    Ok(if agrees { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The polls of a consultation, or the one of this number.
fn polls(
    engine: &Engine,
    consultation: ConsultationId,
    slug: &str,
    only: Option<PollId>,
) -> anyhow::Result<Vec<Poll>> {
    let all = engine.voting().polls_of(consultation);
    let numbers = all.iter().map(|poll| poll.id.to_string()).collect::<Vec<_>>().join(", ");
    let polls = all.into_iter().filter(|poll| only.is_none_or(|only| poll.id == only)).collect::<Vec<_>>();
    if polls.is_empty() {
        bail!("`{slug}` has no poll of this number; it has {numbers}");
    }
    Ok(polls)
}

/// Folds every poll of a consultation again.
async fn recount(engine: &Engine, slug: &str) -> anyhow::Result<()> {
    let id = operator::id_of(engine, slug)?;
    let permit = operator::permit_on(engine, StaffAction::MaintainLedger, id)?;
    for poll in engine.voting().polls_of(id) {
        let bar = Bar::new("folding the ledger");
        let progress = &mut |done, total| bar.report(done, total);
        let position = engine.voting().recount(&permit, poll.id, progress).await?;
        drop(bar);
        say(format_args!("recounted: standing ballots are a fold of the ledger up to position {position}"))?;
    }
    Ok(())
}

/// Prints what the ledger holds beyond a position at this moment.
async fn print(engine: &Engine, slug: &str, only: Option<PollId>, after: Position) -> anyhow::Result<()> {
    let consultation = operator::consultation(engine, slug)?;
    let only = only.unwrap_or_else(|| consultation.first_poll());
    let polls = polls(engine, consultation.id(), slug, Some(only))?;
    let poll = polls[0];
    let permit = operator::permit_on(engine, StaffAction::MaintainLedger, consultation.id())?;
    let head = engine.voting().ledger_head(poll.id).await?;
    if after > head {
        bail!("the ledger ends at position {head}: nothing comes after {after}");
    }
    // The lines themselves are a sign of life where they go to a terminal.
    let bar = (!stdout().is_terminal()).then(|| Bar::new("reading the ledger"));
    let lines = LedgerLines::of(&consultation.consultation, &poll);
    let mut out = stdout();
    let mut at = after;
    let mut written = out.write_all(LedgerLines::HEADER.as_bytes());
    while written.is_ok() && at < head {
        let events = engine.voting().ledger_page(&permit, poll.id, at, head).await?;
        at = events.last().map_or(head, |last| last.position);
        written = out.write_all(lines.text(&events).as_bytes());
        if let Some(bar) = &bar {
            bar.report(at.0 - after.0, head.0 - after.0);
        }
    }
    super::unless_gone(written.and_then(|()| out.flush()))
}

/// Tells what a check found; whether the ledger agrees.
fn report(kind: PollKind, verification: &Verification) -> anyhow::Result<bool> {
    let Verification { position, ballots, differences, listed } = verification;
    if *differences == 0 {
        say(format_args!("the ledger agrees: {ballots} ballots stand at position {position}"))?;
        return Ok(true);
    }
    say(format_args!(
        "{differences} differences at position {position}; `ledger recount` mends them. The first ones:"
    ))?;
    for difference in listed {
        say(describe(kind, difference))?;
    }
    Ok(false)
}

fn describe(kind: PollKind, difference: &Difference) -> String {
    let what =
        |ballot: Option<StandingBallot>| ballot.map_or("nothing".to_owned(), |ballot| word_of(kind, ballot));
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

/// The choice's word; its code where polls of this kind have no such choice.
fn word_of(kind: PollKind, ballot: StandingBallot) -> String {
    let code = ballot.opinion.code();
    kind.word_of(code).map_or_else(|| code.get().to_string(), ToOwned::to_owned)
}
