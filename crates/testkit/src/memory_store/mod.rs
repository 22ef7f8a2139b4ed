//! The engine's record ports in memory: fast, and able to fail on command.

mod records;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use gd_domain::{
    Answers, BallotEvent, Change, Consultation, ConsultationId, Deltas, ParticipantBallots, ParticipantId,
    Position, PositionedEvent, Proposal, ProposalNumber, Standing, StandingBallot, Timestamp,
};
use gd_engine::ports::{
    Ledger, PortError, PortErrorKind, PortResult, ProjectedBallots, Projection, ProjectionState,
    StandingBallots, StoredReport,
};

use crate::FixedClock;

/// All record ports over plain maps.
#[derive(Debug, Default)]
pub struct MemoryStore {
    records: Mutex<BTreeMap<ConsultationId, Record>>,
    /// How often [`Ledger::append`] was called with success.
    pub appends: AtomicUsize,
    /// While true, every append fails without recording anything.
    pub appends_fail: AtomicBool,
    /// While true, every append records its events and then fails all the same.
    pub appends_lose_their_answer: AtomicBool,
    /// While true, every append panics.
    pub appends_panic: AtomicBool,
    /// While true, another process holds every lease.
    pub leases_are_held_elsewhere: AtomicBool,
    /// How far the records' clock is ahead of the last beat's, in milliseconds.
    pub clock_ahead_ms: AtomicI64,
    /// How often [`StandingBallots::of_participant`] was called.
    pub participants_read: AtomicUsize,
    /// How often [`StandingBallots::count`] was called.
    pub counts: AtomicUsize,
    /// How long a count takes, by a clock it moves, in milliseconds.
    pub counting_takes: Mutex<Option<(Arc<FixedClock>, i64)>>,
    last_beat: AtomicI64,
    used_links: Mutex<BTreeMap<i64, Timestamp>>,
    answers: Mutex<BTreeMap<(ConsultationId, ParticipantId), Answers>>,
}

#[derive(Debug)]
struct Record {
    consultation: Consultation,
    revision: u64,
    proposals: BTreeMap<ProposalNumber, (u64, Proposal)>,
    events: Vec<BallotEvent>,
    projection: ProjectionState,
    standing: Standing,
    reports: Vec<StoredReport>,
    shown: BTreeMap<ProposalNumber, u64>,
}

impl Record {
    fn next_revision(&mut self) -> u64 {
        self.revision += 1;
        self.revision
    }

    fn head(&self) -> Position {
        Position(u64::try_from(self.events.len()).expect("few events"))
    }
}

fn missing() -> PortError {
    PortError::new(PortErrorKind::Unavailable, "no such consultation")
}

impl MemoryStore {
    fn records(&self) -> MutexGuard<'_, BTreeMap<ConsultationId, Record>> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answers(&self) -> MutexGuard<'_, BTreeMap<(ConsultationId, ParticipantId), Answers>> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(&self, id: ConsultationId, body: impl FnOnce(&mut Record) -> T) -> PortResult<T> {
        self.records().get_mut(&id).map(body).ok_or_else(missing)
    }
}

fn after_position(events: &[BallotEvent], after: Position) -> impl Iterator<Item = (u64, &BallotEvent)> {
    (1..).zip(events).filter(move |&(position, _)| position > after.0)
}

#[async_trait]
impl Ledger for MemoryStore {
    async fn append(
        &self,
        consultation: ConsultationId,
        events: &[BallotEvent],
        not_after: Timestamp,
    ) -> PortResult<Position> {
        if not_after.as_millis() < self.last_beat.load(Ordering::Relaxed) {
            return Err(PortError::new(PortErrorKind::Unavailable, "too late"));
        }
        assert!(!self.appends_panic.load(Ordering::Relaxed), "told to panic");
        if self.appends_fail.load(Ordering::Relaxed) {
            return Err(PortError::new(PortErrorKind::Unavailable, "told to fail"));
        }
        let head = self.with(consultation, |record| {
            record.events.extend_from_slice(events);
            record.head()
        })?;
        if self.appends_lose_their_answer.load(Ordering::Relaxed) {
            return Err(PortError::new(PortErrorKind::OutcomeUnknown, "told to lose the answer"));
        }
        self.appends.fetch_add(1, Ordering::Relaxed);
        Ok(head)
    }

    async fn head(&self, consultation: ConsultationId) -> PortResult<Position> {
        self.with(consultation, |record| record.head())
    }

    async fn read_after(
        &self,
        consultation: ConsultationId,
        after: Position,
        limit: usize,
    ) -> PortResult<Vec<PositionedEvent>> {
        self.with(consultation, |record| {
            let events = after_position(&record.events, after).take(limit);
            events.map(|(at, event)| PositionedEvent { position: Position(at), event: *event }).collect()
        })
    }
}

#[async_trait]
impl Projection for MemoryStore {
    async fn state(&self, consultation: ConsultationId) -> PortResult<ProjectionState> {
        self.with(consultation, |record| record.projection)
    }

    async fn standing_of(
        &self,
        consultation: ConsultationId,
        participants: &[ParticipantId],
    ) -> PortResult<Vec<StandingBallot>> {
        self.with(consultation, |record| {
            let ballots = record.standing.ballots.values();
            ballots.filter(|ballot| participants.contains(&ballot.participant)).copied().collect()
        })
    }

    async fn advance(
        &self,
        consultation: ConsultationId,
        from: ProjectionState,
        to: Position,
        changed: &[ParticipantBallots],
    ) -> PortResult<bool> {
        self.with(consultation, |record| {
            if record.projection != from {
                return false;
            }
            for ParticipantBallots { participant, ballots } in changed {
                let fallen = record.standing.of(*participant).ballots.into_iter().map(|ballot| {
                    let StandingBallot { participant, proposal, .. } = ballot;
                    Change::Falls { participant, proposal }
                });
                let steps = fallen.chain(ballots.iter().copied().map(Change::Stands)).collect::<Vec<_>>();
                record.standing.apply(&steps);
            }
            record.projection.position = to;
            true
        })
    }

    async fn reset(&self, consultation: ConsultationId, now: Timestamp) -> PortResult<()> {
        self.with(consultation, |record| {
            record.standing = Standing::default();
            let generation = record.projection.generation + 1;
            let generation = generation.max(u64::try_from(now.as_millis()).expect("after 1970"));
            record.projection = ProjectionState { position: Position::START, generation };
        })
    }
}

#[async_trait]
impl StandingBallots for MemoryStore {
    async fn of_participant(
        &self,
        consultation: ConsultationId,
        participant: ParticipantId,
    ) -> PortResult<Vec<StandingBallot>> {
        self.participants_read.fetch_add(1, Ordering::Relaxed);
        self.with(consultation, |record| {
            let mut standing = record.standing.clone();
            for (_, event) in after_position(&record.events, record.projection.position) {
                let (participant, proposal) = (event.participant, event.proposal);
                let fallen = Change::Falls { participant, proposal };
                standing.apply(&[StandingBallot::after(event).map_or(fallen, Change::Stands)]);
            }
            standing.ballots.into_values().filter(|ballot| ballot.participant == participant).collect()
        })
    }

    async fn projected_of(
        &self,
        consultation: ConsultationId,
        participant: ParticipantId,
    ) -> PortResult<ProjectedBallots> {
        self.participants_read.fetch_add(1, Ordering::Relaxed);
        self.with(consultation, |record| {
            let ballots = record.standing.ballots.values();
            ProjectedBallots {
                position: record.projection.position,
                head: Position(record.events.len() as u64),
                ballots: ballots.filter(|ballot| ballot.participant == participant).copied().collect(),
            }
        })
    }

    async fn all(&self, consultation: ConsultationId) -> PortResult<(ProjectionState, Vec<StandingBallot>)> {
        self.with(consultation, |record| {
            (record.projection, record.standing.ballots.values().copied().collect())
        })
    }

    async fn count(&self, consultation: ConsultationId) -> PortResult<(ProjectionState, Deltas)> {
        self.counts.fetch_add(1, Ordering::Relaxed);
        if let Some((clock, takes_ms)) = &*self.counting_takes.lock().unwrap_or_else(PoisonError::into_inner)
        {
            clock.advance_ms(*takes_ms);
        }
        self.with(consultation, |record| {
            (record.projection, Deltas::recount(record.standing.ballots.values()))
        })
    }
}
