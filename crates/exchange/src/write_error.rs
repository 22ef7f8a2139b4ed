//! Why an export did not happen.

use std::error::Error;

use crate::FileError;

/// Why an export stopped. No file of it is left then, and what was there before still is.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A file or the folder cannot be written, or holds something else.
    #[error(transparent)]
    File(#[from] FileError),
    /// The ballots to write could not be had.
    #[error("the ballots cannot be read: {0}")]
    Ballots(#[source] Box<dyn Error + Send + Sync>),
    /// The ballots do not go with the consultation or its proposals, or break the order asked for.
    #[error("the export would be wrong: {0}")]
    Inconsistent(String),
}
