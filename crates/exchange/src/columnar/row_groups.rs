//! Row groups of `ballots.parquet` and `answers.parquet`, gathered column by column.

use gd_domain::{Slug, StandingBallot};
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};

use crate::FileError;

use super::new_file::{NewFile, Texts, column};

/// Rows of a row group: the writer holds as many in memory, and so does each thread that reads.
const GROUP_ROWS: usize = 1 << 20;

/// Ballots of the next row group.
#[derive(Default)]
pub(super) struct BallotRows<'a> {
    participant: Vec<i64>,
    proposal: Vec<i32>,
    choice: Vec<ByteArray>,
    qualifications: Texts,
    audience: Vec<&'a str>,
    channel: Vec<ByteArray>,
    cast_at: Vec<i64>,
}

impl<'a> BallotRows<'a> {
    pub(super) fn push(&mut self, participant: i64, audience: &'a str, ballot: &StandingBallot) {
        self.participant.push(participant);
        self.proposal.push(ballot.proposal.0.cast_signed());
        self.choice.push(ballot.opinion.choice().as_str().into());
        self.qualifications.push(&ballot.opinion.qualifications().to_string());
        self.audience.push(audience);
        self.channel.push(ballot.channel.as_str().into());
        self.cast_at.push(ballot.cast_at.as_millis());
    }

    pub(super) fn is_full(&self) -> bool {
        self.proposal.len() >= GROUP_ROWS
    }

    /// Writes the rows as a group and forgets them.
    pub(super) fn write(&mut self, file: &mut NewFile) -> Result<(), FileError> {
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
pub(super) struct AnswerRows {
    participant: Vec<i64>,
    question: Vec<ByteArray>,
    answer: Vec<ByteArray>,
}

impl AnswerRows {
    pub(super) fn push(&mut self, participant: i64, question: &Slug, answer: &Slug) {
        self.participant.push(participant);
        self.question.push(question.as_str().into());
        self.answer.push(answer.as_str().into());
    }

    pub(super) fn is_full(&self) -> bool {
        self.participant.len() >= GROUP_ROWS
    }

    /// Writes the rows as a group and forgets them.
    pub(super) fn write(&mut self, file: &mut NewFile) -> Result<(), FileError> {
        let rows = std::mem::take(self);
        file.group(|group| {
            column::<Int64Type>(group, &rows.participant, None)?;
            column::<ByteArrayType>(group, &rows.question, None)?;
            column::<ByteArrayType>(group, &rows.answer, None)
        })
    }
}
