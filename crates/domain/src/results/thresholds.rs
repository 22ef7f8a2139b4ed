//! Thresholds as people write them: `majority=66,opposition=20`. What is not named keeps its usual value.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::results::Thresholds;

/// The words, in the order in which they are printed.
const WORDS: [&str; 6] = ["majority", "opposition", "neutral", "hardly-any", "split-side", "split-gap"];

/// Why a text names no thresholds.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ThresholdsError {
    /// A part that is no `word=percent`, or whose word is unknown or was there before.
    #[error("`{part}` is no threshold: write word=percent, each word once, of {words}", words = WORDS.join(", "))]
    NoThreshold {
        /// The part between two commas.
        part: String,
    },
    /// A percentage that is not a whole number from 0 to 100.
    #[error("`{given}` is no whole number of percent from 0 to 100, which {word} must be")]
    NoPercent {
        /// The threshold's word.
        word: &'static str,
        /// The text in place of a percentage.
        given: String,
    },
    /// Less than half would be a majority, and both sides could have one.
    #[error("a majority of {0} % is none: it must be 50 % or more")]
    MajorityTooSmall(u8),
    /// With half or more on the other side nobody has a majority.
    #[error("an opposition of {0} % is a majority: it must be less than 50 %")]
    OppositionTooLarge(u8),
    /// Both sides could be the one that hardly anyone is on.
    #[error(
        "with hardly-any at {hardly_any} % and neutral at {neutral} % both sides could be carried: twice the one and the other must not exceed 100 %"
    )]
    BothCarried {
        /// The threshold `hardly-any`, in percent.
        hardly_any: u8,
        /// The threshold `neutral`, in percent.
        neutral: u8,
    },
    /// Two sides cannot both have more than half.
    #[error("two sides of {0} % are more than all: split-side must be 50 % or less")]
    SidesTooLarge(u8),
}

impl Thresholds {
    fn percents(&mut self) -> [&mut u8; 6] {
        [
            &mut self.majority_percent,
            &mut self.opposition_percent,
            &mut self.neutral_percent,
            &mut self.hardly_any_percent,
            &mut self.split_side_percent,
            &mut self.split_gap_percent,
        ]
    }

    /// The same, if consensus and rejection can be told apart by them.
    fn checked(self) -> Result<Self, ThresholdsError> {
        let Self { majority_percent, opposition_percent, split_side_percent, .. } = self;
        let (hardly_any, neutral) = (self.hardly_any_percent, self.neutral_percent);
        if majority_percent < 50 {
            Err(ThresholdsError::MajorityTooSmall(majority_percent))
        } else if opposition_percent >= 50 {
            Err(ThresholdsError::OppositionTooLarge(opposition_percent))
        } else if 2 * u16::from(hardly_any) + u16::from(neutral) > 100 {
            Err(ThresholdsError::BothCarried { hardly_any, neutral })
        } else if split_side_percent > 50 {
            Err(ThresholdsError::SidesTooLarge(split_side_percent))
        } else {
            Ok(self)
        }
    }
}

impl FromStr for Thresholds {
    type Err = ThresholdsError;

    fn from_str(text: &str) -> Result<Self, ThresholdsError> {
        let mut thresholds = Self::default();
        let mut named = [false; WORDS.len()];
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let none = || ThresholdsError::NoThreshold { part: part.to_owned() };
            let (word, percent) = part.split_once('=').ok_or_else(none)?;
            let place = WORDS.iter().position(|one| *one == word.trim()).ok_or_else(none)?;
            if std::mem::replace(&mut named[place], true) {
                return Err(none());
            }
            let percent = percent.trim();
            let whole = percent.parse().ok().filter(|percent: &u8| *percent <= 100);
            *thresholds.percents()[place] = whole.ok_or_else(|| ThresholdsError::NoPercent {
                word: WORDS[place],
                given: percent.to_owned(),
            })?;
        }
        thresholds.checked()
    }
}

impl fmt::Display for Thresholds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut own = *self;
        let parts = WORDS.iter().zip(own.percents()).map(|(word, percent)| format!("{word}={percent}"));
        f.write_str(&parts.collect::<Vec<_>>().join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_is_set_and_the_rest_is_as_usual() {
        let named: Thresholds = "majority = 66, hardly-any=10".parse().unwrap();
        let expected = Thresholds { majority_percent: 66, hardly_any_percent: 10, ..Thresholds::default() };
        assert_eq!(named, expected);
        assert_eq!("".parse(), Ok(Thresholds::default()));
        assert_eq!(named.to_string().parse(), Ok(named));
    }

    #[test]
    fn nonsense_is_refused_with_its_reason() {
        for (text, reason) in [
            ("majorty=60", "`majorty=60` is no threshold: write word=percent, each word once, of majority"),
            ("majority", "`majority` is no threshold"),
            ("neutral=30,neutral=40", "`neutral=40` is no threshold"),
            ("majority=101", "`101` is no whole number of percent from 0 to 100, which majority must be"),
            ("neutral=-1", "`-1` is no whole number"),
            ("split-gap=20.5", "`20.5` is no whole number"),
            ("majority=49", "a majority of 49 % is none"),
            ("opposition=50", "an opposition of 50 % is a majority"),
            ("hardly-any=31", "with hardly-any at 31 % and neutral at 40 % both sides could be carried"),
            ("split-side=51", "two sides of 51 % are more than all"),
        ] {
            let refusal = text.parse::<Thresholds>().unwrap_err().to_string();
            assert!(refusal.starts_with(reason), "{text}: {refusal}");
        }
    }
}
