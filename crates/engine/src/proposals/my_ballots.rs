//! What a participant has said so far: never older than their last acknowledged ballot.

use gd_domain::{Action, Channel, ParticipantId, Proposal, StandingBallot, Timestamp};

use crate::engine::{Engine, LookupError};
use crate::ports::PortError;
use crate::results::report::ResultsError;
use crate::voting::own_ballots::own_ballots;

/// A standing ballot with what its owner needs to change it.
#[derive(Clone, Debug)]
pub struct MyBallot {
    /// The ballot.
    pub ballot: StandingBallot,
    /// The proposal, whatever its status now.
    pub proposal: Proposal,
    /// A fresh vote key, of the channel the ballot came in by.
    pub key: String,
}

impl Engine {
    /// The participant's standing ballots, by proposal number. A ballot changed with the key given here
    /// stays in its channel: adding a nuance to a card of a sequence does not make it explored.
    ///
    /// # Errors
    /// [`ResultsError::NotFound`], or `Port` when they cannot be read.
    pub async fn my_ballots(
        &self,
        slug: &str,
        participant: ParticipantId,
        now: Timestamp,
    ) -> Result<Vec<MyBallot>, ResultsError> {
        let lookup = self.find(slug, Action::Read, now)?;
        let standing = own_ballots(&self.ports, &lookup.entry, participant).await?;
        let mine = standing.into_iter().filter_map(|ballot| {
            let proposal = lookup.view.proposal(ballot.proposal)?.clone();
            let key = self.vote_key(lookup.entry.id, ballot.proposal, participant, ballot.channel, now);
            Some(MyBallot { ballot, proposal, key })
        });
        Ok(mine.collect())
    }

    pub(crate) fn vote_key(
        &self,
        consultation: gd_domain::ConsultationId,
        proposal: gd_domain::ProposalNumber,
        participant: ParticipantId,
        channel: Channel,
        now: Timestamp,
    ) -> String {
        self.vote_keys.issue(consultation, proposal, participant, channel, now)
    }
}

impl From<LookupError> for ResultsError {
    fn from(error: LookupError) -> Self {
        match error {
            LookupError::NotFound | LookupError::PhaseClosed(_) => Self::NotFound,
        }
    }
}

impl From<PortError> for ResultsError {
    fn from(failure: PortError) -> Self {
        Self::Port(failure)
    }
}
