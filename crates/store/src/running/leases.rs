//! Leases on jobs: advisory locks on PostgreSQL, always granted on SQLite, where one server is alone.

use async_trait::async_trait;
use gd_engine::ports::{Job, Leases, PortResult};

use crate::sql::database::SqlStore;

#[async_trait]
impl Leases for SqlStore {
    async fn hold(&self, job: Job) -> PortResult<bool> {
        match &self.leases {
            Some(leases) => leases.hold(job).await,
            // One server alone (it holds a lock on its folder); a command beside it may help along.
            None => Ok(true),
        }
    }

    async fn release(&self) {
        if let Some(leases) = &self.leases {
            leases.release().await;
        }
    }
}
