//! Writes `ballots.parquet`, `proposals.parquet`, `exposures.parquet` and `answers.parquet`.

use std::error::Error;
use std::fs::File;
use std::iter;
use std::path::Path;
use std::sync::Arc;

use gd_domain::{Answers, Consultation, ParticipantId, Proposal, ProposalNumber, Slug, StandingBallot};
use parquet::basic::{Compression, Encoding};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;

use crate::export_folder::{self, Place, WholeFile};
use crate::open_data::Publication;
use crate::{Exported, FileError, OpenDataSink, WriteError};

use super::source::Source;
use super::{
    ANSWERS, ANSWERS_SCHEMA, BALLOTS, BALLOTS_SCHEMA, EXPOSURES, EXPOSURES_SCHEMA, PROPOSALS,
    PROPOSALS_SCHEMA, is_parquet,
};

/// Ballots of a row group: what is held while writing, and again by each thread that reads.
const GROUP_ROWS: usize = 1 << 20;

/// Writes a consultation's open data into a folder as Parquet, ballot by ballot, in any order.
///
/// The files hold what [`crate::write_open_data`] writes as CSV, and folders are treated alike.
///
/// # Errors
/// [`WriteError`]; then no file is written.
pub fn write_parquet<E: Into<Box<dyn Error + Send + Sync>>>(
    dir: &Path,
    consultation: &Consultation,
    proposals: &[Proposal],
    ballots: impl IntoIterator<Item = Result<StandingBallot, E>>,
) -> Result<Exported, WriteError> {
    let mut writer = ParquetWriter::create(dir, consultation, proposals)?;
    writer.ballots(ballots)?;
    writer.finish()
}

/// [`write_parquet`] for a caller who hands the ballots over one by one.
pub struct ParquetWriter<'a> {
    publication: Publication<'a>,
    rows: Rows<'a>,
    shown: Vec<(ProposalNumber, u64)>,
    answered: Answered,
    ballots: NewFile,
    proposals: NewFile,
    exposures: NewFile,
    answers: NewFile,
}

impl<'a> ParquetWriter<'a> {
    /// Opens the export and writes the proposals.
    ///
    /// # Errors
    /// As [`write_parquet`].
    pub fn create(
        dir: &Path,
        consultation: &'a Consultation,
        proposals: &[Proposal],
    ) -> Result<Self, WriteError> {
        export_folder::prepare(dir, &[BALLOTS, PROPOSALS, EXPOSURES, ANSWERS], is_our_export)?;
        let publication = Publication::of(consultation, proposals)?;
        Ok(Self {
            publication,
            rows: Rows::default(),
            shown: Vec::new(),
            answered: Answered::default(),
            ballots: NewFile::create(dir, BALLOTS, BALLOTS_SCHEMA)?,
            proposals: write_proposals(NewFile::create(dir, PROPOSALS, PROPOSALS_SCHEMA)?, proposals)?,
            exposures: NewFile::create(dir, EXPOSURES, EXPOSURES_SCHEMA)?,
            answers: NewFile::create(dir, ANSWERS, ANSWERS_SCHEMA)?,
        })
    }
}

impl OpenDataSink for ParquetWriter<'_> {
    fn ballot(&mut self, ballot: &StandingBallot) -> Result<(), WriteError> {
        let (participant, audience) = self.publication.ballot(ballot)?;
        self.rows.push(participant, audience, ballot);
        if self.rows.proposal.len() >= GROUP_ROWS {
            self.rows.write(&mut self.ballots)?;
        }
        Ok(())
    }

    fn exposures(&mut self, number: ProposalNumber, shown: u64) -> Result<(), WriteError> {
        self.publication.check(number)?;
        self.shown.push((number, shown));
        Ok(())
    }

    fn answers(&mut self, participant: ParticipantId, answers: &Answers) -> Result<(), WriteError> {
        let Some(number) = self.publication.number_of(participant) else { return Ok(()) };
        for (question, answer) in &answers.0 {
            self.answered.participant.push(number);
            self.answered.question.push(question.as_str().into());
            self.answered.answer.push(answer.as_str().into());
        }
        if self.answered.participant.len() >= GROUP_ROWS {
            self.answered.write(&mut self.answers)?;
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Exported, WriteError> {
        self.rows.write(&mut self.ballots)?;
        let numbers: Vec<i32> = self.shown.iter().map(|(number, _)| number.0.cast_signed()).collect();
        let times: Vec<i64> = self.shown.iter().map(|(_, times)| times.cast_signed()).collect();
        self.exposures.group(|group| {
            column::<Int32Type>(group, &numbers, None)?;
            column::<Int64Type>(group, &times, None)
        })?;
        self.answered.write(&mut self.answers)?;
        export_folder::put_in_place([
            self.ballots.finish()?,
            self.proposals.finish()?,
            self.exposures.finish()?,
            self.answers.finish()?,
        ])?;
        Ok(self.publication.exported())
    }
}

/// Ballots of the next row group.
#[derive(Default)]
struct Rows<'a> {
    participant: Vec<i64>,
    proposal: Vec<i32>,
    choice: Vec<ByteArray>,
    qualifications: Texts,
    audience: Vec<&'a str>,
    channel: Vec<ByteArray>,
    cast_at: Vec<i64>,
}

impl<'a> Rows<'a> {
    fn push(&mut self, participant: i64, audience: &'a str, ballot: &StandingBallot) {
        self.participant.push(participant);
        self.proposal.push(ballot.proposal.0.cast_signed());
        self.choice.push(ballot.opinion.choice().as_str().into());
        self.qualifications.push(&ballot.opinion.qualifications().to_string());
        self.audience.push(audience);
        self.channel.push(ballot.channel.as_str().into());
        self.cast_at.push(ballot.cast_at.as_millis());
    }

    /// Writes the rows as a group and forgets them.
    fn write(&mut self, file: &mut NewFile) -> Result<(), FileError> {
        if self.proposal.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(self);
        file.group(|group| {
            column::<Int64Type>(group, &rows.participant, None)?;
            column::<Int32Type>(group, &rows.proposal, None)?;
            column::<ByteArrayType>(group, &rows.choice, None)?;
            rows.qualifications.write(group)?;
            rows.audience.into_iter().collect::<Texts>().write(group)?;
            column::<ByteArrayType>(group, &rows.channel, None)?;
            column::<Int64Type>(group, &rows.cast_at, None)
        })
    }
}

/// Answers of the next row group.
#[derive(Default)]
struct Answered {
    participant: Vec<i64>,
    question: Vec<ByteArray>,
    answer: Vec<ByteArray>,
}

impl Answered {
    /// Writes the rows as a group and forgets them.
    fn write(&mut self, file: &mut NewFile) -> Result<(), FileError> {
        let rows = std::mem::take(self);
        file.group(|group| {
            column::<Int64Type>(group, &rows.participant, None)?;
            column::<ByteArrayType>(group, &rows.question, None)?;
            column::<ByteArrayType>(group, &rows.answer, None)
        })
    }
}

/// Texts of which the empty ones are null.
#[derive(Default)]
struct Texts {
    levels: Vec<i16>,
    values: Vec<ByteArray>,
}

impl Texts {
    fn push(&mut self, text: &str) {
        self.levels.push(i16::from(!text.is_empty()));
        if !text.is_empty() {
            self.values.push(text.into());
        }
    }

    fn write(self, group: &mut SerializedRowGroupWriter<'_, File>) -> Result<(), ParquetError> {
        column::<ByteArrayType>(group, &self.values, Some(&self.levels))
    }
}

impl<'t> FromIterator<&'t str> for Texts {
    fn from_iter<I: IntoIterator<Item = &'t str>>(texts: I) -> Self {
        let mut all = Self::default();
        texts.into_iter().for_each(|text| all.push(text));
        all
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

/// Writes the next column of a row group.
fn column<D: DataType>(
    group: &mut SerializedRowGroupWriter<'_, File>,
    values: &[D::T],
    levels: Option<&[i16]>,
) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else {
        return Err(ParquetError::General("more columns than the schema has".to_owned()));
    };
    column.typed::<D>().write_batch(values, levels, None)?;
    column.close()
}

/// A Parquet file being written.
struct NewFile {
    writer: SerializedFileWriter<File>,
    place: Place,
}

impl NewFile {
    fn create(dir: &Path, name: &str, schema: &str) -> Result<Self, FileError> {
        let (file, place) = Place::create(dir, name)?;
        let schema = parse_message_type(schema).expect("the schemas here are well formed");
        let writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties()))
            .map_err(|error| unwritable(&place, &error))?;
        Ok(Self { writer, place })
    }

    /// Writes a row group.
    fn group(
        &mut self,
        write: impl FnOnce(&mut SerializedRowGroupWriter<'_, File>) -> Result<(), ParquetError>,
    ) -> Result<(), FileError> {
        let group = self.writer.next_row_group().and_then(|mut group| {
            write(&mut group)?;
            group.close()
        });
        group.map(|_| ()).map_err(|error| unwritable(&self.place, &error))
    }

    /// Puts all of it on disk.
    fn finish(self) -> Result<WholeFile, FileError> {
        let file = self.writer.into_inner().map_err(|error| unwritable(&self.place, &error))?;
        file.sync_all().map_err(|error| FileError::unwritable(&self.place.path, &error))?;
        Ok(WholeFile(self.place))
    }
}

/// Numbers that grow from row to row as differences, words by their place in a dictionary: a few bytes a ballot.
fn properties() -> WriterProperties {
    let differences = ["participant", "proposal", "cast_at", "number", "shown"].map(ColumnPath::from);
    let builder = WriterProperties::builder()
        .set_created_by("grand-dialogue".to_owned())
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_max_row_group_row_count(None)
        .set_compression(Compression::SNAPPY);
    let builder = differences.into_iter().fold(builder, |builder, column| {
        builder
            .set_column_dictionary_enabled(column.clone(), false)
            .set_column_compression(column.clone(), Compression::UNCOMPRESSED)
            .set_column_encoding(column, Encoding::DELTA_BINARY_PACKED)
    });
    builder.build()
}

fn unwritable(place: &Place, error: &ParquetError) -> FileError {
    FileError::unwritable(&place.path, &std::io::Error::other(crate::row::one_line(&error.to_string())))
}

/// Our columns are ours alone, so a file that has them was exported.
fn is_our_export(dir: &Path) -> bool {
    let files = [
        (BALLOTS, BALLOTS_SCHEMA),
        (PROPOSALS, PROPOSALS_SCHEMA),
        (EXPOSURES, EXPOSURES_SCHEMA),
        (ANSWERS, ANSWERS_SCHEMA),
    ];
    files.into_iter().all(|(name, schema)| {
        let path = dir.join(name);
        !path.exists()
            || is_parquet(&path) && Source::open(&path).is_ok_and(|source| has_columns(&source, schema))
    })
}

fn has_columns(source: &Source, schema: &str) -> bool {
    let schema = parse_message_type(schema).expect("the schemas here are well formed");
    iter::zip(source.names(), schema.get_fields()).all(|(found, field)| found == field.name())
        && source.names().len() == schema.get_fields().len()
}
