//! Ledger, projection and standing ballots in memory.

use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use async_trait::async_trait;
use gd_domain::{
    BallotEvent, Change, Deltas, ParticipantBallots, ParticipantId, PollId, Position, PositionedEvent,
    StandingBallot, Timestamp,
};
use gd_engine::ports::{
    Ledger, PortErrorKind, PortResult, ProjectedBallots, Projection, ProjectionState, StandingBallots,
};
use gd_engine::voting::ports::CountChanges;

use crate::memory_store::{MemoryStore, error};

#[async_trait]
impl Ledger for MemoryStore {
    async fn append(
        &self,
        poll: PollId,
        events: &[BallotEvent],
        not_after: Timestamp,
    ) -> PortResult<Position> {
        if not_after.as_millis() < self.last_beat.load(Ordering::Relaxed) {
            return Err(error(PortErrorKind::Unavailable, "too late"));
        }
        assert!(!self.appends_panic.load(Ordering::Relaxed), "told to panic");
        self.check_writable()?;
        let head = self.with(poll, |rows| {
            rows.events.extend_from_slice(events);
            rows.head()
        })?;
        if self.appends_lose_their_answer.load(Ordering::Relaxed) {
            return Err(error(PortErrorKind::OutcomeUnknown, "told to lose the answer"));
        }
        self.appends.fetch_add(1, Ordering::Relaxed);
        Ok(head)
    }

    async fn head(&self, poll: PollId) -> PortResult<Position> {
        self.with(poll, |rows| rows.head())
    }

    async fn read_after(
        &self,
        poll: PollId,
        after: Position,
        limit: usize,
    ) -> PortResult<Vec<PositionedEvent>> {
        self.with(poll, |rows| {
            let events = rows.events_after(after).take(limit);
            events.map(|(at, event)| PositionedEvent { position: Position(at), event: *event }).collect()
        })
    }
}

#[async_trait]
impl Projection for MemoryStore {
    async fn state(&self, poll: PollId) -> PortResult<ProjectionState> {
        self.with(poll, |rows| rows.projection)
    }

    async fn standing_of(
        &self,
        poll: PollId,
        participants: &[ParticipantId],
    ) -> PortResult<Vec<StandingBallot>> {
        self.with(poll, |rows| {
            let ballots = rows.standing.ballots.values();
            ballots.filter(|ballot| participants.contains(&ballot.participant)).copied().collect()
        })
    }

    async fn advance(
        &self,
        poll: PollId,
        from: ProjectionState,
        to: Position,
        changed: &[ParticipantBallots],
        gained: CountChanges,
    ) -> PortResult<bool> {
        self.with(poll, |rows| {
            if rows.projection != from {
                return false;
            }
            for theirs in changed {
                rows.replace(theirs);
            }
            rows.counted.ballots += gained.ballots;
            rows.counted.participants += gained.participants;
            rows.projection.position = to;
            true
        })
    }

    async fn reset(&self, poll: PollId, now: Timestamp) -> PortResult<()> {
        self.with(poll, |rows| rows.reset(now))
    }
}

#[async_trait]
impl StandingBallots for MemoryStore {
    async fn of_participant(
        &self,
        poll: PollId,
        participant: ParticipantId,
    ) -> PortResult<Vec<StandingBallot>> {
        self.participants_read.fetch_add(1, Ordering::Relaxed);
        self.with(poll, |rows| {
            let mut standing = rows.standing.clone();
            for (_, event) in rows.events_after(rows.projection.position) {
                let (participant, proposal) = (event.participant, event.proposal);
                let fallen = Change::Falls { participant, proposal };
                standing.apply(&[StandingBallot::after(event).map_or(fallen, Change::Stands)]);
            }
            standing.ballots.into_values().filter(|ballot| ballot.participant == participant).collect()
        })
    }

    async fn projected_of(&self, poll: PollId, participant: ParticipantId) -> PortResult<ProjectedBallots> {
        self.participants_read.fetch_add(1, Ordering::Relaxed);
        self.with(poll, |rows| ProjectedBallots {
            position: rows.projection.position,
            head: rows.head(),
            ballots: rows.projected_of(participant),
        })
    }

    async fn all(&self, poll: PollId) -> PortResult<(ProjectionState, Vec<StandingBallot>)> {
        self.with(poll, |rows| (rows.projection, rows.standing.ballots.values().copied().collect()))
    }

    async fn count(&self, poll: PollId) -> PortResult<(ProjectionState, Deltas)> {
        self.counts.fetch_add(1, Ordering::Relaxed);
        if let Some((clock, takes_ms)) = &*self.counting_takes.lock().unwrap_or_else(PoisonError::into_inner)
        {
            clock.advance_ms(*takes_ms);
        }
        self.with(poll, |rows| (rows.projection, Deltas::recount(rows.standing.ballots.values())))
    }
}
