//! Ports of consultation.

use async_trait::async_trait;
use gd_domain::{AuditDraft, Consultation, ConsultationDraft, ConsultationId, Timestamp};

use crate::port_error::PortResult;

/// The consultations on record.
#[async_trait]
pub trait Consultations: Send + Sync {
    /// Records a new one with its first poll, whose number it takes, and the audit entry of its creation, in one
    /// commit. [`PortErrorKind::AlreadyExists`](crate::ports::PortErrorKind::AlreadyExists) when its slug is taken.
    async fn create(
        &self,
        draft: &ConsultationDraft,
        now: Timestamp,
        audit: &AuditDraft,
    ) -> PortResult<ConsultationId>;

    /// Replaces the description of one; its slug and origin stay. `seen` is the revision the change was made
    /// from: [`PortErrorKind::Conflict`](crate::ports::PortErrorKind::Conflict), with nothing changed, when the
    /// record has another by now. The audit entry is part of the commit.
    async fn update(&self, consultation: &Consultation, seen: u64, audit: &AuditDraft) -> PortResult<()>;

    /// The one of this record number with its revision.
    async fn by_id(&self, id: ConsultationId) -> PortResult<Option<(Consultation, u64)>>;

    /// Up to `limit` after a record number, in the order they were created, each with its revision.
    async fn page(&self, after: ConsultationId, limit: usize) -> PortResult<Vec<(Consultation, u64)>>;

    /// The revision of each, in the order they were created: all there are, however many.
    async fn revisions(&self) -> PortResult<Vec<(ConsultationId, u64)>>;
}
