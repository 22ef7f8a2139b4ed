//! The ledger: appended to, read, never changed.

use async_trait::async_trait;
use gd_domain::{BallotEvent, PollId, Position, PositionedEvent, Timestamp};
use gd_engine::ports::{Ledger, PortResult};

use crate::sql::database::{SqlStore, on_db};
use crate::sql::failure::failed;
use crate::sql::rows;
use crate::voting::bulk::Bulk;
use crate::voting::packed::{self, BATCH_EVENTS_MAX, BatchRow};

const HEAD: &str = "SELECT position FROM ledger_head WHERE poll_id = $1";

/// The rows that end between two positions.
const LINES: &str = "
    SELECT position, events, packed
    FROM event_batch
    WHERE poll_id = $1 AND position > $2 AND position < $3
    ORDER BY position";

#[async_trait]
impl Ledger for SqlStore {
    async fn append(
        &self,
        poll: PollId,
        events: &[BallotEvent],
        not_after: Timestamp,
    ) -> PortResult<Position> {
        if events.is_empty() {
            return self.head(poll).await;
        }
        let (lines, count) = (packed::pack_events(events)?, rows::limit(events.len()));
        let head = on_db!(&self.writer, connection => {
            connection.append_events(poll, count, &lines, not_after).await
        })?;
        rows::position(head)
    }

    async fn head(&self, poll: PollId) -> PortResult<Position> {
        let head = on_db!(&self.reader, connection => {
            let query = sqlx::query_scalar::<_, i64>(HEAD).bind(poll.0);
            query.fetch_one(connection).await.map_err(failed)
        })?;
        rows::position(head)
    }

    async fn read_after(
        &self,
        poll: PollId,
        after: Position,
        limit: usize,
    ) -> PortResult<Vec<PositionedEvent>> {
        let from = rows::column(after.0)?;
        // No position is left out, so that so many events are so many places; the row with the last of them
        // ends less than its length later.
        let until = from.saturating_add(rows::limit(limit.saturating_add(BATCH_EVENTS_MAX)));
        let lines = on_db!(&self.reader, connection => {
            let query = sqlx::query_as::<_, BatchRow>(LINES);
            let query = query.bind(poll.0).bind(from).bind(until);
            query.fetch_all(connection).await.map_err(failed)
        })?;
        packed::events_after(&lines, after, limit)
    }
}
