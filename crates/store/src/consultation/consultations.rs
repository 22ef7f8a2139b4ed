//! The consultations on record.

use async_trait::async_trait;
use gd_domain::{Consultation, ConsultationDraft, ConsultationId, Timestamp};
use gd_engine::ports::{Consultations, PortResult, Watermark};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::FromRow;

use crate::sql::database::{Session, SqlStore, on_db};
use crate::sql::failure::{commit_failed, corrupt, failed};
use crate::sql::rows;

/// Most consultations of one installation that are read at once.
const CONSULTATIONS_MAX: i64 = 10_000;

const INSERT: &str = "
    INSERT INTO consultation
        (slug, organisation, question, introduction, language, origin, rules, audiences, themes, calendar,
         presentation, questions, revision, last_number, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, 0, $13)
    RETURNING id";

const INSERT_HEAD: &str = "INSERT INTO ledger_head (consultation_id, position) VALUES ($1, 0)";

const UPDATE: &str = "
    UPDATE consultation
    SET organisation = $2, question = $3, introduction = $4, language = $5, rules = $6, audiences = $7,
        themes = $8, calendar = $9, presentation = $10, questions = $11, revision = revision + 1
    WHERE id = $1";

const BY_ID: &str = "
    SELECT id, slug, organisation, question, introduction, language, origin, rules, audiences, themes,
           calendar, presentation, questions, revision
    FROM consultation
    WHERE id = $1";

const WATERMARKS: &str = "
    SELECT consultation.id, consultation.revision, ledger_head.position,
           COALESCE(projection.position, 0), COALESCE(projection.generation, 0)
    FROM consultation
    JOIN ledger_head ON ledger_head.consultation_id = consultation.id
    LEFT JOIN projection ON projection.consultation_id = consultation.id
    ORDER BY consultation.id
    LIMIT $1";

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
    async fn create(&self, draft: &ConsultationDraft, now: Timestamp) -> PortResult<ConsultationId> {
        let (rules, audiences) = (json(&draft.rules)?, json(&draft.audiences)?);
        let (themes, calendar) = (json(&draft.themes)?, json(&draft.calendar)?);
        let (presentation, questions) = (json(&draft.presentation)?, json(&draft.questions)?);
        on_db!(&self.writer, connection => {
            let mut transaction = connection.begin_write().await.map_err(failed)?;
            let query = sqlx::query_scalar::<_, i64>(INSERT)
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
                .bind(now.as_millis());
            let id = query.fetch_one(&mut *transaction).await.map_err(failed)?;
            sqlx::query(INSERT_HEAD).bind(id).execute(&mut *transaction).await.map_err(failed)?;
            transaction.commit().await.map_err(commit_failed)?;
            Ok(ConsultationId(id))
        })
    }

    async fn update(&self, consultation: &Consultation) -> PortResult<()> {
        let draft = &consultation.description;
        let (rules, audiences) = (json(&draft.rules)?, json(&draft.audiences)?);
        let (themes, calendar) = (json(&draft.themes)?, json(&draft.calendar)?);
        let (presentation, questions) = (json(&draft.presentation)?, json(&draft.questions)?);
        on_db!(&self.writer, connection => {
            let query = sqlx::query(UPDATE)
                .bind(consultation.id.0)
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
            query.execute(connection).await.map(|_| ()).map_err(commit_failed)
        })
    }

    async fn by_id(&self, id: ConsultationId) -> PortResult<Option<(Consultation, u64)>> {
        let row = on_db!(&self.reader, connection => {
            let query = sqlx::query_as::<_, ConsultationRow>(BY_ID).bind(id.0);
            query.fetch_optional(connection).await.map_err(failed)
        })?;
        row.map(consultation).transpose()
    }

    async fn watermarks(&self) -> PortResult<Vec<Watermark>> {
        let watermarks = on_db!(&self.reader, connection => {
            let query = sqlx::query_as::<_, (i64, i64, i64, i64, i64)>(WATERMARKS).bind(CONSULTATIONS_MAX);
            query.fetch_all(connection).await.map_err(failed)
        })?;
        let watermark = |(id, revision, head, position, generation): (i64, i64, i64, i64, i64)| {
            Ok(Watermark {
                consultation: ConsultationId(id),
                revision: u64::try_from(revision).map_err(corrupt)?,
                head: rows::position(head)?,
                projection: rows::projection_state((position, generation))?,
            })
        };
        watermarks.into_iter().map(watermark).collect()
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
