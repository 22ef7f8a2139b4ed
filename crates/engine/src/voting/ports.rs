//! Ports of voting: polls, their ledgers, the standing ballots folded from them, the live counts.

use std::sync::Arc;

use async_trait::async_trait;
use gd_domain::{
    AuditDraft, BallotEvent, Deltas, NewPoll, ParticipantBallots, ParticipantId, Poll, PollId, Position,
    PositionedEvent, StandingBallot, Timestamp,
};

use crate::port_error::PortResult;

/// A poll with the places its records stand at: what a server watches for changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PollMark {
    /// The poll on record.
    pub poll: Poll,
    /// Goes up with every change of one of its items.
    pub revision: u64,
    /// The ledger's last position.
    pub head: Position,
    /// The place where the projection stands.
    pub projection: ProjectionState,
    /// Standing ballots there.
    pub ballots: u64,
    /// Participants with at least one of them.
    pub participants: u64,
}

/// The polls on record.
#[async_trait]
pub trait Polls: Send + Sync {
    /// Every poll's mark, in the order they were recorded: all there are, however many. A poll without a ledger
    /// is [`PortErrorKind::Corrupt`](crate::ports::PortErrorKind::Corrupt).
    async fn marks(&self) -> PortResult<Vec<PollMark>>;

    /// One poll's mark.
    async fn mark(&self, poll: PollId) -> PortResult<Option<PollMark>>;

    /// Records a poll beside a consultation's first one, with its ledger and an audit entry, in one commit.
    async fn create_poll(&self, new: &NewPoll, audit: &AuditDraft) -> PortResult<PollId>;

    /// Marks a poll erasable, for good, with an audit entry in the same commit.
    /// [`PortErrorKind::Conflict`](crate::ports::PortErrorKind::Conflict) when it is erasable already.
    async fn mark_erasable(&self, poll: PollId, audit: &AuditDraft) -> PortResult<()>;

    /// Deletes the ledger of an erasable poll, with an audit entry in the same commit; the number of events. The
    /// projection, which may be in another file, is to be [reset](Projection::reset) next. [`PortErrorKind::Conflict`](crate::ports::PortErrorKind::Conflict), with nothing
    /// deleted, when the poll is not erasable.
    async fn erase_poll(&self, poll: PollId, audit: &AuditDraft) -> PortResult<u64>;
}

/// The append-only, gapless log of a poll's ballot events: the truth.
#[async_trait]
pub trait Ledger: Send + Sync {
    /// Appends the events in order, in one durable commit, and gives the position of the last.
    /// An error of kind [`crate::ports::PortErrorKind::OutcomeUnknown`] may have appended all of them, never a part.
    ///
    /// Nothing is appended after `not_after`, by the clock of the records: a request that got lost on its
    /// way there must not be carried out once its caller has given up, and perhaps said something else.
    async fn append(
        &self,
        poll: PollId,
        events: &[BallotEvent],
        not_after: Timestamp,
    ) -> PortResult<Position>;

    /// The position of the last event.
    async fn head(&self, poll: PollId) -> PortResult<Position>;

    /// Up to `limit` events after a position, in order.
    async fn read_after(
        &self,
        poll: PollId,
        after: Position,
        limit: usize,
    ) -> PortResult<Vec<PositionedEvent>>;
}

/// The place where a poll's projection stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProjectionState {
    /// The last event folded in.
    pub position: Position,
    /// Goes up each time the projection is rebuilt from nothing.
    pub generation: u64,
}

/// The change of a projection's counts in one step; negative where ballots were retracted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CountChanges {
    /// The change in standing ballots.
    pub ballots: i64,
    /// The change in participants with at least one standing ballot.
    pub participants: i64,
}

/// The writing side of the standing ballots: moved only by the projector.
#[async_trait]
pub trait Projection: Send + Sync {
    /// The place where it stands.
    async fn state(&self, poll: PollId) -> PortResult<ProjectionState>;

    /// Every projected ballot of these participants.
    async fn standing_of(
        &self,
        poll: PollId,
        participants: &[ParticipantId],
    ) -> PortResult<Vec<StandingBallot>>;

    /// Replaces the standing ballots of these participants, each listed once, adds to the counts of standing
    /// ballots and of their participants, and moves the projection from `from` to `to`, all in one commit.
    /// Returns `false`, with nothing changed, when the projection is not at `from`.
    async fn advance(
        &self,
        poll: PollId,
        from: ProjectionState,
        to: Position,
        changed: &[ParticipantBallots],
        gained: CountChanges,
    ) -> PortResult<bool>;

    /// Forgets every standing ballot and starts a new generation at position 0. The generation's number
    /// is above the last and not below `now` in milliseconds: after a restored backup too it is new to
    /// counters that saw what the backup did not.
    async fn reset(&self, poll: PollId, now: Timestamp) -> PortResult<()>;
}

/// One participant's projected ballots, with the positions they belong to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProjectedBallots {
    /// The projection's position.
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
    async fn projected_of(&self, poll: PollId, participant: ParticipantId) -> PortResult<ProjectedBallots>;

    /// A participant's standing ballots with everything acknowledged so far: the projection and the
    /// ledger's tail behind it, in the order of proposals.
    async fn of_participant(
        &self,
        poll: PollId,
        participant: ParticipantId,
    ) -> PortResult<Vec<StandingBallot>>;

    /// Every projected ballot, in the order of (participant, proposal), with the state of the projection
    /// they belong to, seen at one instant.
    async fn all(&self, poll: PollId) -> PortResult<(ProjectionState, Vec<StandingBallot>)>;

    /// The whole count, with the state of the projection it belongs to.
    async fn count(&self, poll: PollId) -> PortResult<(ProjectionState, Deltas)>;
}

/// A whole count with the state it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// The projection this is the count of.
    pub state: ProjectionState,
    /// Every proposal's tally and the number of participants.
    pub counts: Deltas,
}

/// The outcome of offering deltas to the counters.
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
        poll: PollId,
        from: ProjectionState,
        to: Position,
        deltas: &Deltas,
    ) -> PortResult<Applied>;

    /// Replaces everything by a count, atomically, if the counters still stand where they were `seen`
    /// before the count was begun. Returns `false`, with nothing changed, when they have moved
    /// since: the process that moved them knew more.
    async fn replace(&self, poll: PollId, seen: Option<ProjectionState>, totals: &Totals)
    -> PortResult<bool>;

    /// The state they stand at; `None` before the first replacement.
    async fn state(&self, poll: PollId) -> PortResult<Option<ProjectionState>>;

    /// All of them; `None` before the first replacement.
    async fn totals(&self, poll: PollId) -> PortResult<Option<Totals>>;

    /// Lets go of counts that only this process holds; they are counted again when somebody looks. Shared counts
    /// stay.
    async fn forget(&self, poll: PollId);

    /// Whether they can be read and changed now.
    async fn check(&self) -> PortResult<()>;
}

/// The ports of voting that a database adapter fills.
pub trait Records: Polls + Ledger + Projection + StandingBallots {}

impl<S: Polls + Ledger + Projection + StandingBallots> Records for S {}

/// The ports of voting.
#[derive(Clone)]
pub struct Ports {
    pub(crate) polls: Arc<dyn Polls>,
    pub(crate) ledger: Arc<dyn Ledger>,
    pub(crate) projection: Arc<dyn Projection>,
    pub(crate) standing_ballots: Arc<dyn StandingBallots>,
    pub(crate) counters: Arc<dyn Counters>,
}

impl Ports {
    pub(crate) fn new<S: Records + 'static>(records: &Arc<S>, counters: Arc<dyn Counters>) -> Self {
        Self {
            polls: Arc::clone(records) as _,
            ledger: Arc::clone(records) as _,
            projection: Arc::clone(records) as _,
            standing_ballots: Arc::clone(records) as _,
            counters,
        }
    }
}
