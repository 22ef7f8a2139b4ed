//! The error of casting and retracting.

use thiserror::Error;

use crate::consultation::LookupError;
use crate::voting::write_queue::QueueError;

/// A whole request was not recorded, or is not known to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CastError {
    /// The consultation or the poll does not take votes.
    #[error(transparent)]
    Lookup(#[from] LookupError),
    /// Busy, or a commit of unknown outcome. Sending the same again is safe.
    #[error("the ballots may not have been recorded; send them again")]
    TryAgain,
}

impl From<QueueError> for CastError {
    fn from(_: QueueError) -> Self {
        Self::TryAgain
    }
}
