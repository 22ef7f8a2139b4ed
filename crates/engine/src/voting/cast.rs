//! Casting ballots: the way of a vote up to its place on disk. No SQL is read here.

use gd_domain::{
    Action, AudienceCode, BallotEvent, Channel, ModerationStatus, Opinion, ParticipantId, Phase,
    ProposalNumber, Timestamp,
};
use thiserror::Error;

use crate::engine::{Engine, Lookup, LookupError};
use crate::signing::VoteKeyError;
use crate::voting::write_queue::QueueError;

/// Most ballots of one request.
pub const BALLOTS_PER_REQUEST_MAX: usize = 64;

/// Events that may wait for the projector before new ballots are turned away: what it folds in about
/// two seconds, with room to spare.
const LAG_EVENTS_MAX: u64 = 250_000;

/// Ballots of one participant, as they came in.
pub struct CastBallots<'a> {
    /// The consultation's short name.
    pub slug: &'a str,
    /// Who votes.
    pub participant: ParticipantId,
    /// The audience they declared.
    pub audience: AudienceCode,
    /// Through which channel, where the request says more than the keys do (a widget).
    pub channel: Option<Channel>,
    /// What they say, at most [`BALLOTS_PER_REQUEST_MAX`].
    pub ballots: &'a [SubmittedBallot<'a>],
    /// The admission stamp: calendar and keys are judged by it.
    pub now: Timestamp,
}

/// One ballot of a request.
pub struct SubmittedBallot<'a> {
    /// On which proposal.
    pub proposal: ProposalNumber,
    /// What is said, or why it could not be understood.
    pub opinion: Result<Opinion, BallotRefusal>,
    /// The vote key that came with the proposal.
    pub key: &'a str,
}

/// Why a ballot is not recorded while others of its request may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BallotRefusal {
    /// The choice is no choice.
    #[error("the choice must be agree, disagree or neutral")]
    ChoiceUnknown,
    /// A qualification does not exist or goes with another choice.
    #[error("a qualification does not go with the choice")]
    QualificationNotAllowed,
    /// The consultation has no such proposal.
    #[error("the consultation has no proposal of this number")]
    ProposalNotFound,
    /// The proposal waits for a moderator, was refused or was withdrawn.
    #[error("the proposal is not open to votes")]
    ProposalNotPublished,
    /// The key was not made for this participant and proposal.
    #[error("the vote key was not given to this participant for this proposal")]
    VoteKeyInvalid,
    /// The key's day is over.
    #[error("the vote key has expired: ask for the proposal again")]
    VoteKeyExpired,
}

impl BallotRefusal {
    /// The stable code of the HTTP contract.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ChoiceUnknown => "choice_unknown",
            Self::QualificationNotAllowed => "qualification_not_allowed",
            Self::ProposalNotFound => "proposal_not_found",
            Self::ProposalNotPublished => "proposal_not_published",
            Self::VoteKeyInvalid => "vote_key_invalid",
            Self::VoteKeyExpired => "vote_key_expired",
        }
    }
}

/// What became of the ballots: recorded and refused add up to those sent.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct CastOutcome {
    /// How many are on disk.
    pub recorded: usize,
    /// The others, with their places in the request.
    pub refused: Vec<(usize, BallotRefusal)>,
}

/// Why a whole request was not recorded, or is not known to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CastError {
    /// No such consultation.
    #[error("there is no consultation at this address")]
    NotFound,
    /// Not in a phase that takes votes.
    #[error("the consultation does not take votes now: it is in the phase `{0}`")]
    PhaseClosed(Phase),
    /// Busy, or a commit of unknown outcome. Sending the same again is safe.
    #[error("the ballots may not have been recorded; send them again")]
    TryAgain,
}

impl From<LookupError> for CastError {
    fn from(error: LookupError) -> Self {
        match error {
            LookupError::NotFound => Self::NotFound,
            LookupError::PhaseClosed(phase) => Self::PhaseClosed(phase),
        }
    }
}

impl From<QueueError> for CastError {
    fn from(_: QueueError) -> Self {
        Self::TryAgain
    }
}

impl Engine {
    /// Checks the ballots and records those that pass; comes back when they are on disk.
    ///
    /// # Errors
    /// [`CastError`]; after `TryAgain` the ballots may stand or not, and repeating changes nothing more.
    pub async fn cast_ballots(&self, cast: CastBallots<'_>) -> Result<CastOutcome, CastError> {
        let mut lookup = self.find(cast.slug, Action::Vote, cast.now)?;
        let (mut events, mut refused) = self.admit_each(&lookup, &cast);
        if refused.iter().any(|&(place, _)| self.was_shown_elsewhere(&lookup, &cast, place)) {
            if let Err(failure) = lookup.entry.refresh(&self.ports).await {
                tracing::warn!(consultation = lookup.entry.id.0, %failure, "the catalogue could not be refreshed");
                return Err(CastError::TryAgain);
            }
            lookup = self.find(cast.slug, Action::Vote, cast.now)?;
            (events, refused) = self.admit_each(&lookup, &cast);
        }
        let recorded = events.len();
        if !events.is_empty() {
            record(&lookup, events).await?;
        }
        Ok(CastOutcome { recorded, refused })
    }

    /// The events of the ballots that pass, and why the others do not, by their places.
    fn admit_each(
        &self,
        lookup: &Lookup,
        cast: &CastBallots<'_>,
    ) -> (Vec<BallotEvent>, Vec<(usize, BallotRefusal)>) {
        let mut events = Vec::with_capacity(cast.ballots.len());
        let mut refused = Vec::new();
        for (place, ballot) in cast.ballots.iter().enumerate() {
            match self.admit(lookup, cast, ballot) {
                Ok(event) => events.push(event),
                Err(refusal) => refused.push((place, refusal)),
            }
        }
        (events, refused)
    }

    /// Whether the ballot's key proves that another server knows its proposal to be published, which this
    /// one has yet to hear of.
    fn was_shown_elsewhere(&self, lookup: &Lookup, cast: &CastBallots<'_>, place: usize) -> bool {
        let ballot = &cast.ballots[place];
        let known = lookup.view.proposal(ballot.proposal).map(|proposal| proposal.status);
        matches!(known, None | Some(ModerationStatus::Pending))
            && self
                .vote_keys
                .check(ballot.key, lookup.entry.id, ballot.proposal, cast.participant, cast.now)
                .is_ok()
    }

    fn admit(
        &self,
        lookup: &Lookup,
        cast: &CastBallots<'_>,
        ballot: &SubmittedBallot<'_>,
    ) -> Result<BallotEvent, BallotRefusal> {
        let opinion = ballot.opinion?;
        let proposal = lookup.view.proposal(ballot.proposal).ok_or(BallotRefusal::ProposalNotFound)?;
        if !proposal.is_published() {
            return Err(BallotRefusal::ProposalNotPublished);
        }
        let shown =
            self.vote_keys.check(ballot.key, lookup.entry.id, ballot.proposal, cast.participant, cast.now);
        let channel = shown.map_err(|error| match error {
            VoteKeyError::Invalid => BallotRefusal::VoteKeyInvalid,
            VoteKeyError::Expired => BallotRefusal::VoteKeyExpired,
        })?;
        Ok(BallotEvent {
            participant: cast.participant,
            proposal: ballot.proposal,
            opinion: Some(opinion),
            audience: cast.audience,
            channel: cast.channel.unwrap_or(channel),
            cast_at: cast.now,
        })
    }
}

/// Queues events unless the projector is too far behind.
pub(crate) async fn record(lookup: &Lookup, events: Vec<BallotEvent>) -> Result<(), QueueError> {
    if lookup.entry.lag() > LAG_EVENTS_MAX {
        return Err(QueueError::Full);
    }
    lookup.entry.queue.record(events).await
}
