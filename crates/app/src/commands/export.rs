//! `export`: a consultation's open data.

use std::convert::Infallible;

use gd_exchange::{OpenDataWriter, ParquetWriter};

use super::say;
use crate::cli::{Export, ExportFormat, Installation};
use crate::progress::Bar;
use crate::wiring;

pub(crate) async fn run(installation: &Installation, options: &Export) -> anyhow::Result<()> {
    let opened = wiring::open(installation).await?;
    let engine = &opened.engine;
    let entry = super::find(engine, &options.slug)?;
    let votes = {
        let bar = Bar::new("reading the ledger");
        engine.votes_on_record(&entry, &mut |done, total| bar.report(done, total)).await?
    };
    let bar = Bar::new("writing ballots");
    let total = u64::try_from(votes.ballots.len()).unwrap_or(u64::MAX);
    let ballots = (1..).zip(votes.ballots.values()).map(|(written, ballot)| {
        if written % 1_024 == 0 {
            bar.report(written, total);
        }
        Ok::<_, Infallible>(*ballot)
    });
    let (out, consultation, proposals) = (&options.out, &votes.consultation, &votes.proposals);
    let exported = match options.format {
        ExportFormat::Csv => {
            let mut writer = OpenDataWriter::create(out, consultation, proposals)?;
            for ballot in ballots {
                let Ok(ballot) = ballot;
                writer.ballot(&ballot)?;
            }
            for (&number, &times) in &votes.exposures {
                writer.exposures(number, times)?;
            }
            for (&participant, answers) in &votes.answers {
                writer.answers(participant, answers)?;
            }
            writer.finish()?
        }
        ExportFormat::Parquet => {
            let mut writer = ParquetWriter::create(out, consultation, proposals)?;
            for ballot in ballots {
                let Ok(ballot) = ballot;
                writer.ballot(&ballot)?;
            }
            for (&number, &times) in &votes.exposures {
                writer.exposures(number, times)?;
            }
            for (&participant, answers) in &votes.answers {
                writer.answers(participant, answers)?;
            }
            writer.finish()?
        }
        ExportFormat::Polis => gd_exchange::write_polis(out, consultation, proposals, ballots)?,
    };
    drop(bar);
    say(format_args!(
        "{} proposals and {} ballots of {} participants are in {}",
        exported.proposals,
        exported.ballots,
        exported.participants,
        out.display()
    ))?;
    opened.close().await;
    Ok(())
}
