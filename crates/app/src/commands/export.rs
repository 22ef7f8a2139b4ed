//! `export`: a consultation's open data.

use std::convert::Infallible;

use gd_domain::{StaffAction, StandingBallot};
use gd_engine::VotesOnRecord;
use gd_exchange::{ExportCounts, OpenDataSink, OpenDataWriter, ParquetWriter, WriteError};

use super::say;
use crate::cli::{Export, ExportFormat, Installation};
use crate::operator;
use crate::progress::Bar;
use crate::wiring;

pub(crate) async fn run(installation: &Installation, options: &Export) -> anyhow::Result<()> {
    let opened = wiring::open(installation).await?;
    let engine = &opened.engine;
    let id = operator::id_of(engine, &options.slug)?;
    let permit = operator::permit_on(engine, StaffAction::Export, id)?;
    let exported = {
        let bar = Bar::new("reading the ledger");
        let write = |votes: &VotesOnRecord| write_files(votes, options);
        engine.results().export(&permit, id, &mut |done, total| bar.report(done, total), write).await?
    };
    say(format_args!(
        "{} proposals and {} ballots of {} participants are in {}",
        exported.proposals,
        exported.ballots,
        exported.participants,
        options.out.display()
    ))?;
    opened.close().await;
    Ok(())
}

fn write_files(votes: &VotesOnRecord, options: &Export) -> anyhow::Result<ExportCounts> {
    let bar = Bar::new("writing ballots");
    let total = u64::try_from(votes.ballots.len()).unwrap_or(u64::MAX);
    let ballots = (1..).zip(votes.ballots.values()).map(|(written, ballot)| {
        if written % 1_024 == 0 {
            bar.report(written, total);
        }
        Ok::<_, Infallible>(*ballot)
    });
    let (out, consultation, proposals) = (&options.out, &votes.consultation, &votes.proposals);
    Ok(match options.format {
        ExportFormat::Csv => write(OpenDataWriter::create(out, consultation, proposals)?, ballots, votes)?,
        ExportFormat::Parquet => write(ParquetWriter::create(out, consultation, proposals)?, ballots, votes)?,
        ExportFormat::Polis => gd_exchange::write_polis(out, consultation, proposals, ballots)?,
    })
}

/// Ballots first: who has none is not among the answers.
fn write(
    mut sink: impl OpenDataSink,
    ballots: impl Iterator<Item = Result<StandingBallot, Infallible>>,
    votes: &VotesOnRecord,
) -> Result<ExportCounts, WriteError> {
    sink.ballots(ballots)?;
    for (&number, &times) in &votes.exposures {
        sink.exposures(number, times)?;
    }
    for (&participant, answers) in &votes.answers {
        sink.answers(participant, answers)?;
    }
    sink.finish()
}
