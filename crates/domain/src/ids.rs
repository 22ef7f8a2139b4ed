//! Typed identifiers: a number of one kind never passes for another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::timestamp::Timestamp;

/// Why a text or number is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IdError {
    /// The slug breaks the rule of [`Slug`].
    #[error(
        "`{0}` is not a valid short name: use 1 to 64 of a-z, 0-9, `-`, `_`, `.`, starting and ending with a letter or digit"
    )]
    Slug(String),
    /// A participant number is a 63-bit number, so never negative.
    #[error("`{0}` is not a participant number: it must lie between 0 and 2^63 - 1")]
    Participant(i64),
}

/// A consultation's record number in this installation. Consultations and polls share one number space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ConsultationId(pub i64);

/// A poll's record number in this installation: the key of its ledger, projection, counters and vote keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PollId(pub i64);

impl PollId {
    /// The poll on a consultation's own proposals: it has the consultation's number.
    #[must_use]
    pub const fn first_of(consultation: ConsultationId) -> Self {
        Self(consultation.0)
    }
}

impl fmt::Display for PollId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An item's number in its poll, as a proposal's in its consultation: 1, 2, 3… (files of other systems may start at 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemNumber(pub u32);

impl fmt::Display for ItemNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A position in a poll's ledger: 0 before the first event, then 1, 2, 3… without gaps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Position(pub u64);

impl Position {
    /// Before the first event.
    pub const START: Self = Self(0);
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An audience's place in its consultation's list, counted from 1; 0 stands for "not said".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AudienceCode(pub u16);

impl AudienceCode {
    /// The participant has not said to which audience they belong.
    pub const UNDECLARED: Self = Self(0);
}

/// One pseudonymous person, in fact one browser: a 63-bit number, ordered by the time it was made.
///
/// From the top: 41 bits of milliseconds since 2020-01-01T00:00:00Z (69 years), 10 bits that count within the
/// millisecond, 12 bits that name the process.
/// Numbers that come with an import are kept as they are; being small they lie in the first
/// minutes of 2020 and so meet none made here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ParticipantId(i64);

impl ParticipantId {
    const EPOCH_MILLIS: i64 = 1_577_836_800_000;
    const LOW_BITS: u32 = 22;

    /// A new participant's number from the instant and its low 22 bits: a count and the process.
    #[must_use]
    pub const fn generate(now: Timestamp, low: u32) -> Self {
        let since_epoch = now.as_millis().saturating_sub(Self::EPOCH_MILLIS);
        let time = since_epoch & ((1 << 41) - 1);
        let low = (low as i64) & ((1 << Self::LOW_BITS) - 1);
        Self((time << Self::LOW_BITS) | low)
    }

    /// The participant of this number.
    ///
    /// # Errors
    /// [`IdError::Participant`] when it is negative.
    pub fn from_number(number: i64) -> Result<Self, IdError> {
        if number < 0 {
            return Err(IdError::Participant(number));
        }
        Ok(Self(number))
    }

    /// The number, between 0 and 2^63 − 1.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.0
    }
}

/// A short name for addresses and files: 1 to 64 of `a-z 0-9 - _ .`, with a letter or digit at both ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

impl Slug {
    /// Greatest length, in characters.
    pub const LENGTH_MAX: usize = 64;

    /// The text of the slug.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let bytes = text.as_bytes();
        let ends_are_plain =
            bytes.first().copied().is_some_and(plain) && bytes.last().copied().is_some_and(plain);
        let valid = ends_are_plain
            && bytes.len() <= Self::LENGTH_MAX
            && bytes.iter().all(|&byte| plain(byte) || b"-_.".contains(&byte));
        if valid { Ok(Self(text.to_owned())) } else { Err(IdError::Slug(text.to_owned())) }
    }
}

impl TryFrom<String> for Slug {
    type Error = IdError;

    fn try_from(text: String) -> Result<Self, IdError> {
        text.parse()
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn participants_made_later_have_greater_numbers() {
        let early = ParticipantId::generate(Timestamp::from_millis(1_700_000_000_000), u32::MAX);
        let late = ParticipantId::generate(Timestamp::from_millis(1_700_000_000_001), 0);
        assert!(early < late);
        assert!(early.number() > 0);
    }

    #[test]
    fn a_slug_is_short_plain_and_well_ended() {
        for good in ["a", "15-per-hour", "vtaiwan.uberx", "a_b"] {
            assert_eq!(good.parse::<Slug>().unwrap().as_str(), good);
        }
        for bad in ["", "-a", "a-", "A", "é", "a b", "a/b", "..", &"a".repeat(65)] {
            assert!(bad.parse::<Slug>().is_err(), "{bad}");
        }
    }
}
