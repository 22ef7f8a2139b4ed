//! The ports of running in memory.

use std::sync::atomic::Ordering;

use async_trait::async_trait;
use gd_domain::Timestamp;
use gd_engine::ports::{Heartbeat, Job, Leases, PortResult};

use super::MemoryStore;

#[async_trait]
impl Heartbeat for MemoryStore {
    async fn beat(&self, now: Timestamp) -> PortResult<()> {
        self.check_writable()?;
        self.last_beat.store(now.as_millis(), Ordering::Relaxed);
        Ok(())
    }

    async fn clock(&self) -> PortResult<Option<Timestamp>> {
        let ahead = self.clock_ahead_ms.load(Ordering::Relaxed);
        Ok(Some(Timestamp::from_millis(self.last_beat.load(Ordering::Relaxed) + ahead)))
    }
}

#[async_trait]
impl Leases for MemoryStore {
    async fn hold(&self, _: Job) -> PortResult<bool> {
        Ok(!self.leases_are_held_elsewhere.load(Ordering::Relaxed))
    }

    async fn release(&self) {}
}
