//! Values that all servers of an installation share: the secret and the node numbers.

use gd_engine::ports::PortResult;

use crate::sql::database::{SqlStore, on_db};
use crate::sql::failure::{commit_failed, corrupt};

const SHARE_SECRET: &str =
    "UPDATE installation SET secret = COALESCE(secret, $1) WHERE id = 1 RETURNING secret";

const NEXT_NODE: &str = "UPDATE installation SET last_node = last_node + 1 WHERE id = 1 RETURNING last_node";

impl SqlStore {
    /// The secret of the installation: the first candidate ever given here, for everybody. Repeating is
    /// safe after any error.
    ///
    /// # Errors
    /// When the records do not answer.
    pub async fn shared_secret(&self, candidate: &str) -> PortResult<String> {
        on_db!(&self.writer, connection => {
            let query = sqlx::query_scalar::<_, String>(SHARE_SECRET).bind(candidate);
            query.fetch_one(connection).await.map_err(commit_failed)
        })
    }

    /// A number for a running server that no other has had: 1, 2, 3…, with gaps after errors.
    ///
    /// # Errors
    /// When the records do not answer.
    pub async fn next_node(&self) -> PortResult<u64> {
        let node = on_db!(&self.writer, connection => {
            sqlx::query_scalar::<_, i64>(NEXT_NODE).fetch_one(connection).await.map_err(commit_failed)
        })?;
        u64::try_from(node).map_err(corrupt)
    }
}
