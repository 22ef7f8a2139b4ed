//! The items of a poll, reduced to the facts that voting needs. Later areas provide them.

use std::fmt::Debug;
use std::sync::Arc;

use async_trait::async_trait;
use gd_domain::{ItemNumber, ModerationStatus, PollId};

use crate::port_error::PortResult;

/// The items of one poll, in memory.
#[async_trait]
pub trait PollItems: Debug + Send + Sync {
    /// The status of an item; `None` where this process knows none of this number.
    fn status(&self, item: ItemNumber) -> Option<ModerationStatus>;

    /// The numbers of the published items, in order.
    fn published(&self) -> Vec<ItemNumber>;

    /// Takes over everything that was on record before this call.
    ///
    /// # Errors
    /// The records cannot be read.
    async fn refresh(&self) -> PortResult<()>;
}

/// Loads the items of polls.
#[async_trait]
pub trait ItemSource: Send + Sync {
    /// The items of a poll, loaded if they are not in memory.
    ///
    /// # Errors
    /// The records cannot be read.
    async fn items(&self, poll: PollId) -> PortResult<Arc<dyn PollItems>>;
}
