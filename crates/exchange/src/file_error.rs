//! An error in a file, in words that let its owner mend it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// A file or folder that cannot be used: `FILE:LINE: what is wrong; what to do`.
///
/// There is one kind only, since callers only show it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub struct FileError {
    path: PathBuf,
    line: Option<u64>,
    message: String,
}

impl FileError {
    /// The file or folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The physical line where the record at fault starts, counted from 1; `None` when it is about the whole file.
    #[must_use]
    pub const fn line(&self) -> Option<u64> {
        self.line
    }

    /// The fault and its remedy, in words.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn whole(path: &Path, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: None, message: message.into() }
    }

    pub(crate) fn at(path: &Path, line: u64, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: Some(line), message: message.into() }
    }

    pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Self {
        let advice = match error.kind() {
            io::ErrorKind::NotFound => "there is no such file; check the name".to_owned(),
            io::ErrorKind::IsADirectory => "this is a folder; give a file".to_owned(),
            io::ErrorKind::PermissionDenied => "it may not be read; change its permissions".to_owned(),
            _ => format!("it cannot be read ({error}); check the disk and try again"),
        };
        Self::whole(path, advice)
    }

    pub(crate) fn unwritable(path: &Path, error: &io::Error) -> Self {
        Self::whole(
            path,
            format!("it cannot be written ({error}); check the folder, its permissions and the disk"),
        )
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.path.display())?;
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        write!(f, " {}", self.message)
    }
}
