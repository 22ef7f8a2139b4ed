//! A participant takes ballots back: one, or all of them to be forgotten.

use gd_domain::{Action, BallotEvent, ItemNumber, ParticipantId, PollId, StandingBallot, Timestamp};

use crate::consultation::LookupError;
use crate::voting::cast::{BALLOTS_PER_REQUEST_MAX, record};
use crate::voting::cast_error::CastError;
use crate::voting::own_ballots::own_ballots;
use crate::voting::state::Voting;

impl Voting {
    /// Retracts the ballot that stands on a proposal of the first poll. Returns the number retracted, 0 or 1.
    ///
    /// # Errors
    /// [`CastError`].
    pub async fn retract_ballot(
        &self,
        slug: &str,
        participant: ParticipantId,
        proposal: ItemNumber,
        now: Timestamp,
    ) -> Result<usize, CastError> {
        self.retract((slug, None), participant, now, |ballot| ballot.proposal == proposal).await
    }

    /// Retracts the ballot that stands on an item of a poll. Returns the number retracted, 0 or 1.
    ///
    /// # Errors
    /// [`CastError`].
    pub async fn retract_ballot_in(
        &self,
        slug: &str,
        poll: PollId,
        participant: ParticipantId,
        item: ItemNumber,
        now: Timestamp,
    ) -> Result<usize, CastError> {
        self.retract((slug, Some(poll)), participant, now, |ballot| ballot.proposal == item).await
    }

    /// Retracts every ballot of the participant that stands in the polls of a consultation that take votes now.
    /// Returns their number. The rows of the ledger stay, under a number that leads to nobody once its cookie is gone.
    ///
    /// # Errors
    /// [`CastError`]; after `TryAgain` some ballots may stand, and repeating is safe.
    pub async fn retract_all_ballots(
        &self,
        slug: &str,
        participant: ParticipantId,
        now: Timestamp,
    ) -> Result<usize, CastError> {
        let lookup = self.catalogue.find(slug, Action::Read, now)?;
        let mut polls = self.open_polls_of(&lookup, now).into_iter().map(|poll| poll.id).collect::<Vec<_>>();
        // One that was created a moment ago need not be among those looked at.
        if lookup.phase.accepts(Action::Vote) && !polls.contains(&lookup.first_poll()) {
            polls.push(lookup.first_poll());
        }
        if polls.is_empty() {
            return Err(LookupError::PhaseClosed(lookup.phase).into());
        }
        let mut retracted = 0;
        for poll in polls {
            retracted += self.retract((slug, Some(poll)), participant, now, |_| true).await?;
        }
        Ok(retracted)
    }

    /// Retracts the standing ballots for which `is_meant` holds. Returns their number.
    async fn retract(
        &self,
        (slug, poll): (&str, Option<PollId>),
        participant: ParticipantId,
        now: Timestamp,
        is_meant: impl Fn(&StandingBallot) -> bool,
    ) -> Result<usize, CastError> {
        let ballot_box = self.ballot_box(slug, poll, now).await?;
        let standing = own_ballots(&self.ports, &ballot_box, participant).await;
        let standing = standing.map_err(|failure| {
            tracing::warn!(%failure, "standing ballots could not be read");
            CastError::TryAgain
        })?;
        let retracted = standing.iter().filter(|ballot| is_meant(ballot)).map(|ballot| BallotEvent {
            participant,
            proposal: ballot.proposal,
            opinion: None,
            audience: ballot.audience,
            channel: ballot.channel,
            cast_at: now,
        });
        let events = retracted.collect::<Vec<_>>();
        for chunk in events.chunks(BALLOTS_PER_REQUEST_MAX) {
            record(&ballot_box, chunk.to_vec()).await?;
        }
        Ok(events.len())
    }
}
