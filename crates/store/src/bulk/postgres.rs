//! PostgreSQL takes the rows as arrays, one a column, which `unnest` turns back into rows.
//!
//! `CROSS JOIN LATERAL` with an offset leaves the planner no choice: for each row one look-up in the
//! index, never a reading of the whole table.

use gd_domain::{ConsultationId, ParticipantId, ProposalNumber, Timestamp};
use gd_engine::ports::{PortError, PortErrorKind, PortResult};
use sqlx::postgres::PgArguments;
use sqlx::query::Query;
use sqlx::{PgConnection, Postgres, Row};

use super::Bulk;
use crate::event_batch::EventBatch;
use crate::failure::{failed, statement_failed};
use crate::rows::{self, BallotColumns};

/// One statement, one round trip, one commit. The update waits for the head's row lock and holds it until
/// the commit is on disk. Having waited for it, PostgreSQL looks at the time again.
const APPEND_EVENTS: &str = "
    WITH head AS (
        UPDATE ledger_head SET position = position + $2
        WHERE consultation_id = $1 AND EXTRACT(EPOCH FROM clock_timestamp()) * 1000 <= $6
        RETURNING position
    ), inserted AS (
        INSERT INTO event_batch (consultation_id, position, events, packed)
        SELECT $1, head.position - line.behind, line.events, line.packed
        FROM head CROSS JOIN unnest($3::BIGINT[], $4::SMALLINT[], $5::BYTEA[]) AS line (behind, events, packed)
    )
    SELECT position FROM head";

const STANDING_OF: &str = "
    SELECT ballot.participant, ballot.proposal, ballot.choice, ballot.qualifications, ballot.audience,
           ballot.channel, ballot.cast_at
    FROM unnest($2::BIGINT[]) AS who (participant)
    CROSS JOIN LATERAL (
        SELECT * FROM standing_ballot
        WHERE consultation_id = $1 AND participant = who.participant
        OFFSET 0
    ) AS ballot";

const UPSERT_STANDING: &str = "
    INSERT INTO standing_ballot
        (consultation_id, participant, proposal, choice, qualifications, audience, channel, cast_at)
    SELECT $1, ballot.*
    FROM unnest($2::BIGINT[], $3::INTEGER[], $4::SMALLINT[], $5::SMALLINT[], $6::SMALLINT[], $7::SMALLINT[],
                $8::BIGINT[]) AS ballot
    ON CONFLICT (consultation_id, participant, proposal) DO UPDATE SET
        choice = excluded.choice, qualifications = excluded.qualifications,
        audience = excluded.audience, channel = excluded.channel, cast_at = excluded.cast_at";

const DELETE_STANDING: &str = "
    DELETE FROM standing_ballot
    USING unnest($2::BIGINT[], $3::INTEGER[]) AS pair (participant, proposal)
    WHERE standing_ballot.consultation_id = $1 AND standing_ballot.participant = pair.participant
      AND standing_ballot.proposal = pair.proposal";

const ADD_EXPOSURES: &str = "
    INSERT INTO exposure (consultation_id, proposal, shown)
    SELECT $1, added.* FROM unnest($2::BIGINT[], $3::BIGINT[]) AS added
    ON CONFLICT (consultation_id, proposal) DO UPDATE SET shown = exposure.shown + excluded.shown";

impl Bulk for PgConnection {
    async fn append_events(
        &mut self,
        consultation: ConsultationId,
        count: i64,
        lines: &[EventBatch],
        not_after: Timestamp,
    ) -> PortResult<i64> {
        let append = sqlx::query(APPEND_EVENTS)
            .bind(consultation.0)
            .bind(count)
            .bind(column(lines, |line| line.behind))
            .bind(column(lines, |line| line.events))
            .bind(lines.iter().map(|line| line.packed.as_slice()).collect::<Vec<_>>())
            .bind(not_after.as_millis());
        let head = append.fetch_optional(self).await.map_err(statement_failed)?;
        let Some(head) = head else {
            return Err(PortError::new(
                PortErrorKind::Unavailable,
                "the append came too late to be carried out",
            ));
        };
        head.try_get(0).map_err(statement_failed)
    }

    async fn standing_of(
        &mut self,
        consultation: ConsultationId,
        participants: &[ParticipantId],
    ) -> PortResult<Vec<BallotColumns>> {
        let participants = participants.iter().map(|one| one.number()).collect::<Vec<_>>();
        let query = sqlx::query_as(STANDING_OF).bind(consultation.0).bind(participants);
        query.fetch_all(self).await.map_err(failed)
    }

    async fn upsert_standing(
        &mut self,
        consultation: ConsultationId,
        ballots: &[BallotColumns],
    ) -> PortResult<()> {
        let upsert = bind_columns(sqlx::query(UPSERT_STANDING).bind(consultation.0), ballots);
        upsert.execute(self).await.map(|_| ()).map_err(failed)
    }

    async fn delete_standing(
        &mut self,
        consultation: ConsultationId,
        pairs: &[(ParticipantId, ProposalNumber)],
    ) -> PortResult<()> {
        let (participants, proposals) = pair_columns(pairs)?;
        let query = sqlx::query(DELETE_STANDING).bind(consultation.0).bind(participants).bind(proposals);
        query.execute(self).await.map(|_| ()).map_err(failed)
    }

    async fn add_exposures(&mut self, consultation: ConsultationId, shown: &[(i64, i64)]) -> PortResult<()> {
        let (proposals, times) = shown.iter().copied().unzip::<_, _, Vec<_>, Vec<_>>();
        let query = sqlx::query(ADD_EXPOSURES).bind(consultation.0).bind(proposals).bind(times);
        query.execute(self).await.map(|_| ()).map_err(failed)
    }
}

type PgQuery<'q> = Query<'q, Postgres, PgArguments>;

/// Binds the ballots' columns as arrays, in their order.
fn bind_columns<'q>(query: PgQuery<'q>, ballots: &[BallotColumns]) -> PgQuery<'q> {
    query
        .bind(column(ballots, |ballot| ballot.0))
        .bind(column(ballots, |ballot| ballot.1))
        .bind(column(ballots, |ballot| ballot.2))
        .bind(column(ballots, |ballot| ballot.3))
        .bind(column(ballots, |ballot| ballot.4))
        .bind(column(ballots, |ballot| ballot.5))
        .bind(column(ballots, |ballot| ballot.6))
}

fn column<R, T>(rows: &[R], field: impl Fn(&R) -> T) -> Vec<T> {
    rows.iter().map(field).collect()
}

fn pair_columns(pairs: &[(ParticipantId, ProposalNumber)]) -> PortResult<(Vec<i64>, Vec<i32>)> {
    let column = |&(participant, proposal): &(ParticipantId, ProposalNumber)| {
        Ok((participant.number(), rows::proposal_column(proposal)?))
    };
    pairs.iter().map(column).collect()
}
