//! The number of entries of a shortlist, checked.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// The number of entries of a shortlist, from 1 to [`ShortlistSize::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShortlistSize(u8);

/// The number is 0, above the greatest size, or no number.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("a shortlist has from 1 to {max} entries: `{given}` is no such number", max = ShortlistSize::MAX)]
pub struct ShortlistSizeError {
    given: String,
}

impl ShortlistSize {
    /// More than anybody discusses in a room.
    pub const MAX: u8 = 100;

    /// The size of so many entries.
    ///
    /// # Errors
    /// When the number is 0 or above [`ShortlistSize::MAX`].
    pub fn new(entries: u8) -> Result<Self, ShortlistSizeError> {
        let allowed = (1..=Self::MAX).contains(&entries);
        allowed.then_some(Self(entries)).ok_or_else(|| ShortlistSizeError { given: entries.to_string() })
    }

    /// The number of entries.
    #[must_use]
    pub const fn entries(self) -> u8 {
        self.0
    }
}

impl Default for ShortlistSize {
    /// Ten: three tables of a workshop can discuss them in an afternoon.
    fn default() -> Self {
        Self(10)
    }
}

impl FromStr for ShortlistSize {
    type Err = ShortlistSizeError;

    fn from_str(text: &str) -> Result<Self, ShortlistSizeError> {
        let number = text.trim().parse().ok().and_then(|entries| Self::new(entries).ok());
        number.ok_or_else(|| ShortlistSizeError { given: text.to_owned() })
    }
}

impl fmt::Display for ShortlistSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
