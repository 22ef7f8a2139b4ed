//! Ports of results: the reports on record.

use async_trait::async_trait;
use gd_domain::{AuditDraft, ConsultationId, Position, Timestamp};

use crate::port_error::PortResult;

/// The reason a report was made for.
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
    /// The reason it was made for.
    pub kind: ReportKind,
    /// The instant it was made at.
    pub made_at: Timestamp,
    /// The ledger's position it was made at.
    pub position: Position,
    /// The report: one JSON object.
    pub body: String,
}

/// The reports on record.
#[async_trait]
pub trait Reports: Send + Sync {
    /// Records one. Published ones are kept for ever, with an audit entry in the same commit; a live one, made by
    /// the server itself and so without an entry, replaces the last live one.
    async fn save(
        &self,
        consultation: ConsultationId,
        report: &StoredReport,
        audit: Option<&AuditDraft>,
    ) -> PortResult<()>;

    /// The instant the latest of this kind was made at; its body is not read.
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
