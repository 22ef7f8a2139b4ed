//! Messages between processes, where there is no one to carry them.

use async_trait::async_trait;
use gd_engine::ports::Announcements;

/// One server alone: the commands beside it are noticed by the periodic look at the records.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoAnnouncements;

#[async_trait]
impl Announcements for NoAnnouncements {
    async fn announce(&self) {}

    async fn heard(&self) {
        std::future::pending::<()>().await;
    }
}
