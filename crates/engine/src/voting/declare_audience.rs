//! A participant says to which audience they belong.

use gd_domain::{Action, AudienceCode, BallotEvent, ParticipantId, Phase, Timestamp};
use thiserror::Error;

use crate::engine::{Engine, LookupError};
use crate::ports::PortError;
use crate::voting::cast::{BALLOTS_PER_REQUEST_MAX, record};
use crate::voting::own_ballots::own_ballots;
use crate::voting::write_queue::QueueError;

/// What a participant says of themselves.
pub struct DeclareAudience<'a> {
    /// The consultation's short name.
    pub slug: &'a str,
    /// Who; `None` when they have not been seen before and so have no ballots.
    pub participant: Option<ParticipantId>,
    /// The audience's short name; `None` for "prefer not to say".
    pub audience: Option<&'a str>,
    /// When.
    pub now: Timestamp,
}

/// Why the declaration was not taken.
#[derive(Debug, Error)]
pub enum AudienceError {
    /// No such consultation.
    #[error("there is no consultation at this address")]
    NotFound,
    /// Not in a phase that takes votes.
    #[error("the consultation does not take declarations now: it is in the phase `{0}`")]
    PhaseClosed(Phase),
    /// The consultation has no such audience.
    #[error("the consultation has no audience called `{0}`")]
    Unknown(String),
    /// Some ballots may still stand under the old audience; declaring again is safe.
    #[error("the declaration may not have been recorded; send it again")]
    TryAgain,
}

impl From<LookupError> for AudienceError {
    fn from(error: LookupError) -> Self {
        match error {
            LookupError::NotFound => Self::NotFound,
            LookupError::PhaseClosed(phase) => Self::PhaseClosed(phase),
        }
    }
}

impl From<QueueError> for AudienceError {
    fn from(_: QueueError) -> Self {
        Self::TryAgain
    }
}

impl From<PortError> for AudienceError {
    fn from(failure: PortError) -> Self {
        tracing::warn!(%failure, "standing ballots could not be read");
        Self::TryAgain
    }
}

impl Engine {
    /// Gives the code to carry in the participant's cookie. Ballots that stand under another audience
    /// are appended again under this one, so that a changed card counts once and in the right place.
    ///
    /// # Errors
    /// [`AudienceError`].
    pub async fn declare_audience(
        &self,
        declared: DeclareAudience<'_>,
    ) -> Result<AudienceCode, AudienceError> {
        let lookup = self.find(declared.slug, Action::Vote, declared.now)?;
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
        let standing = own_ballots(&self.ports, &lookup.entry, participant).await?;
        let moved = standing.into_iter().filter(|ballot| ballot.audience != code);
        let events = moved.map(|ballot| BallotEvent {
            participant,
            proposal: ballot.proposal,
            opinion: Some(ballot.opinion),
            audience: code,
            channel: ballot.channel,
            cast_at: declared.now,
        });
        let events = events.collect::<Vec<_>>();
        for chunk in events.chunks(BALLOTS_PER_REQUEST_MAX) {
            record(&lookup, chunk.to_vec()).await?;
        }
        Ok(code)
    }
}
