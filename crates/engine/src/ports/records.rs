//! What is on record beside the votes: consultations, proposals, reports, and what participants said of themselves.

use std::collections::BTreeMap;

use async_trait::async_trait;
use gd_domain::{
    Answers, Consultation, ConsultationDraft, ConsultationId, ModerationStatus, ParticipantId, Position,
    Proposal, ProposalNumber, ProposalText, RefusalReason, Slug, Timestamp,
};

use super::{PortResult, ProjectionState};

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
    /// Records a new one. [`super::PortErrorKind::Conflict`] when its slug is taken.
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
