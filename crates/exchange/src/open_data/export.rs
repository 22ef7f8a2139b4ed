//! An export of the open data: the steps that every format takes.

use std::error::Error;
use std::path::Path;

use gd_domain::{Answers, Consultation, ItemNumber, ParticipantId, Proposal, Slug, StandingBallot};

use crate::export_folder::{self, WholeFile};
use crate::{ExportCounts, FileError, WriteError};

use super::publication::Publication;

/// An export of a consultation's open data that takes ballots in any order. Dropped before
/// [`OpenDataSink::finish`], it leaves no file.
pub trait OpenDataSink: Sized {
    /// Writes one ballot.
    ///
    /// # Errors
    /// [`WriteError`]; then no file is written, here as below.
    fn ballot(&mut self, ballot: &StandingBallot) -> Result<(), WriteError>;

    /// Writes the number of times that one proposal was shown.
    ///
    /// # Errors
    /// As [`OpenDataSink::ballot`].
    fn exposures(&mut self, number: ItemNumber, shown: u64) -> Result<(), WriteError>;

    /// Writes a participant's answers about themselves, once their ballots are written. A participant without a
    /// ballot is left out. The caller decides which answers may be shown ([`gd_domain::withhold_rare`]).
    ///
    /// # Errors
    /// As [`OpenDataSink::ballot`].
    fn answers(&mut self, participant: ParticipantId, answers: &Answers) -> Result<(), WriteError>;

    /// Puts the files in their places.
    ///
    /// # Errors
    /// As [`OpenDataSink::ballot`].
    fn finish(self) -> Result<ExportCounts, WriteError>;

    /// Writes ballots until one cannot be read.
    ///
    /// # Errors
    /// As [`OpenDataSink::ballot`].
    fn ballots<E: Into<Box<dyn Error + Send + Sync>>>(
        &mut self,
        ballots: impl IntoIterator<Item = Result<StandingBallot, E>>,
    ) -> Result<(), WriteError> {
        ballots.into_iter().try_for_each(|ballot| match ballot {
            Ok(ballot) => self.ballot(&ballot),
            Err(error) => Err(WriteError::Ballots(error.into())),
        })
    }
}

/// The four files of an export in one format.
pub trait ExportFiles<'a>: Sized {
    /// Names of the files.
    const NAMES: [&'static str; 4];

    /// Whether the files of these names in a folder come from an earlier export.
    fn are_ours(dir: &Path) -> bool;

    /// Creates the files and writes the proposals.
    fn create(dir: &Path, proposals: &[Proposal]) -> Result<Self, FileError>;

    /// Writes a ballot under its participant's number and its audience's name.
    fn ballot(
        &mut self,
        participant: i64,
        audience: &'a str,
        ballot: &StandingBallot,
    ) -> Result<(), FileError>;

    /// Writes the number of times that one proposal was shown.
    fn exposures(&mut self, number: ItemNumber, shown: u64) -> Result<(), FileError>;

    /// Writes one answer of a participant about themselves.
    fn answer(&mut self, participant: i64, question: &Slug, answer: &Slug) -> Result<(), FileError>;

    /// Puts all files on disk, not yet in their places.
    fn finish(self) -> Result<[WholeFile; 4], FileError>;
}

/// An export in the format of its files. It renumbers participants and checks that proposals are known.
pub struct Export<'a, Files> {
    publication: Publication<'a>,
    files: Files,
}

impl<'a, Files: ExportFiles<'a>> Export<'a, Files> {
    /// Opens the export and writes the proposals.
    ///
    /// # Errors
    /// [`WriteError`]; then no file is written.
    pub fn create(
        dir: &Path,
        consultation: &'a Consultation,
        proposals: &[Proposal],
    ) -> Result<Self, WriteError> {
        export_folder::prepare(dir, &Files::NAMES, Files::are_ours)?;
        Ok(Self {
            publication: Publication::of(consultation, proposals)?,
            files: Files::create(dir, proposals)?,
        })
    }
}

impl<'a, Files: ExportFiles<'a>> OpenDataSink for Export<'a, Files> {
    fn ballot(&mut self, ballot: &StandingBallot) -> Result<(), WriteError> {
        let (participant, audience) = self.publication.ballot(ballot)?;
        Ok(self.files.ballot(participant, audience, ballot)?)
    }

    fn exposures(&mut self, number: ItemNumber, shown: u64) -> Result<(), WriteError> {
        self.publication.check(number)?;
        Ok(self.files.exposures(number, shown)?)
    }

    fn answers(&mut self, participant: ParticipantId, answers: &Answers) -> Result<(), WriteError> {
        let Some(number) = self.publication.number_of(participant) else { return Ok(()) };
        for (question, answer) in &answers.0 {
            self.files.answer(number, question, answer)?;
        }
        Ok(())
    }

    fn finish(self) -> Result<ExportCounts, WriteError> {
        export_folder::put_in_place(self.files.finish()?)?;
        Ok(self.publication.exported())
    }
}

/// Writes a whole export without exposures and answers.
pub(crate) fn write<'a, Files: ExportFiles<'a>, E: Into<Box<dyn Error + Send + Sync>>>(
    dir: &Path,
    consultation: &'a Consultation,
    proposals: &[Proposal],
    ballots: impl IntoIterator<Item = Result<StandingBallot, E>>,
) -> Result<ExportCounts, WriteError> {
    let mut export = Export::<Files>::create(dir, consultation, proposals)?;
    export.ballots(ballots)?;
    export.finish()
}
