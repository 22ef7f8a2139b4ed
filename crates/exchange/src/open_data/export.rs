//! What every form of the open data takes, so that a caller writes each in the same way.

use std::error::Error;

use gd_domain::{Answers, ParticipantId, ProposalNumber, StandingBallot};

use crate::{Exported, WriteError};

/// An export being written, ballot by ballot, in any order. Dropped before [`OpenDataSink::finish`], it leaves
/// nothing.
pub trait OpenDataSink: Sized {
    /// Writes one ballot.
    ///
    /// # Errors
    /// [`WriteError`]; then no file is written, here as below.
    fn ballot(&mut self, ballot: &StandingBallot) -> Result<(), WriteError>;

    /// Writes how often one proposal was shown.
    ///
    /// # Errors
    /// As [`OpenDataSink::ballot`].
    fn exposures(&mut self, number: ProposalNumber, shown: u64) -> Result<(), WriteError>;

    /// Writes what a participant answered about themselves, once their ballots are written; nothing of somebody
    /// without a ballot. Which answers may be shown is for the caller to know ([`gd_domain::withhold_rare`]).
    ///
    /// # Errors
    /// As [`OpenDataSink::ballot`].
    fn answers(&mut self, participant: ParticipantId, answers: &Answers) -> Result<(), WriteError>;

    /// Puts the files in their places.
    ///
    /// # Errors
    /// As [`OpenDataSink::ballot`].
    fn finish(self) -> Result<Exported, WriteError>;

    /// Writes ballots as they come, up to the first that could not be read.
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
