//! Maps SQL errors to port errors that the engine can act on.

use gd_engine::ports::{PortError, PortErrorKind};

/// A statement failed: nothing was committed, unless it was a commit (see [`commit_failed`]).
pub(crate) fn failed(error: sqlx::Error) -> PortError {
    let duplicate = error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation);
    let kind = if duplicate { PortErrorKind::AlreadyExists } else { PortErrorKind::Unavailable };
    PortError::new(kind, error)
}

/// A commit failed: it may have reached the disk.
pub(crate) fn commit_failed(error: sqlx::Error) -> PortError {
    PortError::new(PortErrorKind::OutcomeUnknown, error)
}

/// A statement that commits by itself failed on PostgreSQL. Where the server says what was wrong with it,
/// it was rolled back; where the connection broke, or the server was interrupted (classes 08 and 57,
/// 40003), it may have reached the disk.
pub(crate) fn statement_failed(error: sqlx::Error) -> PortError {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    let is_unclear = |code: &str| code.starts_with("57") || code.starts_with("08") || code == "40003";
    if code.is_some_and(|code| !is_unclear(&code)) { failed(error) } else { commit_failed(error) }
}

/// A record holds something this program cannot have written.
pub(crate) fn corrupt(what: impl std::fmt::Display) -> PortError {
    PortError::new(PortErrorKind::Corrupt, what.to_string())
}

/// A compare-and-set found another record than the caller saw.
pub(crate) fn conflict(what: impl std::fmt::Display) -> PortError {
    PortError::new(PortErrorKind::Conflict, what.to_string())
}

/// There is no such record.
pub(crate) fn not_found(what: impl std::fmt::Display) -> PortError {
    PortError::new(PortErrorKind::NotFound, what.to_string())
}
