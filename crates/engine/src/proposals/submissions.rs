//! Proposals that come in together are recorded together: one transaction, one look at the records and one
//! announcement for all that wait, so that a crowd's ideas cost little more than one.

use std::sync::{Mutex, MutexGuard, PoisonError};

use gd_domain::{ItemNumber, ModerationStatus};
use tokio::sync::oneshot;

use crate::port_error::PortResult;
use crate::proposals::ports::NewItem;

/// Proposals recorded in one transaction.
const GROUP_PROPOSALS_MAX: usize = 256;

/// Number and status of a proposal on record.
pub(crate) type RecordedItem = (ItemNumber, ModerationStatus);

#[derive(Debug)]
pub(crate) struct Submission {
    pub(crate) proposal: NewItem,
    pub(crate) reply: oneshot::Sender<PortResult<RecordedItem>>,
}

/// The items of a poll on their way to the records.
#[derive(Debug, Default)]
pub(crate) struct Submissions {
    waiting: Mutex<Vec<Submission>>,
    pub(crate) turn: tokio::sync::Mutex<()>,
}

impl Submissions {
    /// The oldest submissions that wait, the caller's own included, unless an earlier group took it along.
    pub(crate) fn take_group(&self) -> Vec<Submission> {
        let mut waiting = self.waiting();
        let group = waiting.len().min(GROUP_PROPOSALS_MAX);
        waiting.drain(..group).collect()
    }

    pub(crate) fn waiting(&self) -> MutexGuard<'_, Vec<Submission>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
