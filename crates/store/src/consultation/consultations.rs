//! The consultations on record.

use async_trait::async_trait;
use gd_domain::{AuditDraft, Consultation, ConsultationDraft, ConsultationId, Timestamp};
use gd_engine::ports::{Consultations, PortResult};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::FromRow;

use crate::sql::database::{Session, SqlStore, on_db};
use crate::sql::failure::{commit_failed, conflict, corrupt, failed};
use crate::sql::rows;
use crate::staff::audit::AppendAudit;

/// Rows of a page while all are read.
const PAGE_ROWS: i64 = 10_000;

/// Its consultation is known in a moment: the constraint between the two waits for the commit.
const INSERT_POLL: &str = "
    INSERT INTO poll (consultation_id, kind, strata, last_item, erasable, revision)
    VALUES (0, 'opinion', 'audience', 0, 0, 1)
    RETURNING id";

const OWN_POLL: &str = "UPDATE poll SET consultation_id = id WHERE id = $1";

const INSERT: &str = "
    INSERT INTO consultation
        (slug, organisation, question, introduction, language, origin, rules, audiences, themes, calendar,
         presentation, questions, revision, created_at, id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13, $14)";

const INSERT_HEAD: &str = "INSERT INTO ledger_head (poll_id, position) VALUES ($1, 0)";

const UPDATE: &str = "
    UPDATE consultation
    SET organisation = $3, question = $4, introduction = $5, language = $6, rules = $7, audiences = $8,
        themes = $9, calendar = $10, presentation = $11, questions = $12, revision = revision + 1
    WHERE id = $1 AND revision = $2";

const BY_ID: &str = "
    SELECT id, slug, organisation, question, introduction, language, origin, rules, audiences, themes,
           calendar, presentation, questions, revision
    FROM consultation
    WHERE id = $1";

const PAGE: &str = "
    SELECT id, slug, organisation, question, introduction, language, origin, rules, audiences, themes,
           calendar, presentation, questions, revision
    FROM consultation
    WHERE id > $1
    ORDER BY id
    LIMIT $2";

const REVISIONS: &str = "SELECT id, revision FROM consultation WHERE id > $1 ORDER BY id LIMIT $2";

#[derive(FromRow)]
struct ConsultationRow {
    id: i64,
    slug: String,
    organisation: String,
    question: String,
    introduction: String,
    language: String,
    origin: String,
    rules: String,
    audiences: String,
    themes: String,
    calendar: String,
    presentation: String,
    questions: String,
    revision: i64,
}

#[async_trait]
impl Consultations for SqlStore {
    async fn create(
        &self,
        draft: &ConsultationDraft,
        now: Timestamp,
        audit: &AuditDraft,
    ) -> PortResult<ConsultationId> {
        let (rules, audiences) = (json(&draft.rules)?, json(&draft.audiences)?);
        let (themes, calendar) = (json(&draft.themes)?, json(&draft.calendar)?);
        let (presentation, questions) = (json(&draft.presentation)?, json(&draft.questions)?);
        on_db!(&self.writer, connection => {
            let mut transaction = connection.begin_write().await.map_err(failed)?;
            let id = sqlx::query_scalar::<_, i64>(INSERT_POLL).fetch_one(&mut *transaction).await.map_err(failed)?;
            sqlx::query(OWN_POLL).bind(id).execute(&mut *transaction).await.map_err(failed)?;
            let query = sqlx::query(INSERT)
                .bind(draft.slug.as_str())
                .bind(&draft.organisation)
                .bind(&draft.question)
                .bind(&draft.introduction)
                .bind(draft.language.as_str())
                .bind(draft.origin.as_str())
                .bind(rules)
                .bind(audiences)
                .bind(themes)
                .bind(calendar)
                .bind(presentation)
                .bind(questions)
                .bind(now.as_millis())
                .bind(id);
            query.execute(&mut *transaction).await.map_err(failed)?;
            sqlx::query(INSERT_HEAD).bind(id).execute(&mut *transaction).await.map_err(failed)?;
            // The number is known only now, and belongs into the entry.
            let audit = AuditDraft { consultation: Some(ConsultationId(id)), ..audit.clone() };
            transaction.append_audit(&audit).await?;
            transaction.commit().await.map_err(commit_failed)?;
            Ok(ConsultationId(id))
        })
    }

    async fn update(&self, consultation: &Consultation, seen: u64, audit: &AuditDraft) -> PortResult<()> {
        let draft = &consultation.description;
        let (rules, audiences) = (json(&draft.rules)?, json(&draft.audiences)?);
        let (themes, calendar) = (json(&draft.themes)?, json(&draft.calendar)?);
        let (presentation, questions) = (json(&draft.presentation)?, json(&draft.questions)?);
        let seen = rows::column(seen)?;
        on_db!(&self.writer, connection => {
            let mut transaction = connection.begin_write().await.map_err(failed)?;
            let query = sqlx::query(UPDATE)
                .bind(consultation.id.0)
                .bind(seen)
                .bind(&draft.organisation)
                .bind(&draft.question)
                .bind(&draft.introduction)
                .bind(draft.language.as_str())
                .bind(rules)
                .bind(audiences)
                .bind(themes)
                .bind(calendar)
                .bind(presentation)
                .bind(questions);
            if query.execute(&mut *transaction).await.map_err(failed)?.rows_affected() == 0 {
                return Err(conflict("the consultation has another revision"));
            }
            transaction.append_audit(audit).await?;
            transaction.commit().await.map_err(commit_failed)
        })
    }

    async fn by_id(&self, id: ConsultationId) -> PortResult<Option<(Consultation, u64)>> {
        let row = on_db!(&self.reader, connection => {
            let query = sqlx::query_as::<_, ConsultationRow>(BY_ID).bind(id.0);
            query.fetch_optional(connection).await.map_err(failed)
        })?;
        row.map(consultation).transpose()
    }

    async fn page(&self, after: ConsultationId, limit: usize) -> PortResult<Vec<(Consultation, u64)>> {
        let rows = on_db!(&self.reader, connection => {
            let query = sqlx::query_as::<_, ConsultationRow>(PAGE).bind(after.0).bind(rows::limit(limit));
            query.fetch_all(connection).await.map_err(failed)
        })?;
        rows.into_iter().map(consultation).collect()
    }

    async fn revisions(&self) -> PortResult<Vec<(ConsultationId, u64)>> {
        let (mut revisions, mut after) = (Vec::new(), i64::MIN);
        loop {
            let page = on_db!(&self.reader, connection => {
                let query = sqlx::query_as::<_, (i64, i64)>(REVISIONS).bind(after).bind(PAGE_ROWS);
                query.fetch_all(connection).await.map_err(failed)
            })?;
            for &(id, revision) in &page {
                revisions.push((ConsultationId(id), u64::try_from(revision).map_err(corrupt)?));
            }
            match page.last() {
                Some(&(last, _)) if rows::limit(page.len()) == PAGE_ROWS => after = last,
                _ => return Ok(revisions),
            }
        }
    }
}

fn consultation(row: ConsultationRow) -> PortResult<(Consultation, u64)> {
    let description = ConsultationDraft {
        slug: row.slug.parse().map_err(corrupt)?,
        organisation: row.organisation,
        question: row.question,
        introduction: row.introduction,
        language: row.language.parse().map_err(corrupt)?,
        rules: from_json(&row.rules)?,
        audiences: from_json(&row.audiences)?,
        themes: from_json(&row.themes)?,
        calendar: from_json(&row.calendar)?,
        presentation: from_json(&row.presentation)?,
        questions: from_json(&row.questions)?,
        origin: row.origin.parse().map_err(corrupt)?,
    };
    let revision = u64::try_from(row.revision).map_err(corrupt)?;
    Ok((Consultation { id: ConsultationId(row.id), description }, revision))
}

pub(crate) fn json<T: Serialize>(value: &T) -> PortResult<String> {
    serde_json::to_string(value).map_err(corrupt)
}

pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> PortResult<T> {
    serde_json::from_str(text).map_err(corrupt)
}
