//! The ports of voting in memory.

use std::collections::BTreeMap;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use async_trait::async_trait;
use gd_domain::{
    AuditDraft, BallotEvent, Change, Deltas, NewPoll, ParticipantBallots, ParticipantId, Poll, PollId,
    Position, PositionedEvent, Standing, StandingBallot, Timestamp,
};
use gd_engine::ports::{
    Ledger, PollMark, Polls, PortErrorKind, PortResult, ProjectedBallots, Projection, ProjectionState,
    StandingBallots,
};
use gd_engine::voting::ports::Gained;

use super::{MemoryStore, error, not_found};

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
    counted: Gained,
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
            counted: Gained::default(),
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
        self.counted = Gained::default();
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

#[async_trait]
impl Polls for MemoryStore {
    async fn marks(&self) -> PortResult<Vec<PollMark>> {
        Ok(self.rows().voting.polls.values().map(PollRows::mark).collect())
    }

    async fn mark(&self, poll: PollId) -> PortResult<Option<PollMark>> {
        Ok(self.rows().voting.polls.get(&poll).map(PollRows::mark))
    }

    async fn create_poll(&self, new: &NewPoll, audit: &AuditDraft) -> PortResult<PollId> {
        let mut rows = self.rows();
        if !rows.consultation.consultations.contains_key(&new.consultation) {
            return Err(not_found());
        }
        let id = rows.voting.add_poll(new);
        rows.staff.append(&AuditDraft { subject: format!("poll {id}"), ..audit.clone() });
        Ok(id)
    }

    async fn mark_erasable(&self, poll: PollId, audit: &AuditDraft) -> PortResult<()> {
        let mut rows = self.rows();
        let unmarked = rows.voting.polls.get_mut(&poll).filter(|rows| !rows.poll.is_erasable);
        let unmarked = unmarked.ok_or_else(|| error(PortErrorKind::Conflict, "erasable already"))?;
        unmarked.poll.is_erasable = true;
        rows.staff.append(audit);
        Ok(())
    }

    async fn erase_poll(&self, poll: PollId, audit: &AuditDraft) -> PortResult<u64> {
        let mut rows = self.rows();
        let erasable = rows.voting.polls.get_mut(&poll).filter(|rows| rows.poll.is_erasable);
        let erasable = erasable.ok_or_else(|| error(PortErrorKind::Conflict, "not erasable"))?;
        erasable.revision += 1;
        let events = erasable.head().0;
        erasable.events.clear();
        erasable.reset(audit.at);
        rows.proposals.forget_exposures(poll);
        rows.staff.append(audit);
        Ok(events)
    }
}

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
        gained: Gained,
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
