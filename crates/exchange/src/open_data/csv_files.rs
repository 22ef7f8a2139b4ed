//! Writes `ballots.csv`, `proposals.csv`, `exposures.csv` and `answers.csv`.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use gd_domain::{Consultation, ItemNumber, Proposal, Slug, StandingBallot};

use crate::export_folder::{NewFile, WholeFile};
use crate::{ExportCounts, FileError, WriteError, instant};

use super::export::{self, Export, ExportFiles};
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
) -> Result<ExportCounts, WriteError> {
    export::write::<CsvFiles, E>(dir, consultation, proposals, ballots)
}

/// [`write_open_data`] for a caller who hands the ballots over one by one.
pub type OpenDataWriter<'a> = Export<'a, CsvFiles>;

/// The files of an export as CSV.
pub struct CsvFiles {
    ballots: NewFile,
    proposals: NewFile,
    exposures: NewFile,
    answers: NewFile,
}

impl ExportFiles<'_> for CsvFiles {
    const NAMES: [&'static str; 4] = [BALLOTS, PROPOSALS, EXPOSURES, ANSWERS];

    /// The headers are ours alone, so a file that has one was exported.
    fn are_ours(dir: &Path) -> bool {
        has_header(&dir.join(BALLOTS), &BALLOTS_HEADER)
            && has_header(&dir.join(PROPOSALS), &PROPOSALS_HEADER)
            && has_header(&dir.join(EXPOSURES), &EXPOSURES_HEADER)
            && has_header(&dir.join(ANSWERS), &ANSWERS_HEADER)
    }

    fn create(dir: &Path, proposals: &[Proposal]) -> Result<Self, FileError> {
        Ok(Self {
            ballots: new_file(dir, BALLOTS, &BALLOTS_HEADER)?,
            proposals: write_proposals(dir, proposals)?,
            exposures: new_file(dir, EXPOSURES, &EXPOSURES_HEADER)?,
            answers: new_file(dir, ANSWERS, &ANSWERS_HEADER)?,
        })
    }

    fn ballot(&mut self, participant: i64, audience: &str, ballot: &StandingBallot) -> Result<(), FileError> {
        self.ballots.line([
            participant.to_string().as_str(),
            &ballot.proposal.to_string(),
            ballot.opinion.choice().as_str(),
            &ballot.opinion.qualifications().to_string(),
            audience,
            ballot.channel.as_str(),
            &instant::to_rfc3339(ballot.cast_at),
        ])
    }

    fn exposures(&mut self, number: ItemNumber, shown: u64) -> Result<(), FileError> {
        self.exposures.line([number.to_string(), shown.to_string()])
    }

    fn answer(&mut self, participant: i64, question: &Slug, answer: &Slug) -> Result<(), FileError> {
        self.answers.line([&participant.to_string(), question.as_str(), answer.as_str()])
    }

    fn finish(self) -> Result<[WholeFile; 4], FileError> {
        Ok([
            self.ballots.finish()?,
            self.proposals.finish()?,
            self.exposures.finish()?,
            self.answers.finish()?,
        ])
    }
}

fn new_file(dir: &Path, name: &str, header: &[&str]) -> Result<NewFile, FileError> {
    let mut file = NewFile::create(dir, name)?;
    file.line(header)?;
    Ok(file)
}

fn write_proposals(dir: &Path, proposals: &[Proposal]) -> Result<NewFile, FileError> {
    let mut file = new_file(dir, PROPOSALS, &PROPOSALS_HEADER)?;
    for proposal in proposals {
        let [theme, idea] =
            [&proposal.theme, &proposal.idea].map(|name| name.as_ref().map_or("", Slug::as_str));
        let number = proposal.number.to_string();
        file.line([&number, proposal.text.as_str(), proposal.status.as_str(), theme, idea])?;
    }
    Ok(file)
}

fn has_header(path: &Path, header: &[&str]) -> bool {
    let mut line = String::new();
    match File::open(path) {
        Ok(file) => BufReader::new(file).read_line(&mut line).is_ok() && line.trim_end() == header.join(","),
        Err(_) => !path.exists(),
    }
}
