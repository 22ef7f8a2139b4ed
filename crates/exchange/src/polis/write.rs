//! Writes a consultation as a Polis folder.

use std::collections::HashSet;
use std::error::Error;
use std::path::Path;

use gd_domain::{Consultation, ParticipantId, Proposal, StandingBallot};

use crate::export_folder::{self, NewFile};
use crate::known_proposals::Numbers;
use crate::{ExportCounts, FileError, WriteError, instant};

use super::comments::{Tallies, write_comments};
use super::participants_votes::{self, Participant};
use super::summary::{is_our_summary, write_summary};
use super::{COMMENTS, PARTICIPANTS_VOTES, SUMMARY, VOTES, vote_of};

/// Writes a consultation as a Polis folder, ballot by ballot; the ballots of one participant must
/// follow one another, so that no more than one participant is held in memory.
///
/// Audiences, channels and qualifications have no place there. Pending and withdrawn proposals are
/// moderated −1, like refused ones. The folder is made if need be; an earlier export of ours is
/// replaced, files of the same names from elsewhere are refused. Participants get the numbers 0, 1, 2…
/// in the order they appear; authors those that follow, so that no text leads to a voter.
///
/// # Errors
/// [`WriteError`]; then no file is written.
pub fn write_polis<E: Into<Box<dyn Error + Send + Sync>>>(
    dir: &Path,
    consultation: &Consultation,
    proposals: &[Proposal],
    ballots: impl IntoIterator<Item = Result<StandingBallot, E>>,
) -> Result<ExportCounts, WriteError> {
    let mut writer = PolisWriter::create(dir, consultation, proposals)?;
    for ballot in ballots {
        writer.ballot(&ballot.map_err(|error| WriteError::Ballots(error.into()))?)?;
    }
    writer.finish()
}

/// [`write_polis`] for a caller who hands the ballots over one by one. Dropped before
/// [`PolisWriter::finish`], it leaves nothing.
pub struct PolisWriter<'a> {
    consultation: &'a Consultation,
    proposals: Vec<&'a Proposal>,
    numbers: Numbers,
    comments: NewFile,
    votes: NewFile,
    participants_votes: NewFile,
    summary: NewFile,
    current: Option<Participant>,
    seen: HashSet<ParticipantId>,
    tallies: Tallies,
    exported: ExportCounts,
}

impl<'a> PolisWriter<'a> {
    /// Opens the export.
    ///
    /// # Errors
    /// As [`write_polis`].
    pub fn create(
        dir: &Path,
        consultation: &'a Consultation,
        proposals: &'a [Proposal],
    ) -> Result<Self, WriteError> {
        export_folder::prepare(dir, &[COMMENTS, VOTES, PARTICIPANTS_VOTES, SUMMARY], is_our_export)?;
        let numbers = Numbers::of(proposals)?;
        let mut by_number = proposals.iter().collect::<Vec<_>>();
        by_number.sort_by_key(|proposal| proposal.number);
        let mut votes = NewFile::create(dir, VOTES)?;
        votes.line(["timestamp", "datetime", "comment-id", "voter-id", "vote"])?;
        let mut participants_votes = NewFile::create(dir, PARTICIPANTS_VOTES)?;
        participants_votes::write_header(&mut participants_votes, &by_number)?;
        Ok(Self {
            consultation,
            proposals: by_number,
            numbers,
            comments: NewFile::create(dir, COMMENTS)?,
            votes,
            participants_votes,
            summary: NewFile::create(dir, SUMMARY)?,
            current: None,
            seen: HashSet::new(),
            tallies: Tallies::new(),
            exported: ExportCounts { proposals: proposals.len() as u64, ..ExportCounts::default() },
        })
    }

    /// Writes one ballot.
    ///
    /// # Errors
    /// As [`write_polis`].
    pub fn ballot(&mut self, ballot: &StandingBallot) -> Result<(), WriteError> {
        self.numbers.check(ballot.proposal)?;
        let choice = ballot.opinion.choice();
        let voter = self.turn_to(ballot.participant)?.vote(ballot.proposal, choice)?;
        self.votes.line([
            ballot.cast_at.as_millis().to_string().as_str(),
            &instant::to_readable(ballot.cast_at),
            &ballot.proposal.to_string(),
            &voter.to_string(),
            vote_of(choice),
        ])?;
        self.tallies.entry(ballot.proposal).or_default()[choice.index()] += 1;
        self.exported.ballots += 1;
        Ok(())
    }

    /// Writes the files that depend on all ballots and puts every file in its place.
    ///
    /// # Errors
    /// As [`write_polis`].
    pub fn finish(mut self) -> Result<ExportCounts, WriteError> {
        self.write_current()?;
        let voters = self.exported.participants;
        let commenters = write_comments(&mut self.comments, &self.proposals, &self.tallies, voters)?;
        write_summary(&mut self.summary, self.consultation, self.exported, commenters)?;
        export_folder::put_in_place([
            self.comments.finish()?,
            self.votes.finish()?,
            self.participants_votes.finish()?,
            self.summary.finish()?,
        ])?;
        Ok(self.exported)
    }

    /// Turns to this participant and writes the row of the one before.
    fn turn_to(&mut self, id: ParticipantId) -> Result<&mut Participant, WriteError> {
        if self.current.as_ref().is_none_or(|current| current.id != id) {
            self.write_current()?;
            if !self.seen.insert(id) {
                return Err(WriteError::Inconsistent(
                    "the ballots of a participant do not follow one another".to_owned(),
                ));
            }
            self.current = Some(Participant::new(id, self.exported.participants));
            self.exported.participants += 1;
        }
        Ok(self.current.as_mut().expect("was set above unless it was there"))
    }

    fn write_current(&mut self) -> Result<(), FileError> {
        match self.current.take() {
            Some(participant) => participant.write(&mut self.participants_votes, &self.proposals),
            None => Ok(()),
        }
    }
}

/// Polis headers are not ours alone: the summary tells an export of ours from a download.
fn is_our_export(dir: &Path) -> bool {
    is_our_summary(&dir.join(SUMMARY))
}
