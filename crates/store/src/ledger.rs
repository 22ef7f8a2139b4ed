//! The ledger: appended to, read, never changed.

use async_trait::async_trait;
use gd_domain::{BallotEvent, ConsultationId, Position, PositionedEvent};
use gd_engine::ports::{Ledger, PortResult};

use crate::bulk;
use crate::database::{Begin, Db, SqlStore, on_db};
use crate::failure::{commit_failed, failed};
use crate::rows::{self, event_columns};

/// Moves the head: its lock orders the commits of the consultation, so that positions follow them.
const MOVE_HEAD: &str =
    "UPDATE ledger_head SET position = position + $2 WHERE consultation_id = $1 RETURNING position";

const HEAD: &str = "SELECT position FROM ledger_head WHERE consultation_id = $1";

const READ_AFTER: &str = "
    SELECT position, participant, proposal, choice, qualifications, audience, channel, cast_at
    FROM ballot_event
    WHERE consultation_id = $1 AND position > $2
    ORDER BY position
    LIMIT $3";

type EventRow = (i64, i64, i64, i64, i64, i64, i64, i64);

#[async_trait]
impl Ledger for SqlStore {
    async fn append(&self, consultation: ConsultationId, events: &[BallotEvent]) -> PortResult<Position> {
        if events.is_empty() {
            return self.head(consultation).await;
        }
        let columns = events.iter().map(event_columns).collect::<Vec<_>>();
        let count = rows::limit(columns.len());
        match &self.writer {
            Db::Sqlite(pool) => {
                let mut transaction = pool.begin_write().await.map_err(failed)?;
                let head = sqlx::query_scalar::<_, i64>(MOVE_HEAD).bind(consultation.0).bind(count);
                let head = head.fetch_one(&mut *transaction).await.map_err(failed)?;
                bulk::sqlite::insert_events(&mut transaction, consultation, head - count + 1, &columns)
                    .await
                    .map_err(failed)?;
                transaction.commit().await.map_err(commit_failed)?;
                rows::position(head)
            }
        }
    }

    async fn head(&self, consultation: ConsultationId) -> PortResult<Position> {
        let head = on_db!(&self.reader, pool => {
            sqlx::query_scalar::<_, i64>(HEAD).bind(consultation.0).fetch_one(pool).await.map_err(failed)?
        });
        rows::position(head)
    }

    async fn read_after(
        &self,
        consultation: ConsultationId,
        after: Position,
        limit: usize,
    ) -> PortResult<Vec<PositionedEvent>> {
        let after = rows::column(after.0)?;
        let events = on_db!(&self.reader, pool => {
            let query = sqlx::query_as::<_, EventRow>(READ_AFTER);
            let query = query.bind(consultation.0).bind(after).bind(rows::limit(limit));
            query.fetch_all(pool).await.map_err(failed)?
        });
        let positioned = |row: EventRow| {
            let (position, participant, proposal, choice, qualifications, audience, channel, cast_at) = row;
            let columns = (participant, proposal, choice, qualifications, audience, channel, cast_at);
            Ok(PositionedEvent { position: rows::position(position)?, event: rows::event(columns)? })
        };
        events.into_iter().map(positioned).collect()
    }
}
