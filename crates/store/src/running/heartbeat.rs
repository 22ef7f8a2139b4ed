//! The heartbeat: only a commit proves that records can be written.

use async_trait::async_trait;
use gd_domain::Timestamp;
use gd_engine::ports::{Heartbeat, PortResult};

use crate::sql::database::{Session, SqlStore, on_db};
use crate::sql::failure::{commit_failed, failed};

const BEAT: &str = "
    INSERT INTO heartbeat (id, beat_at) VALUES (1, $1)
    ON CONFLICT (id) DO UPDATE SET beat_at = excluded.beat_at";

#[async_trait]
impl Heartbeat for SqlStore {
    async fn beat(&self, now: Timestamp) -> PortResult<()> {
        on_db!(&self.writer, connection => {
            let beat = sqlx::query(BEAT).bind(now.as_millis());
            beat.execute(connection).await.map(|_| ()).map_err(commit_failed)
        })
    }

    async fn clock(&self) -> PortResult<Option<Timestamp>> {
        on_db!(&self.reader, connection => connection.clock().await.map_err(failed))
    }
}
