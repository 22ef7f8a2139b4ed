//! Writes `ballots.csv`, `proposals.csv`, `exposures.csv` and `answers.csv`.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use gd_domain::{Answers, Consultation, ParticipantId, Proposal, ProposalNumber, Slug, StandingBallot};

use crate::export_folder::{self, NewFile};
use crate::{Exported, WriteError, instant};

use super::publication::Publication;
use super::sink::OpenDataSink;
use super::{
    ANSWERS, ANSWERS_HEADER, BALLOTS, BALLOTS_HEADER, EXPOSURES, EXPOSURES_HEADER, PROPOSALS,
    PROPOSALS_HEADER,
};

/// Writes a consultation's open data into a folder, ballot by ballot, in any order.
///
/// The folder is made if need be. `ballots.csv`, `proposals.csv`, `exposures.csv` and `answers.csv` (the last two
/// empty here) of an earlier export are replaced; files of these names from elsewhere are refused. Participants get
/// the numbers 0, 1, 2… in the order they first appear.
///
/// # Errors
/// [`WriteError`]; then no file is written.
pub fn write_open_data<E: Into<Box<dyn Error + Send + Sync>>>(
    dir: &Path,
    consultation: &Consultation,
    proposals: &[Proposal],
    ballots: impl IntoIterator<Item = Result<StandingBallot, E>>,
) -> Result<Exported, WriteError> {
    let mut writer = OpenDataWriter::create(dir, consultation, proposals)?;
    writer.ballots(ballots)?;
    writer.finish()
}

/// [`write_open_data`] for a caller who hands the ballots over one by one.
pub struct OpenDataWriter<'a> {
    publication: Publication<'a>,
    ballots: NewFile,
    proposals: NewFile,
    exposures: NewFile,
    answers: NewFile,
}

impl<'a> OpenDataWriter<'a> {
    /// Opens the export and writes the proposals.
    ///
    /// # Errors
    /// As [`write_open_data`].
    pub fn create(
        dir: &Path,
        consultation: &'a Consultation,
        proposals: &[Proposal],
    ) -> Result<Self, WriteError> {
        export_folder::prepare(dir, &[BALLOTS, PROPOSALS, EXPOSURES, ANSWERS], is_open_data)?;
        let mut ballots = NewFile::create(dir, BALLOTS)?;
        ballots.line(BALLOTS_HEADER)?;
        let mut exposures = NewFile::create(dir, EXPOSURES)?;
        exposures.line(EXPOSURES_HEADER)?;
        let mut answers = NewFile::create(dir, ANSWERS)?;
        answers.line(ANSWERS_HEADER)?;
        Ok(Self {
            publication: Publication::of(consultation, proposals)?,
            ballots,
            proposals: write_proposals(dir, proposals)?,
            exposures,
            answers,
        })
    }
}

impl OpenDataSink for OpenDataWriter<'_> {
    fn ballot(&mut self, ballot: &StandingBallot) -> Result<(), WriteError> {
        let (participant, audience) = self.publication.ballot(ballot)?;
        self.ballots.line([
            participant.to_string().as_str(),
            &ballot.proposal.to_string(),
            ballot.opinion.choice().as_str(),
            &ballot.opinion.qualifications().to_string(),
            audience,
            ballot.channel.as_str(),
            &instant::to_rfc3339(ballot.cast_at),
        ])?;
        Ok(())
    }

    fn exposures(&mut self, number: ProposalNumber, shown: u64) -> Result<(), WriteError> {
        self.publication.check(number)?;
        Ok(self.exposures.line([number.to_string(), shown.to_string()])?)
    }

    fn answers(&mut self, participant: ParticipantId, answers: &Answers) -> Result<(), WriteError> {
        let Some(number) = self.publication.number_of(participant) else { return Ok(()) };
        let number = number.to_string();
        for (question, answer) in &answers.0 {
            self.answers.line([&number, question.as_str(), answer.as_str()])?;
        }
        Ok(())
    }

    fn finish(self) -> Result<Exported, WriteError> {
        export_folder::put_in_place([
            self.ballots.finish()?,
            self.proposals.finish()?,
            self.exposures.finish()?,
            self.answers.finish()?,
        ])?;
        Ok(self.publication.exported())
    }
}

fn write_proposals(dir: &Path, proposals: &[Proposal]) -> Result<NewFile, WriteError> {
    let mut file = NewFile::create(dir, PROPOSALS)?;
    file.line(PROPOSALS_HEADER)?;
    for proposal in proposals {
        let [theme, idea] =
            [&proposal.theme, &proposal.idea].map(|name| name.as_ref().map_or("", Slug::as_str));
        let number = proposal.number.to_string();
        file.line([&number, proposal.text.as_str(), proposal.status.as_str(), theme, idea])?;
    }
    Ok(file)
}

/// Our headers are ours alone, so a file that has one was exported.
fn is_open_data(dir: &Path) -> bool {
    has_header(&dir.join(BALLOTS), &BALLOTS_HEADER)
        && has_header(&dir.join(PROPOSALS), &PROPOSALS_HEADER)
        && has_header(&dir.join(EXPOSURES), &EXPOSURES_HEADER)
        && has_header(&dir.join(ANSWERS), &ANSWERS_HEADER)
}

fn has_header(path: &Path, header: &[&str]) -> bool {
    let mut line = String::new();
    match File::open(path) {
        Ok(file) => BufReader::new(file).read_line(&mut line).is_ok() && line.trim_end() == header.join(","),
        Err(_) => !path.exists(),
    }
}
