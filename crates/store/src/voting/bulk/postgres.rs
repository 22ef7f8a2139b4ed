//! PostgreSQL takes the rows as arrays, one a column, which `unnest` turns back into rows.
//!
//! `CROSS JOIN LATERAL` with an offset leaves the planner no choice: for each row one look-up in the
//! index, never a reading of the whole table.

use gd_domain::{ParticipantId, PollId, Timestamp};
use gd_engine::ports::{PortError, PortErrorKind, PortResult};
use sqlx::{PgConnection, Row};

use super::Bulk;
use crate::sql::failure::{failed, statement_failed};
use crate::voting::packed::{EventBatch, StandingRow};

/// Lines of standing ballots to a statement: its arguments are in memory three times on their way out.
const STANDING_LINES_MAX: usize = 1_000;

/// One statement, one round trip, one commit. The update waits for the head's row lock and holds it until
/// the commit is on disk. Having waited for it, PostgreSQL looks at the time again.
const APPEND_EVENTS: &str = "
    WITH head AS (
        UPDATE ledger_head SET position = position + $2
        WHERE poll_id = $1 AND EXTRACT(EPOCH FROM clock_timestamp()) * 1000 <= $6
        RETURNING position
    ), inserted AS (
        INSERT INTO event_batch (poll_id, position, events, packed)
        SELECT $1, head.position - line.behind, line.events, line.packed
        FROM head CROSS JOIN unnest($3::BIGINT[], $4::SMALLINT[], $5::BYTEA[]) AS line (behind, events, packed)
    )
    SELECT position FROM head";

const STANDING_OF: &str = "
    SELECT line.participant, line.ballots, line.packed
    FROM unnest($2::BIGINT[]) AS who (participant)
    CROSS JOIN LATERAL (
        SELECT * FROM participant_ballots
        WHERE poll_id = $1 AND participant = who.participant
        OFFSET 0
    ) AS line";

const UPSERT_STANDING: &str = "
    INSERT INTO participant_ballots (poll_id, participant, ballots, packed)
    SELECT $1, line.* FROM unnest($2::BIGINT[], $3::INTEGER[], $4::BYTEA[]) AS line
    ON CONFLICT (poll_id, participant) DO UPDATE SET
        ballots = excluded.ballots, packed = excluded.packed";

const DELETE_STANDING: &str = "
    DELETE FROM participant_ballots USING unnest($2::BIGINT[]) AS who (participant)
    WHERE participant_ballots.poll_id = $1 AND participant_ballots.participant = who.participant";

const ADD_EXPOSURES: &str = "
    INSERT INTO exposure (poll_id, item, shown)
    SELECT $1, added.* FROM unnest($2::BIGINT[], $3::BIGINT[]) AS added
    ON CONFLICT (poll_id, item) DO UPDATE SET shown = exposure.shown + excluded.shown";

impl Bulk for PgConnection {
    async fn append_events(
        &mut self,
        poll: PollId,
        count: i64,
        lines: &[EventBatch],
        not_after: Timestamp,
    ) -> PortResult<i64> {
        let append = sqlx::query(APPEND_EVENTS)
            .bind(poll.0)
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
        poll: PollId,
        participants: &[ParticipantId],
    ) -> PortResult<Vec<StandingRow>> {
        let query = sqlx::query_as(STANDING_OF).bind(poll.0).bind(numbers(participants));
        query.fetch_all(self).await.map_err(failed)
    }

    async fn upsert_standing(&mut self, poll: PollId, lines: &[StandingRow]) -> PortResult<()> {
        for lines in lines.chunks(STANDING_LINES_MAX) {
            let upsert = sqlx::query(UPSERT_STANDING)
                .bind(poll.0)
                .bind(column(lines, |line| line.0))
                .bind(column(lines, |line| line.1))
                .bind(lines.iter().map(|line| line.2.as_slice()).collect::<Vec<_>>());
            upsert.execute(&mut *self).await.map_err(failed)?;
        }
        Ok(())
    }

    async fn delete_standing(&mut self, poll: PollId, participants: &[ParticipantId]) -> PortResult<()> {
        let query = sqlx::query(DELETE_STANDING).bind(poll.0).bind(numbers(participants));
        query.execute(self).await.map(|_| ()).map_err(failed)
    }

    async fn add_exposures(&mut self, poll: PollId, shown: &[(i64, i64)]) -> PortResult<()> {
        let (proposals, times) = shown.iter().copied().unzip::<_, _, Vec<_>, Vec<_>>();
        let query = sqlx::query(ADD_EXPOSURES).bind(poll.0).bind(proposals).bind(times);
        query.execute(self).await.map(|_| ()).map_err(failed)
    }
}

fn column<R, T>(rows: &[R], field: impl Fn(&R) -> T) -> Vec<T> {
    rows.iter().map(field).collect()
}

fn numbers(participants: &[ParticipantId]) -> Vec<i64> {
    column(participants, |participant| participant.number())
}
