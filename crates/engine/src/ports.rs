//! What the engine needs of the world: one small trait for each thing, each with at most six methods.
//!
//! Adapters are checked by the contract suites in `testkit`, the same for every one of them.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use gd_domain::{
    Answers, BallotEvent, Consultation, ConsultationDraft, ConsultationId, Deltas, Folded, ModerationStatus,
    ParticipantId, Position, PositionedEvent, Proposal, ProposalNumber, ProposalText, RefusalReason, Slug,
    StandingBallot, Timestamp,
};

/// A port could not do its work. The cause is opaque; only the kind matters to callers.
#[derive(Debug)]
pub struct PortError {
    /// What a caller can do about it.
    pub kind: PortErrorKind,
    source: Box<dyn Error + Send + Sync>,
}

/// What a caller can do about a failed port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortErrorKind {
    /// Nothing was done; try again later.
    Unavailable,
    /// It is not known whether the work was done; repeating is safe where the port says so.
    OutcomeUnknown,
    /// It was refused because something of that name exists already.
    Conflict,
    /// A record cannot be understood: written by a newer program, or damaged.
    Corrupt,
}

impl PortError {
    /// An error of this kind with its cause.
    pub fn new(kind: PortErrorKind, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { kind, source: source.into() }
    }
}

impl fmt::Display for PortError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            PortErrorKind::Unavailable => "not available",
            PortErrorKind::OutcomeUnknown => "outcome unknown",
            PortErrorKind::Conflict => "exists already",
            PortErrorKind::Corrupt => "record not understood",
        };
        write!(f, "{kind}: {}", self.source)
    }
}

impl Error for PortError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        // The cause itself is part of the message.
        self.source.source()
    }
}

/// What every port answers.
pub type PortResult<T> = Result<T, PortError>;

/// The append-only, gapless log of a consultation's ballot events: the truth.
#[async_trait]
pub trait Ledger: Send + Sync {
    /// Appends the events in order, in one durable commit, and gives the position of the last.
    /// An error of kind [`PortErrorKind::OutcomeUnknown`] may have appended all of them, never a part.
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

    /// Puts the changes into effect and moves the projection from `from` to `to`, all in one commit.
    /// `false`, with nothing changed, when it does not stand at `from`.
    async fn advance(
        &self,
        consultation: ConsultationId,
        from: ProjectionState,
        to: Position,
        folded: &Folded,
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
    /// ledger's tail behind it, seen at one instant, in the order of proposals.
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

/// Where a consultation's records, ledger and projection stand: what a server watches for changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watermark {
    /// Which consultation.
    pub consultation: ConsultationId,
    /// Goes up with every change of the consultation or of one of its proposals.
    pub revision: u64,
    /// The ledger's last position.
    pub head: Position,
    /// Where the projection stands.
    pub projection: ProjectionState,
}

/// The consultations on record.
#[async_trait]
pub trait Consultations: Send + Sync {
    /// Records a new one. [`PortErrorKind::Conflict`] when its slug is taken.
    async fn create(&self, draft: &ConsultationDraft, now: Timestamp) -> PortResult<ConsultationId>;

    /// Replaces what is said of one; its slug and origin stay.
    async fn update(&self, consultation: &Consultation) -> PortResult<()>;

    /// The one of this record number with its revision.
    async fn by_id(&self, id: ConsultationId) -> PortResult<Option<(Consultation, u64)>>;

    /// Where each stands, in the order they were created.
    async fn watermarks(&self) -> PortResult<Vec<Watermark>>;
}

/// A proposal about to get its number.
#[derive(Clone, Debug)]
pub struct NewProposal {
    /// What it says.
    pub text: ProposalText,
    /// Who wrote it.
    pub author: ParticipantId,
    /// When.
    pub submitted_at: Timestamp,
    /// Where it starts with the moderators.
    pub status: ModerationStatus,
}

/// What moderators decide of some proposals.
#[derive(Clone, Debug)]
pub struct Moderated {
    /// Their new status.
    pub status: ModerationStatus,
    /// Why, when refused.
    pub refusal_reason: Option<RefusalReason>,
    /// A theme to give them; `None` leaves theirs.
    pub theme: Option<Slug>,
}

/// The proposals on record. Every change raises the consultation's revision.
#[async_trait]
pub trait Proposals: Send + Sync {
    /// Records each proposal under the next free number, or finds the pending or published one that the
    /// same author submitted with the same text; their numbers and statuses, in the order given. However
    /// many come in at once, here or elsewhere, one is recorded. All are recorded or none.
    async fn submit(
        &self,
        consultation: ConsultationId,
        proposals: &[NewProposal],
    ) -> PortResult<Vec<(ProposalNumber, ModerationStatus)>>;

    /// Applies a decision to all of these numbers, or to none.
    async fn moderate(
        &self,
        consultation: ConsultationId,
        numbers: &[ProposalNumber],
        decision: &Moderated,
    ) -> PortResult<()>;

    /// Records proposals under the numbers they bring, replacing what stood there.
    async fn import(&self, consultation: ConsultationId, proposals: &[Proposal]) -> PortResult<()>;

    /// Up to `limit` proposals changed after (revision, number), in that order, each with its revision.
    async fn changed_after(
        &self,
        consultation: ConsultationId,
        after: (u64, ProposalNumber),
        limit: usize,
    ) -> PortResult<Vec<(u64, Proposal)>>;
}

/// Why a report was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportKind {
    /// By the server itself, while results are live.
    Live,
    /// By an organizer, for the public.
    Published,
}

/// A report on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredReport {
    /// Why it was made.
    pub kind: ReportKind,
    /// When.
    pub made_at: Timestamp,
    /// The ledger's position it was made at.
    pub position: Position,
    /// The report: one JSON object.
    pub body: String,
}

/// The reports on record.
#[async_trait]
pub trait Reports: Send + Sync {
    /// Records one. Published ones are kept for ever; a live one replaces the last live one.
    async fn save(&self, consultation: ConsultationId, report: &StoredReport) -> PortResult<()>;

    /// When the latest of this kind was made, without reading it.
    async fn latest_made_at(
        &self,
        consultation: ConsultationId,
        kind: ReportKind,
    ) -> PortResult<Option<Timestamp>>;

    /// The latest of this kind.
    async fn latest(
        &self,
        consultation: ConsultationId,
        kind: ReportKind,
    ) -> PortResult<Option<StoredReport>>;
}

/// How often each proposal was shown, by all processes together.
#[async_trait]
pub trait Exposures: Send + Sync {
    /// Adds to what is on record: all of it in one commit, or nothing. No number may come twice.
    async fn add(&self, consultation: ConsultationId, shown: &[(ProposalNumber, u64)]) -> PortResult<()>;

    /// What is on record; proposals never shown are absent.
    async fn shown(&self, consultation: ConsultationId) -> PortResult<BTreeMap<ProposalNumber, u64>>;
}

/// Links that work once, in all processes together.
#[async_trait]
pub trait OneTimeLinks: Send + Sync {
    /// Uses a link up; false when that was done before. What has expired by `now` is forgotten: callers refuse
    /// it without asking.
    async fn use_up(&self, nonce: i64, expires_at: Timestamp, now: Timestamp) -> PortResult<bool>;
}

/// What participants answered to the organizers' questions; the last time stands.
#[async_trait]
pub trait ParticipantAnswers: Send + Sync {
    /// Keeps what a participant answered, in the place of what they answered before.
    async fn keep(
        &self,
        consultation: ConsultationId,
        participant: ParticipantId,
        answers: &Answers,
        now: Timestamp,
    ) -> PortResult<()>;

    /// Forgets it.
    async fn forget(&self, consultation: ConsultationId, participant: ParticipantId) -> PortResult<()>;

    /// What a participant answered; `None` when they have not yet.
    async fn of_participant(
        &self,
        consultation: ConsultationId,
        participant: ParticipantId,
    ) -> PortResult<Option<Answers>>;

    /// Up to `limit` participants after one, or from the first, in the order of their numbers.
    async fn after(
        &self,
        consultation: ConsultationId,
        after: Option<ParticipantId>,
        limit: usize,
    ) -> PortResult<Vec<(ParticipantId, Answers)>>;
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

/// Work that one process at a time should do, out of many on the same records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Job {
    /// Folding a consultation's ledger into its standing ballots and counters.
    Project(ConsultationId),
    /// Keeping the live reports up to date.
    LiveReports,
}

/// Leases on jobs. They save work; nothing relies on them to be right, for a process that was paused may
/// still believe it holds one.
#[async_trait]
pub trait Leases: Send + Sync {
    /// Whether this process holds the lease of a job now; takes it if it is free. Whoever works on asks
    /// again before each step, at least every half second; from a process that has stopped asking or has
    /// died, its leases pass on within 2 s.
    async fn hold(&self, job: Job) -> PortResult<bool>;

    /// Gives back every lease: the last thing before the process ends.
    async fn release(&self);
}

/// Messages between the processes of an installation. They only make things faster: a periodic look at
/// the records is behind them, and any of them may be lost.
#[async_trait]
pub trait Announcements: Send + Sync {
    /// Tells every process that consultations or proposals have changed on record.
    async fn announce(&self);

    /// Comes back when a change was announced since this was last called, by any process.
    async fn heard(&self);
}

/// What is rationed, each with its own budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rationed {
    /// Requests that cast or retract ballots, by participant.
    Ballots,
    /// Proposals, by participant.
    Proposals,
    /// Proposals, by network address.
    NetworkProposals,
    /// New participants, by network address.
    Participants,
    /// Requests of any kind, by network address.
    Requests,
}

/// Rate limits.
#[async_trait]
pub trait RateLimits: Send + Sync {
    /// Takes one from the budget of `who`.
    ///
    /// # Errors
    /// How long to wait, when the budget is spent.
    async fn take(&self, rationed: Rationed, who: &str) -> Result<(), Duration>;
}

/// Whether records can be written, and by which clock.
#[async_trait]
pub trait Heartbeat: Send + Sync {
    /// Commits a trifle to disk.
    async fn beat(&self, now: Timestamp) -> PortResult<()>;

    /// What time it is where the records are kept; `None` where that is here.
    async fn clock(&self) -> PortResult<Option<Timestamp>>;
}

/// The time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// Randomness that nobody can guess.
pub trait Entropy: Send + Sync {
    /// 64 random bits.
    fn bits(&self) -> u64;
}

/// The adapters an engine runs on.
#[derive(Clone)]
pub struct Ports {
    /// The ledger.
    pub ledger: Arc<dyn Ledger>,
    /// The writing side of the standing ballots.
    pub projection: Arc<dyn Projection>,
    /// The reading side of the standing ballots.
    pub standing_ballots: Arc<dyn StandingBallots>,
    /// Consultations on record.
    pub consultations: Arc<dyn Consultations>,
    /// Proposals on record.
    pub proposals: Arc<dyn Proposals>,
    /// Reports on record.
    pub reports: Arc<dyn Reports>,
    /// How often proposals were shown.
    pub exposures: Arc<dyn Exposures>,
    /// Links that work once.
    pub one_time_links: Arc<dyn OneTimeLinks>,
    /// What participants answered about themselves.
    pub participant_answers: Arc<dyn ParticipantAnswers>,
    /// Whether records can be written.
    pub heartbeat: Arc<dyn Heartbeat>,
    /// Which process does what.
    pub leases: Arc<dyn Leases>,
    /// Live counts.
    pub counters: Arc<dyn Counters>,
    /// Messages between processes.
    pub announcements: Arc<dyn Announcements>,
    /// Rate limits.
    pub rate_limits: Arc<dyn RateLimits>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
}
