//! The ports of results in memory.

use async_trait::async_trait;
use gd_domain::{AuditDraft, ConsultationId, Timestamp};
use gd_engine::ports::{PortResult, ReportKind, Reports, StoredReport};

use super::MemoryStore;

/// Reports in the order they were recorded.
#[derive(Debug, Default)]
pub(super) struct Rows {
    reports: Vec<(ConsultationId, StoredReport)>,
}

#[async_trait]
impl Reports for MemoryStore {
    async fn save(
        &self,
        consultation: ConsultationId,
        report: &StoredReport,
        audit: Option<&AuditDraft>,
    ) -> PortResult<()> {
        let mut rows = self.rows();
        if report.kind == ReportKind::Live {
            let is_last_live =
                |of: ConsultationId, other: &StoredReport| of == consultation && other.kind == report.kind;
            rows.results.reports.retain(|(of, other)| !is_last_live(*of, other));
        }
        rows.results.reports.push((consultation, report.clone()));
        if let Some(audit) = audit {
            rows.staff.append(audit);
        }
        Ok(())
    }

    async fn latest_made_at(
        &self,
        consultation: ConsultationId,
        kind: ReportKind,
    ) -> PortResult<Option<Timestamp>> {
        Ok(self.latest(consultation, kind).await?.map(|report| report.made_at))
    }

    async fn latest(
        &self,
        consultation: ConsultationId,
        kind: ReportKind,
    ) -> PortResult<Option<StoredReport>> {
        let rows = self.rows();
        let mine =
            rows.results.reports.iter().filter(|(of, report)| *of == consultation && report.kind == kind);
        Ok(mine.map(|(_, report)| report).max_by_key(|report| report.made_at).cloned())
    }
}
