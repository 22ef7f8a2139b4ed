//! The error of every port: its kind decides what a caller does, its cause is for the log.

use std::error::Error;
use std::fmt;

/// A port could not do its work. The cause is opaque; only the kind matters to callers.
#[derive(Debug)]
pub struct PortError {
    /// The kind decides what a caller can do about it.
    pub kind: PortErrorKind,
    source: Box<dyn Error + Send + Sync>,
}

/// The kinds of failure that a caller tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortErrorKind {
    /// Nothing was done; try again later.
    Unavailable,
    /// It is not known whether the work was done; repeating is safe where the port says so.
    OutcomeUnknown,
    /// Something of that name exists already; nothing was done.
    AlreadyExists,
    /// The record has changed since the caller saw it; nothing was done.
    Conflict,
    /// There is no such record; nothing was done.
    NotFound,
    /// A record cannot be understood: written by a newer program, or damaged.
    Corrupt,
}

impl PortError {
    /// An error of this kind with its cause.
    pub fn new(kind: PortErrorKind, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { kind, source: source.into() }
    }
}

impl fmt::Display for PortError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            PortErrorKind::Unavailable => "not available",
            PortErrorKind::OutcomeUnknown => "outcome unknown",
            PortErrorKind::AlreadyExists => "exists already",
            PortErrorKind::Conflict => "changed meanwhile",
            PortErrorKind::NotFound => "not found",
            PortErrorKind::Corrupt => "record not understood",
        };
        write!(f, "{kind}: {}", self.source)
    }
}

impl Error for PortError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        // The cause itself is part of the message.
        self.source.source()
    }
}

/// Every port's result.
pub type PortResult<T> = Result<T, PortError>;
