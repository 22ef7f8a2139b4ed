//! One-time links already used. A row does not tell to whom the link belonged.

use async_trait::async_trait;
use gd_domain::Timestamp;
use gd_engine::ports::{OneTimeLinks, PortResult};

use crate::sql::database::{Session, SqlStore, on_db};
use crate::sql::failure::{commit_failed, failed};

const FORGET: &str = "DELETE FROM used_link WHERE expires_at <= $1";

const USE_UP: &str =
    "INSERT INTO used_link (nonce, expires_at) VALUES ($1, $2) ON CONFLICT (nonce) DO NOTHING";

#[async_trait]
impl OneTimeLinks for SqlStore {
    async fn use_up(&self, nonce: i64, expires_at: Timestamp, now: Timestamp) -> PortResult<bool> {
        on_db!(&self.writer, connection => {
            let mut transaction = connection.begin_write().await.map_err(failed)?;
            let forget = sqlx::query(FORGET).bind(now.as_millis());
            forget.execute(&mut *transaction).await.map_err(failed)?;
            let use_up = sqlx::query(USE_UP).bind(nonce).bind(expires_at.as_millis());
            let used = use_up.execute(&mut *transaction).await.map_err(failed)?;
            transaction.commit().await.map_err(commit_failed)?;
            Ok(used.rows_affected() == 1)
        })
    }
}
