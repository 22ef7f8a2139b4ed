//! Closed lists of words: each enum of the domain has the names that the API, files and SQL use.

use thiserror::Error;

/// A word that is not in the list it should come from.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{word}` is not a {kind}: use one of {expected}")]
pub struct UnknownWord {
    /// The word as it was read.
    pub word: String,
    /// The kind of word expected, for messages.
    pub kind: &'static str,
    /// The words that exist, comma separated.
    pub expected: String,
}

impl UnknownWord {
    pub(crate) fn new(word: &str, kind: &'static str, expected: &[&str]) -> Self {
        Self { word: word.to_owned(), kind, expected: expected.join(", ") }
    }
}

/// Gives a closed list of words its names, and reads them back.
macro_rules! words {
    ($type:ident, $kind:literal, { $($variant:ident => $word:literal),+ $(,)? }) => {
        impl $type {
            /// Every value, in its fixed order.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$variant),+];

            /// The word used in the API, in files and in SQL.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl ::std::str::FromStr for $type {
            type Err = $crate::words::UnknownWord;

            fn from_str(word: &str) -> Result<Self, $crate::words::UnknownWord> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::words::UnknownWord::new(word, $kind, &[$($word),+])),
                }
            }
        }

        impl ::std::fmt::Display for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use words;
