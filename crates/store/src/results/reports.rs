//! The reports on record.

use async_trait::async_trait;
use gd_domain::{AuditDraft, ConsultationId, Timestamp};
use gd_engine::ports::{PortResult, ReportKind, Reports, StoredReport};

use crate::sql::database::{Session, SqlStore, on_db};
use crate::sql::failure::{commit_failed, failed};
use crate::sql::rows;
use crate::staff::audit::AppendAudit;

const INSERT: &str = "
    INSERT INTO report (consultation_id, kind, made_at, position, body) VALUES ($1, $2, $3, $4, $5)";

const FORGET_LIVE: &str = "DELETE FROM report WHERE consultation_id = $1 AND kind = 'live'";

const LATEST_MADE_AT: &str = "SELECT MAX(made_at) FROM report WHERE consultation_id = $1 AND kind = $2";

const LATEST: &str = "
    SELECT made_at, position, body
    FROM report
    WHERE consultation_id = $1 AND kind = $2
    ORDER BY made_at DESC, id DESC
    LIMIT 1";

#[async_trait]
impl Reports for SqlStore {
    async fn save(
        &self,
        consultation: ConsultationId,
        report: &StoredReport,
        audit: Option<&AuditDraft>,
    ) -> PortResult<()> {
        let position = rows::column(report.position.0)?;
        on_db!(&self.writer, connection => {
            let mut transaction = connection.begin_write().await.map_err(failed)?;
            if report.kind == ReportKind::Live {
                sqlx::query(FORGET_LIVE).bind(consultation.0).execute(&mut *transaction).await.map_err(failed)?;
            }
            let query = sqlx::query(INSERT)
                .bind(consultation.0)
                .bind(kind_word(report.kind))
                .bind(report.made_at.as_millis())
                .bind(position)
                .bind(&report.body);
            query.execute(&mut *transaction).await.map_err(failed)?;
            if let Some(audit) = audit {
                transaction.append_audit(audit).await?;
            }
            transaction.commit().await.map_err(commit_failed)
        })
    }

    async fn latest_made_at(
        &self,
        consultation: ConsultationId,
        kind: ReportKind,
    ) -> PortResult<Option<Timestamp>> {
        let made_at = on_db!(&self.reader, connection => {
            let query = sqlx::query_scalar::<_, Option<i64>>(LATEST_MADE_AT);
            query.bind(consultation.0).bind(kind_word(kind)).fetch_one(connection).await.map_err(failed)
        })?;
        Ok(made_at.map(Timestamp::from_millis))
    }

    async fn latest(
        &self,
        consultation: ConsultationId,
        kind: ReportKind,
    ) -> PortResult<Option<StoredReport>> {
        let row = on_db!(&self.reader, connection => {
            let query = sqlx::query_as::<_, (i64, i64, String)>(LATEST);
            query.bind(consultation.0).bind(kind_word(kind)).fetch_optional(connection).await.map_err(failed)
        })?;
        let report = |(made_at, position, body)| {
            let position = rows::position(position)?;
            Ok(StoredReport { kind, made_at: Timestamp::from_millis(made_at), position, body })
        };
        row.map(report).transpose()
    }
}

const fn kind_word(kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::Live => "live",
        ReportKind::Published => "published",
    }
}
