//! Writes `ballots.parquet`, `proposals.parquet`, `exposures.parquet` and `answers.parquet`.

use std::error::Error;
use std::iter;
use std::path::Path;

use gd_domain::{Consultation, ItemNumber, Proposal, Slug, StandingBallot};
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::schema::parser::parse_message_type;

use crate::export_folder::WholeFile;
use crate::open_data::{Export, ExportFiles, write};
use crate::{ExportCounts, FileError, WriteError};

use super::new_file::{NewFile, Texts, column};
use super::row_groups::{AnswerRows, BallotRows};
use super::source::Source;
use super::{
    ANSWERS, ANSWERS_SCHEMA, BALLOTS, BALLOTS_SCHEMA, EXPOSURES, EXPOSURES_SCHEMA, PROPOSALS,
    PROPOSALS_SCHEMA, is_parquet,
};

/// Writes a consultation's open data into a folder as Parquet, ballot by ballot, in any order.
///
/// The files hold the rows that [`crate::write_open_data`] writes as CSV. The same rules hold for the folder.
///
/// # Errors
/// [`WriteError`]; then no file is written.
pub fn write_parquet<E: Into<Box<dyn Error + Send + Sync>>>(
    dir: &Path,
    consultation: &Consultation,
    proposals: &[Proposal],
    ballots: impl IntoIterator<Item = Result<StandingBallot, E>>,
) -> Result<ExportCounts, WriteError> {
    write::<ParquetFiles<'_>, E>(dir, consultation, proposals, ballots)
}

/// [`write_parquet`] for a caller who hands the ballots over one by one.
pub type ParquetWriter<'a> = Export<'a, ParquetFiles<'a>>;

/// The files of an export as Parquet.
pub struct ParquetFiles<'a> {
    ballot_rows: BallotRows<'a>,
    exposure_rows: Vec<(ItemNumber, u64)>,
    answer_rows: AnswerRows,
    ballots: NewFile,
    proposals: NewFile,
    exposures: NewFile,
    answers: NewFile,
}

impl<'a> ExportFiles<'a> for ParquetFiles<'a> {
    const NAMES: [&'static str; 4] = [BALLOTS, PROPOSALS, EXPOSURES, ANSWERS];

    /// The columns are ours alone, so a file that has them was exported.
    fn are_ours(dir: &Path) -> bool {
        let schemas = [BALLOTS_SCHEMA, PROPOSALS_SCHEMA, EXPOSURES_SCHEMA, ANSWERS_SCHEMA];
        iter::zip(Self::NAMES, schemas).all(|(name, schema)| {
            let path = dir.join(name);
            !path.exists()
                || is_parquet(&path) && Source::open(&path).is_ok_and(|source| has_columns(&source, schema))
        })
    }

    fn create(dir: &Path, proposals: &[Proposal]) -> Result<Self, FileError> {
        Ok(Self {
            ballot_rows: BallotRows::default(),
            exposure_rows: Vec::new(),
            answer_rows: AnswerRows::default(),
            ballots: NewFile::create(dir, BALLOTS, BALLOTS_SCHEMA)?,
            proposals: write_proposals(NewFile::create(dir, PROPOSALS, PROPOSALS_SCHEMA)?, proposals)?,
            exposures: NewFile::create(dir, EXPOSURES, EXPOSURES_SCHEMA)?,
            answers: NewFile::create(dir, ANSWERS, ANSWERS_SCHEMA)?,
        })
    }

    fn ballot(
        &mut self,
        participant: i64,
        audience: &'a str,
        ballot: &StandingBallot,
    ) -> Result<(), FileError> {
        self.ballot_rows.push(participant, audience, ballot);
        if self.ballot_rows.is_full() { self.ballot_rows.write(&mut self.ballots) } else { Ok(()) }
    }

    fn exposures(&mut self, number: ItemNumber, shown: u64) -> Result<(), FileError> {
        self.exposure_rows.push((number, shown));
        Ok(())
    }

    fn answer(&mut self, participant: i64, question: &Slug, answer: &Slug) -> Result<(), FileError> {
        self.answer_rows.push(participant, question, answer);
        if self.answer_rows.is_full() { self.answer_rows.write(&mut self.answers) } else { Ok(()) }
    }

    fn finish(mut self) -> Result<[WholeFile; 4], FileError> {
        self.ballot_rows.write(&mut self.ballots)?;
        let numbers: Vec<i32> = self.exposure_rows.iter().map(|(number, _)| number.0.cast_signed()).collect();
        let shown: Vec<i64> = self.exposure_rows.iter().map(|(_, shown)| shown.cast_signed()).collect();
        self.exposures.group(|group| {
            column::<Int32Type>(group, &numbers, None)?;
            column::<Int64Type>(group, &shown, None)
        })?;
        self.answer_rows.write(&mut self.answers)?;
        Ok([
            self.ballots.finish()?,
            self.proposals.finish()?,
            self.exposures.finish()?,
            self.answers.finish()?,
        ])
    }
}

fn write_proposals(mut file: NewFile, proposals: &[Proposal]) -> Result<NewFile, FileError> {
    let numbers: Vec<i32> = proposals.iter().map(|one| one.number.0.cast_signed()).collect();
    let texts: Vec<ByteArray> = proposals.iter().map(|one| one.text.as_str().into()).collect();
    let statuses: Vec<ByteArray> = proposals.iter().map(|one| one.status.as_str().into()).collect();
    let named = |name: fn(&Proposal) -> Option<&Slug>| {
        proposals.iter().map(|one| name(one).map_or("", Slug::as_str)).collect::<Texts>()
    };
    file.group(|group| {
        column::<Int32Type>(group, &numbers, None)?;
        column::<ByteArrayType>(group, &texts, None)?;
        column::<ByteArrayType>(group, &statuses, None)?;
        named(|one| one.theme.as_ref()).write(group)?;
        named(|one| one.idea.as_ref()).write(group)
    })?;
    Ok(file)
}

fn has_columns(source: &Source, schema: &str) -> bool {
    let schema = parse_message_type(schema).expect("the schemas here are well formed");
    iter::zip(source.names(), schema.get_fields()).all(|(found, field)| found == field.name())
        && source.names().len() == schema.get_fields().len()
}
