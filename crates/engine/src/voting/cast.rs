//! Casting ballots: the way of a vote up to its place on disk. No SQL is read here.

use gd_domain::{
    AudienceCode, BallotEvent, Channel, ItemNumber, ModerationStatus, Opinion, ParticipantId, PollId,
    Timestamp,
};
use thiserror::Error;

use crate::voting::cast_error::CastError;
use crate::voting::keys::VoteKeyError;
use crate::voting::poll::RunningPoll;
use crate::voting::state::Voting;
use crate::voting::write_queue::QueueError;

/// Most ballots of one request.
pub const BALLOTS_PER_REQUEST_MAX: usize = 64;

/// Events that may wait for the projector before new ballots are turned away: it folds so many in about
/// two seconds, with room to spare.
const LAG_EVENTS_MAX: u64 = 250_000;

/// Ballots of one participant, as they came in.
pub struct CastBallots<'a> {
    /// The consultation's short name.
    pub slug: &'a str,
    /// The poll; `None` for the consultation's first one.
    pub poll: Option<PollId>,
    /// The voter's participant number.
    pub participant: ParticipantId,
    /// The audience they declared.
    pub audience: AudienceCode,
    /// The channel, where the request says more than the keys do (a widget).
    pub channel: Option<Channel>,
    /// The ballots, at most [`BALLOTS_PER_REQUEST_MAX`].
    pub ballots: &'a [SubmittedBallot<'a>],
    /// The admission stamp: calendar and keys are judged by it.
    pub now: Timestamp,
}

/// One ballot of a request.
pub struct SubmittedBallot<'a> {
    /// The item it is about.
    pub proposal: ItemNumber,
    /// The opinion, or the reason why it could not be understood.
    pub opinion: Result<Opinion, BallotRefusal>,
    /// The vote key that came with the proposal.
    pub key: &'a str,
}

/// A ballot is not recorded while others of its request may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BallotRefusal {
    /// The choice is none of the poll's.
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
    /// The stable code, as in `vote_key_invalid`.
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

/// The outcome: recorded and refused add up to the ballots sent.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct CastOutcome {
    /// The number on disk.
    pub recorded: usize,
    /// The others, with their places in the request.
    pub refused: Vec<(usize, BallotRefusal)>,
}

impl Voting {
    /// Checks the ballots and records those that pass; returns when they are on disk.
    ///
    /// # Errors
    /// [`CastError`]; after `TryAgain` the ballots may stand or not, and repeating changes nothing more.
    pub async fn cast(&self, cast: CastBallots<'_>) -> Result<CastOutcome, CastError> {
        let ballot_box = self.ballot_box(cast.slug, cast.poll, cast.now).await?;
        let (mut events, mut refused) = self.admit_each(&ballot_box, &cast);
        if refused.iter().any(|&(place, _)| self.was_shown_elsewhere(&ballot_box, &cast, place)) {
            if let Err(failure) = ballot_box.items.refresh().await {
                tracing::warn!(poll = ballot_box.id().0, %failure, "the items could not be refreshed");
                return Err(CastError::TryAgain);
            }
            (events, refused) = self.admit_each(&ballot_box, &cast);
        }
        let recorded = events.len();
        if !events.is_empty() {
            record(&ballot_box, events).await?;
        }
        Ok(CastOutcome { recorded, refused })
    }

    /// The events of the ballots that pass, and the refusals of the others, by their places.
    fn admit_each(
        &self,
        ballot_box: &RunningPoll,
        cast: &CastBallots<'_>,
    ) -> (Vec<BallotEvent>, Vec<(usize, BallotRefusal)>) {
        let mut events = Vec::with_capacity(cast.ballots.len());
        let mut refused = Vec::new();
        for (place, ballot) in cast.ballots.iter().enumerate() {
            match self.admit(ballot_box, cast, ballot) {
                Ok(event) => events.push(event),
                Err(refusal) => refused.push((place, refusal)),
            }
        }
        (events, refused)
    }

    /// Whether the ballot's key proves that another server knows its item to be published, which this one has
    /// yet to hear of.
    fn was_shown_elsewhere(&self, ballot_box: &RunningPoll, cast: &CastBallots<'_>, place: usize) -> bool {
        let ballot = &cast.ballots[place];
        let known = ballot_box.items.status(ballot.proposal);
        matches!(known, None | Some(ModerationStatus::Pending))
            && self
                .keys
                .check(ballot.key, ballot_box.id(), ballot.proposal, cast.participant, cast.now)
                .is_ok()
    }

    fn admit(
        &self,
        ballot_box: &RunningPoll,
        cast: &CastBallots<'_>,
        ballot: &SubmittedBallot<'_>,
    ) -> Result<BallotEvent, BallotRefusal> {
        let opinion = ballot.opinion?;
        let kind = ballot_box.poll.kind;
        // A place of a ranking says nothing without the rest of the sheet.
        if kind.is_sheet() || !kind.allows(opinion) {
            return Err(BallotRefusal::ChoiceUnknown);
        }
        match ballot_box.items.status(ballot.proposal) {
            None => return Err(BallotRefusal::ProposalNotFound),
            Some(ModerationStatus::Published) => {}
            Some(_) => return Err(BallotRefusal::ProposalNotPublished),
        }
        let shown = self.keys.check(ballot.key, ballot_box.id(), ballot.proposal, cast.participant, cast.now);
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
pub(crate) async fn record(poll: &RunningPoll, events: Vec<BallotEvent>) -> Result<(), QueueError> {
    if poll.lag() > LAG_EVENTS_MAX {
        return Err(QueueError::Full);
    }
    poll.queue.record(events).await
}
