//! The ports of voting in memory: the rows of each poll.

mod ballots;
mod polls;

use std::collections::BTreeMap;

use gd_domain::{
    BallotEvent, Change, NewPoll, ParticipantBallots, ParticipantId, Poll, PollId, Position, Standing,
    StandingBallot, Timestamp,
};
use gd_engine::ports::{PollMark, PortResult, ProjectionState};
use gd_engine::voting::ports::CountChanges;

use super::{MemoryStore, not_found};

/// Polls with all that is keyed by their numbers.
#[derive(Debug, Default)]
pub(super) struct Rows {
    polls: BTreeMap<PollId, PollRows>,
}

#[derive(Debug)]
struct PollRows {
    poll: Poll,
    revision: u64,
    events: Vec<BallotEvent>,
    projection: ProjectionState,
    /// Kept as the projector says, not counted.
    counted: CountChanges,
    standing: Standing,
}

impl Rows {
    /// The number of the next poll or consultation.
    pub(super) fn next_number(&self) -> i64 {
        self.polls.keys().last().map_or(1, |last| last.0 + 1)
    }

    pub(super) fn add_poll(&mut self, new: &NewPoll) -> PollId {
        let NewPoll { consultation, kind, strata, dates, is_erasable } = *new;
        let id = PollId(self.next_number());
        let rows = PollRows {
            poll: Poll { id, consultation, kind, strata, dates, is_erasable },
            revision: 1,
            events: Vec::new(),
            projection: ProjectionState::default(),
            counted: CountChanges::default(),
            standing: Standing::default(),
        };
        self.polls.insert(id, rows);
        id
    }

    /// The poll's revision, one higher than before.
    pub(super) fn next_revision(&mut self, poll: PollId) -> PortResult<u64> {
        let rows = self.polls.get_mut(&poll).ok_or_else(not_found)?;
        rows.revision += 1;
        Ok(rows.revision)
    }
}

impl PollRows {
    fn head(&self) -> Position {
        Position(u64::try_from(self.events.len()).expect("few events"))
    }

    fn events_after(&self, after: Position) -> impl Iterator<Item = (u64, &BallotEvent)> {
        (1..).zip(&self.events).filter(move |&(position, _)| position > after.0)
    }

    fn mark(&self) -> PollMark {
        let count = |count| u64::try_from(count).expect("never below zero");
        PollMark {
            poll: self.poll,
            revision: self.revision,
            head: self.head(),
            projection: self.projection,
            ballots: count(self.counted.ballots),
            participants: count(self.counted.participants),
        }
    }

    fn replace(&mut self, ParticipantBallots { participant, ballots }: &ParticipantBallots) {
        let fallen = self.standing.of(*participant).ballots.into_iter().map(|ballot| {
            let StandingBallot { participant, proposal, .. } = ballot;
            Change::Falls { participant, proposal }
        });
        let steps = fallen.chain(ballots.iter().copied().map(Change::Stands)).collect::<Vec<_>>();
        self.standing.apply(&steps);
    }

    fn reset(&mut self, now: Timestamp) {
        self.standing = Standing::default();
        self.counted = CountChanges::default();
        let generation = self.projection.generation + 1;
        let generation = generation.max(u64::try_from(now.as_millis()).expect("after 1970"));
        self.projection = ProjectionState { position: Position::START, generation };
    }

    fn projected_of(&self, participant: ParticipantId) -> Vec<StandingBallot> {
        let ballots = self.standing.ballots.values();
        ballots.filter(|ballot| ballot.participant == participant).copied().collect()
    }
}

impl MemoryStore {
    fn with<T>(&self, poll: PollId, body: impl FnOnce(&mut PollRows) -> T) -> PortResult<T> {
        self.rows().voting.polls.get_mut(&poll).map(body).ok_or_else(not_found)
    }
}
