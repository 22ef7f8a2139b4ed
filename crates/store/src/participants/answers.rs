//! Answers of participants to the organizers' questions, in SQL.

use async_trait::async_trait;
use gd_domain::{Answers, ConsultationId, ParticipantId, Timestamp};
use gd_engine::ports::{ParticipantAnswers, PortResult};

use crate::consultation::consultations::{from_json, json};
use crate::sql::database::{SqlStore, on_db};
use crate::sql::failure::{commit_failed, corrupt, failed};
use crate::sql::rows;

const KEEP: &str = "
    INSERT INTO participant_answers (consultation_id, participant, answers, answered_at)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (consultation_id, participant)
    DO UPDATE SET answers = EXCLUDED.answers, answered_at = EXCLUDED.answered_at";

const FORGET: &str = "DELETE FROM participant_answers WHERE consultation_id = $1 AND participant = $2";

const OF_PARTICIPANT: &str =
    "SELECT answers FROM participant_answers WHERE consultation_id = $1 AND participant = $2";

const AFTER: &str = "
    SELECT participant, answers
    FROM participant_answers
    WHERE consultation_id = $1 AND participant > $2
    ORDER BY participant
    LIMIT $3";

/// Before every participant: their numbers start at 0.
const BEFORE_ALL: i64 = -1;

#[async_trait]
impl ParticipantAnswers for SqlStore {
    async fn keep(
        &self,
        consultation: ConsultationId,
        participant: ParticipantId,
        answers: &Answers,
        now: Timestamp,
    ) -> PortResult<()> {
        let answers = json(answers)?;
        on_db!(&self.writer, connection => {
            let query = sqlx::query(KEEP)
                .bind(consultation.0)
                .bind(participant.number())
                .bind(answers)
                .bind(now.as_millis());
            query.execute(connection).await.map(|_| ()).map_err(commit_failed)
        })
    }

    async fn forget(&self, consultation: ConsultationId, participant: ParticipantId) -> PortResult<()> {
        on_db!(&self.writer, connection => {
            let query = sqlx::query(FORGET).bind(consultation.0).bind(participant.number());
            query.execute(connection).await.map(|_| ()).map_err(commit_failed)
        })
    }

    async fn of_participant(
        &self,
        consultation: ConsultationId,
        participant: ParticipantId,
    ) -> PortResult<Option<Answers>> {
        let answers = on_db!(&self.reader, connection => {
            let query = sqlx::query_scalar::<_, String>(OF_PARTICIPANT);
            let query = query.bind(consultation.0).bind(participant.number());
            query.fetch_optional(connection).await.map_err(failed)
        })?;
        answers.map(|answers| from_json(&answers)).transpose()
    }

    async fn after(
        &self,
        consultation: ConsultationId,
        after: Option<ParticipantId>,
        limit: usize,
    ) -> PortResult<Vec<(ParticipantId, Answers)>> {
        let after = after.map_or(BEFORE_ALL, ParticipantId::number);
        let rows = on_db!(&self.reader, connection => {
            let query = sqlx::query_as::<_, (i64, String)>(AFTER);
            let query = query.bind(consultation.0).bind(after).bind(rows::limit(limit));
            query.fetch_all(connection).await.map_err(failed)
        })?;
        let answers = |(participant, answers): (i64, String)| {
            Ok((ParticipantId::from_number(participant).map_err(corrupt)?, from_json(&answers)?))
        };
        rows.into_iter().map(answers).collect()
    }
}
