//! A participant declares their audience.

use gd_domain::{Action, AudienceCode, BallotEvent, ParticipantId, StandingBallot, Timestamp};
use thiserror::Error;

use crate::consultation::LookupError;
use crate::voting::cast::{BALLOTS_PER_REQUEST_MAX, record};
use crate::voting::cast_error::CastError;
use crate::voting::own_ballots::own_ballots;
use crate::voting::poll::RunningPoll;
use crate::voting::state::Voting;
use crate::voting::write_queue::QueueError;

/// A participant's declaration of their audience.
pub struct DeclareAudience<'a> {
    /// The consultation's short name.
    pub slug: &'a str,
    /// The participant; `None` when they have not been seen before and so have no ballots.
    pub participant: Option<ParticipantId>,
    /// The audience's short name; `None` for "prefer not to say".
    pub audience: Option<&'a str>,
    /// The admission stamp.
    pub now: Timestamp,
}

/// The declaration was not taken.
#[derive(Debug, Error)]
pub enum AudienceError {
    /// The consultation does not take declarations.
    #[error(transparent)]
    Lookup(#[from] LookupError),
    /// The consultation has no such audience.
    #[error("the consultation has no audience called `{0}`")]
    Unknown(String),
    /// Some ballots may still stand under the old audience; declaring again is safe.
    #[error("the declaration may not have been recorded; send it again")]
    TryAgain,
}

impl From<QueueError> for AudienceError {
    fn from(_: QueueError) -> Self {
        Self::TryAgain
    }
}

impl From<CastError> for AudienceError {
    fn from(error: CastError) -> Self {
        match error {
            CastError::Lookup(error) => Self::Lookup(error),
            CastError::TryAgain => Self::TryAgain,
        }
    }
}

impl Voting {
    /// Gives the code to carry in the participant's cookie. Ballots that stand under another audience
    /// are appended again under this one, so that a changed card counts once and in the right place.
    ///
    /// # Errors
    /// [`AudienceError`].
    pub async fn declare_audience(
        &self,
        declared: DeclareAudience<'_>,
    ) -> Result<AudienceCode, AudienceError> {
        let lookup = self.catalogue.find(declared.slug, Action::Vote, declared.now)?;
        let code = match declared.audience {
            None => AudienceCode::UNDECLARED,
            Some(id) => {
                let code = lookup.view.consultation.audience_code(id);
                code.ok_or_else(|| AudienceError::Unknown(id.to_owned()))?
            }
        };
        let Some(participant) = declared.participant else {
            return Ok(code);
        };
        for poll in self.open_polls_of(&lookup, declared.now) {
            let ballot_box = self.ballot_box(declared.slug, Some(poll.id), declared.now).await?;
            self.move_ballots(&ballot_box, participant, code, declared.now).await?;
        }
        Ok(code)
    }

    /// Appends a participant's ballots again under another audience, at the table they were cast at.
    async fn move_ballots(
        &self,
        ballot_box: &RunningPoll,
        participant: ParticipantId,
        code: AudienceCode,
        now: Timestamp,
    ) -> Result<(), AudienceError> {
        let standing = own_ballots(&self.ports, ballot_box, participant).await.map_err(|failure| {
            tracing::warn!(%failure, "standing ballots could not be read");
            AudienceError::TryAgain
        })?;
        let strata = ballot_box.poll.strata;
        let moved = standing.into_iter().filter_map(|ballot| {
            let (table, _) = strata.parts(ballot.audience);
            let audience = strata.code(table, code).filter(|audience| *audience != ballot.audience)?;
            let StandingBallot { participant, proposal, opinion, channel, .. } = ballot;
            Some(BallotEvent {
                participant,
                proposal,
                opinion: Some(opinion),
                audience,
                channel,
                cast_at: now,
            })
        });
        let events = moved.collect::<Vec<_>>();
        for chunk in events.chunks(BALLOTS_PER_REQUEST_MAX) {
            record(ballot_box, chunk.to_vec()).await?;
        }
        Ok(())
    }
}
