//! Which process does what.

use async_trait::async_trait;
use gd_engine::ports::{Job, Leases, PortResult};

use crate::database::{Db, SqlStore};

#[async_trait]
impl Leases for SqlStore {
    async fn hold(&self, _job: Job) -> PortResult<bool> {
        match &self.writer {
            // One server alone (it holds a lock on its folder); a command beside it may help along.
            Db::Sqlite(_) => Ok(true),
        }
    }

    async fn release(&self) {}
}
