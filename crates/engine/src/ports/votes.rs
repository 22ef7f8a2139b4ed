//! The way of a vote: the ledger, the standing ballots folded from it, the live counts.

use async_trait::async_trait;
use gd_domain::{
    BallotEvent, ConsultationId, Deltas, ParticipantBallots, ParticipantId, Position, PositionedEvent,
    StandingBallot, Timestamp,
};

use super::PortResult;

/// The append-only, gapless log of a consultation's ballot events: the truth.
#[async_trait]
pub trait Ledger: Send + Sync {
    /// Appends the events in order, in one durable commit, and gives the position of the last.
    /// An error of kind [`super::PortErrorKind::OutcomeUnknown`] may have appended all of them, never a part.
    ///
    /// Nothing is appended after `not_after`, by the clock of the records: a request that got lost on its
    /// way there must not be carried out once its caller has given up, and perhaps said something else.
    async fn append(
        &self,
        consultation: ConsultationId,
        events: &[BallotEvent],
        not_after: Timestamp,
    ) -> PortResult<Position>;

    /// The position of the last event.
    async fn head(&self, consultation: ConsultationId) -> PortResult<Position>;

    /// Up to `limit` events after a position, in order.
    async fn read_after(
        &self,
        consultation: ConsultationId,
        after: Position,
        limit: usize,
    ) -> PortResult<Vec<PositionedEvent>>;
}

/// Where a consultation's projection stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProjectionState {
    /// The last event folded in.
    pub position: Position,
    /// Goes up each time the projection is rebuilt from nothing.
    pub generation: u64,
}

/// The writing side of the standing ballots: moved only by the projector.
#[async_trait]
pub trait Projection: Send + Sync {
    /// Where it stands.
    async fn state(&self, consultation: ConsultationId) -> PortResult<ProjectionState>;

    /// Every projected ballot of these participants.
    async fn standing_of(
        &self,
        consultation: ConsultationId,
        participants: &[ParticipantId],
    ) -> PortResult<Vec<StandingBallot>>;

    /// Puts what stands for these participants, each of them once, in the place of what stood, and moves the
    /// projection from `from` to `to`, all in one commit. `false`, with nothing changed, when it does not
    /// stand at `from`.
    async fn advance(
        &self,
        consultation: ConsultationId,
        from: ProjectionState,
        to: Position,
        changed: &[ParticipantBallots],
    ) -> PortResult<bool>;

    /// Forgets every standing ballot and starts a new generation at position 0. The generation's number
    /// is above the last and not below `now` in milliseconds: after a restored backup too it is new to
    /// counters that saw what the backup did not.
    async fn reset(&self, consultation: ConsultationId, now: Timestamp) -> PortResult<()>;
}

/// What is projected of one participant, with the places that it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProjectedBallots {
    /// Where the projection stood.
    pub position: Position,
    /// The ledger's last position, no older than `position`'s instant.
    pub head: Position,
    /// Their projected ballots, in the order of proposals.
    pub ballots: Vec<StandingBallot>,
}

/// The reading side of the standing ballots.
#[async_trait]
pub trait StandingBallots: Send + Sync {
    /// A participant's projected ballots and how far they go. Where `position` is `head` they are everything
    /// acknowledged; else the ledger between the two has the rest.
    async fn projected_of(
        &self,
        consultation: ConsultationId,
        participant: ParticipantId,
    ) -> PortResult<ProjectedBallots>;

    /// A participant's standing ballots with everything acknowledged so far: the projection and the
    /// ledger's tail behind it, in the order of proposals.
    async fn of_participant(
        &self,
        consultation: ConsultationId,
        participant: ParticipantId,
    ) -> PortResult<Vec<StandingBallot>>;

    /// Every projected ballot, in the order of (participant, proposal), with the state of the projection
    /// they belong to, seen at one instant.
    async fn all(&self, consultation: ConsultationId) -> PortResult<(ProjectionState, Vec<StandingBallot>)>;

    /// The whole count, with the state of the projection it belongs to.
    async fn count(&self, consultation: ConsultationId) -> PortResult<(ProjectionState, Deltas)>;
}

/// A whole count with the place it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// The projection this is the count of.
    pub state: ProjectionState,
    /// Every proposal's tally and the number of participants.
    pub counts: Deltas,
}

/// What became of deltas offered to the counters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// They were added; the counters stand at `to`.
    Added,
    /// Nothing was changed: the counters do not stand at `from` (perhaps nowhere yet).
    Elsewhere,
}

/// The live counts.
#[async_trait]
pub trait Counters: Send + Sync {
    /// Adds deltas, exactly once: only where the counters stand at `from`, and they then stand at `to`.
    async fn apply(
        &self,
        consultation: ConsultationId,
        from: ProjectionState,
        to: Position,
        deltas: &Deltas,
    ) -> PortResult<Applied>;

    /// Replaces everything by a count, atomically, if the counters still stand where they were `seen`
    /// before the count was begun. `false`, with nothing changed, when they have moved since: whoever
    /// moved them knew more.
    async fn replace(
        &self,
        consultation: ConsultationId,
        seen: Option<ProjectionState>,
        totals: &Totals,
    ) -> PortResult<bool>;

    /// Where they stand; `None` before the first replacement.
    async fn state(&self, consultation: ConsultationId) -> PortResult<Option<ProjectionState>>;

    /// All of them; `None` before the first replacement.
    async fn totals(&self, consultation: ConsultationId) -> PortResult<Option<Totals>>;

    /// Whether they can be read and changed now.
    async fn check(&self) -> PortResult<()>;
}
