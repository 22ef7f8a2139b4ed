//! The ledger: appended to, read, never changed.

use async_trait::async_trait;
use gd_domain::{BallotEvent, ConsultationId, Position, PositionedEvent, Timestamp};
use gd_engine::ports::{Ledger, PortResult};

use crate::bulk::Bulk;
use crate::database::{SqlStore, on_db};
use crate::failure::failed;
use crate::rows::{self, event_columns};

const HEAD: &str = "SELECT position FROM ledger_head WHERE consultation_id = $1";

const READ_AFTER: &str = "
    SELECT position, participant, proposal, choice, qualifications, audience, channel, cast_at
    FROM ballot_event
    WHERE consultation_id = $1 AND position > $2
    ORDER BY position
    LIMIT $3";

type EventRow = (i64, i64, i32, i16, i16, i16, i16, i64);

#[async_trait]
impl Ledger for SqlStore {
    async fn append(
        &self,
        consultation: ConsultationId,
        events: &[BallotEvent],
        not_after: Timestamp,
    ) -> PortResult<Position> {
        if events.is_empty() {
            return self.head(consultation).await;
        }
        let columns = events.iter().map(event_columns).collect::<PortResult<Vec<_>>>()?;
        let head = on_db!(&self.writer, connection => {
            connection.append_events(consultation, &columns, not_after).await
        })?;
        rows::position(head)
    }

    async fn head(&self, consultation: ConsultationId) -> PortResult<Position> {
        let head = on_db!(&self.reader, connection => {
            let query = sqlx::query_scalar::<_, i64>(HEAD).bind(consultation.0);
            query.fetch_one(connection).await.map_err(failed)
        })?;
        rows::position(head)
    }

    async fn read_after(
        &self,
        consultation: ConsultationId,
        after: Position,
        limit: usize,
    ) -> PortResult<Vec<PositionedEvent>> {
        let after = rows::column(after.0)?;
        let events = on_db!(&self.reader, connection => {
            let query = sqlx::query_as::<_, EventRow>(READ_AFTER);
            let query = query.bind(consultation.0).bind(after).bind(rows::limit(limit));
            query.fetch_all(connection).await.map_err(failed)
        })?;
        let positioned = |row: EventRow| {
            let (position, participant, proposal, choice, qualifications, audience, channel, cast_at) = row;
            let columns = (participant, proposal, choice, qualifications, audience, channel, cast_at);
            Ok(PositionedEvent { position: rows::position(position)?, event: rows::event(columns)? })
        };
        events.into_iter().map(positioned).collect()
    }
}
