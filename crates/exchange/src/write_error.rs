//! Errors of an export.

use std::error::Error;

use crate::FileError;

/// Failure of an export. It leaves no file, and earlier files stay as they were.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A file or the folder cannot be written, or holds something else.
    #[error(transparent)]
    File(#[from] FileError),
    /// The ballots to write could not be read.
    #[error("the ballots cannot be read: {0}")]
    Ballots(#[source] Box<dyn Error + Send + Sync>),
    /// The ballots do not go with the consultation or its proposals, or break the order asked for.
    #[error("the export would be wrong: {0}")]
    Inconsistent(String),
}
