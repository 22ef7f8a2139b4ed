//! SQLite takes the rows as one JSON text: a statement costs a thread's hop, a row then very little.

use gd_domain::{ConsultationId, ParticipantId, ProposalNumber};
use gd_engine::ports::PortResult;
use sqlx::SqliteConnection;

use super::Bulk;
use crate::database::Session;
use crate::failure::{commit_failed, corrupt, failed};
use crate::rows::{self, BallotColumns};

const MOVE_HEAD: &str =
    "UPDATE ledger_head SET position = position + $2 WHERE consultation_id = $1 RETURNING position";

const INSERT_EVENTS: &str = "
    INSERT INTO ballot_event
        (consultation_id, position, participant, proposal, choice, qualifications, audience, channel, cast_at)
    SELECT $1, $2 + row.key, row.value ->> 0, row.value ->> 1, row.value ->> 2, row.value ->> 3,
           row.value ->> 4, row.value ->> 5, row.value ->> 6
    FROM json_each($3) AS row";

// CROSS JOIN keeps SQLite from turning the join round: for each row one look-up in the index.
const SELECT_STANDING: &str = "
    SELECT ballot.participant, ballot.proposal, ballot.choice, ballot.qualifications, ballot.audience,
           ballot.channel, ballot.cast_at
    FROM json_each($2) AS row
    CROSS JOIN standing_ballot AS ballot
      ON ballot.consultation_id = $1 AND ballot.participant = row.value ->> 0
     AND ballot.proposal = row.value ->> 1";

const COUNT_STANDING: &str = "
    SELECT row.value, COUNT(*)
    FROM json_each($2) AS row
    CROSS JOIN standing_ballot AS ballot ON ballot.consultation_id = $1 AND ballot.participant = row.value
    GROUP BY row.value";

const UPSERT_STANDING: &str = "
    INSERT INTO standing_ballot
        (consultation_id, participant, proposal, choice, qualifications, audience, channel, cast_at)
    SELECT $1, row.value ->> 0, row.value ->> 1, row.value ->> 2, row.value ->> 3, row.value ->> 4,
           row.value ->> 5, row.value ->> 6
    FROM json_each($2) AS row
    WHERE true
    ON CONFLICT (consultation_id, participant, proposal) DO UPDATE SET
        choice = excluded.choice, qualifications = excluded.qualifications,
        audience = excluded.audience, channel = excluded.channel, cast_at = excluded.cast_at";

const DELETE_STANDING: &str = "
    DELETE FROM standing_ballot
    WHERE consultation_id = $1
      AND (participant, proposal) IN (SELECT row.value ->> 0, row.value ->> 1 FROM json_each($2) AS row)";

impl Bulk for SqliteConnection {
    async fn append_events(
        &mut self,
        consultation: ConsultationId,
        events: &[BallotColumns],
    ) -> PortResult<i64> {
        let count = rows::limit(events.len());
        let mut transaction = self.begin_write().await.map_err(failed)?;
        let head = sqlx::query_scalar::<_, i64>(MOVE_HEAD).bind(consultation.0).bind(count);
        let head = head.fetch_one(&mut *transaction).await.map_err(failed)?;
        let insert =
            sqlx::query(INSERT_EVENTS).bind(consultation.0).bind(head - count + 1).bind(json(events)?);
        insert.execute(&mut *transaction).await.map_err(failed)?;
        transaction.commit().await.map_err(commit_failed)?;
        Ok(head)
    }

    async fn select_standing(
        &mut self,
        consultation: ConsultationId,
        pairs: &[(ParticipantId, ProposalNumber)],
    ) -> PortResult<Vec<BallotColumns>> {
        let query = sqlx::query_as(SELECT_STANDING).bind(consultation.0).bind(json(pairs)?);
        query.fetch_all(self).await.map_err(failed)
    }

    async fn count_standing(
        &mut self,
        consultation: ConsultationId,
        participants: &[ParticipantId],
    ) -> PortResult<Vec<(i64, i64)>> {
        let query = sqlx::query_as(COUNT_STANDING).bind(consultation.0).bind(json(participants)?);
        query.fetch_all(self).await.map_err(failed)
    }

    async fn upsert_standing(
        &mut self,
        consultation: ConsultationId,
        ballots: &[BallotColumns],
    ) -> PortResult<()> {
        let query = sqlx::query(UPSERT_STANDING).bind(consultation.0).bind(json(ballots)?);
        query.execute(self).await.map(|_| ()).map_err(failed)
    }

    async fn delete_standing(
        &mut self,
        consultation: ConsultationId,
        pairs: &[(ParticipantId, ProposalNumber)],
    ) -> PortResult<()> {
        let query = sqlx::query(DELETE_STANDING).bind(consultation.0).bind(json(pairs)?);
        query.execute(self).await.map(|_| ()).map_err(failed)
    }
}

fn json<T: serde::Serialize + ?Sized>(rows: &T) -> PortResult<String> {
    serde_json::to_string(rows).map_err(corrupt)
}
