//! A participant's ballots with their proposals: never older than the last acknowledged ballot.

use gd_domain::{ParticipantId, Proposal, StandingBallot, Timestamp};

use crate::consultation::ReadError;
use crate::proposals::state::Proposals;

/// A standing ballot with what its owner needs to change it.
#[derive(Clone, Debug)]
pub struct MyBallot {
    /// The ballot that stands.
    pub ballot: StandingBallot,
    /// The proposal, whatever its status now.
    pub proposal: Proposal,
    /// A fresh vote key, of the channel the ballot came in by.
    pub key: String,
}

impl Proposals {
    /// The participant's standing ballots, by proposal number. A ballot changed with the key given here
    /// stays in its channel: adding a nuance to a card of a sequence does not make it explored.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn my_ballots(
        &self,
        slug: &str,
        participant: ParticipantId,
        now: Timestamp,
    ) -> Result<Vec<MyBallot>, ReadError> {
        let (_, list) = self.readable(slug, now).await?;
        let standing = self.voting.own_ballots(list.poll, participant).await?;
        let view = list.view();
        let mine = standing.into_iter().filter_map(|ballot| {
            let proposal = view.proposal(ballot.proposal)?.clone();
            let key = self.voting.key(list.poll, ballot.proposal, participant, ballot.channel, now);
            Some(MyBallot { ballot, proposal, key })
        });
        Ok(mine.collect())
    }
}
