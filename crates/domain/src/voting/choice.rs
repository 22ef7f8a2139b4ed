//! Choices, their codes in the ledger, and the qualifications that go with an opinion.

use std::fmt;
use std::num::NonZeroU8;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::words::{UnknownWord, words};

/// Agree, disagree or neutral.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// For the proposal.
    Agree,
    /// Against the proposal.
    Disagree,
    /// Neither: does not know, does not mind, or passes.
    Neutral,
}

words!(Choice, "choice", { Agree => "agree", Disagree => "disagree", Neutral => "neutral" });

impl Choice {
    /// Its place in a count of three: agree 0, disagree 1, neutral 2.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// The code of one of a poll's choices in the ledger's choice byte, from 1; the poll's kind names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChoiceCode(NonZeroU8);

/// Choices of the kind of poll that has most of them: counts have so many cells.
pub const CHOICES_MAX: usize = 5;

impl ChoiceCode {
    /// The choice of this code; `None` for 0 and past [`CHOICES_MAX`].
    #[must_use]
    pub fn new(code: u8) -> Option<Self> {
        NonZeroU8::new(code).filter(|code| usize::from(code.get()) <= CHOICES_MAX).map(Self)
    }

    /// The choice at this place of its kind's list; `None` from [`CHOICES_MAX`] on.
    #[must_use]
    pub fn of_place(place: usize) -> Option<Self> {
        u8::try_from(place + 1).ok().and_then(Self::new)
    }

    /// The code, from 1.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0.get()
    }

    /// The place in its kind's list and in a count, from 0.
    #[must_use]
    pub const fn place(self) -> usize {
        self.0.get() as usize - 1
    }

    /// The opinion of this code; `None` past the third, which no poll of opinions has.
    #[must_use]
    pub fn choice(self) -> Option<Choice> {
        Choice::ALL.get(self.place()).copied()
    }
}

impl From<Choice> for ChoiceCode {
    fn from(choice: Choice) -> Self {
        Self::of_place(choice.index()).expect("there are three choices")
    }
}

/// A nuance of a choice; each goes with one choice only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Qualification {
    /// Agree: "I like it".
    LikeIt,
    /// Agree: "it can be done".
    Doable,
    /// Agree: "a platitude".
    PlatitudeAgree,
    /// Disagree: "certainly not".
    NoWay,
    /// Disagree: "it cannot be done".
    Impossible,
    /// Disagree: "a platitude".
    PlatitudeDisagree,
    /// Neutral: "I do not understand".
    NotUnderstood,
    /// Neutral: "I have no opinion".
    NoOpinion,
    /// Neutral: "I do not care".
    DoNotCare,
}

words!(Qualification, "qualification", {
    LikeIt => "like_it", Doable => "doable", PlatitudeAgree => "platitude_agree",
    NoWay => "no_way", Impossible => "impossible", PlatitudeDisagree => "platitude_disagree",
    NotUnderstood => "not_understood", NoOpinion => "no_opinion", DoNotCare => "do_not_care",
});

impl Qualification {
    /// The choice it goes with.
    #[must_use]
    pub const fn choice(self) -> Choice {
        match self {
            Self::LikeIt | Self::Doable | Self::PlatitudeAgree => Choice::Agree,
            Self::NoWay | Self::Impossible | Self::PlatitudeDisagree => Choice::Disagree,
            Self::NotUnderstood | Self::NoOpinion | Self::DoNotCare => Choice::Neutral,
        }
    }

    /// Its place in a count of nine, in the order of [`Qualification::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The three that go with `choice`.
    pub fn of(choice: Choice) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |qualification| qualification.choice() == choice)
    }
}

/// A qualification was given with a choice it does not go with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("`{qualification}` does not go with `{choice}`: it goes with `{}`", qualification.choice())]
pub struct QualificationNotAllowed {
    /// The qualification given.
    pub qualification: Qualification,
    /// The choice it was given with.
    pub choice: Choice,
}

/// A set of qualifications: bit `i` is the one of index `i`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Qualifications(u16);

impl Qualifications {
    /// The empty set.
    pub const NONE: Self = Self(0);

    /// The set as nine bits.
    #[must_use]
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// The set of these bits; those past the ninth are dropped.
    #[must_use]
    pub const fn from_bits(bits: u16) -> Self {
        Self(bits & 0x1FF)
    }

    /// Whether it holds none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether it holds this one.
    #[must_use]
    pub const fn contains(self, qualification: Qualification) -> bool {
        self.0 & (1 << qualification.index()) != 0
    }

    /// The qualifications it holds, in order.
    pub fn iter(self) -> impl Iterator<Item = Qualification> {
        Qualification::ALL.into_iter().filter(move |&qualification| self.contains(qualification))
    }
}

impl FromIterator<Qualification> for Qualifications {
    fn from_iter<I: IntoIterator<Item = Qualification>>(qualifications: I) -> Self {
        Self(qualifications.into_iter().fold(0, |bits, one| bits | (1 << one.index())))
    }
}

/// Joined by `|`, as in the open data: `like_it|doable`.
impl fmt::Display for Qualifications {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, qualification) in self.iter().enumerate() {
            if place > 0 {
                f.write_str("|")?;
            }
            f.write_str(qualification.as_str())?;
        }
        Ok(())
    }
}

/// Reads what [`Qualifications`] displays; the empty text is the empty set.
impl FromStr for Qualifications {
    type Err = UnknownWord;

    fn from_str(joined: &str) -> Result<Self, UnknownWord> {
        joined.split('|').filter(|word| !word.is_empty()).map(Qualification::from_str).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_choice_has_three_qualifications_of_its_own() {
        for choice in Choice::ALL {
            assert_eq!(Qualification::of(choice).count(), 3);
        }
    }

    #[test]
    fn words_are_read_back_as_written() {
        for qualification in Qualification::ALL {
            assert_eq!(qualification.as_str().parse(), Ok(qualification));
            assert_eq!(serde_json::to_value(qualification).unwrap(), qualification.as_str());
        }
        assert_eq!("maybe".parse::<Choice>().unwrap_err().expected, "agree, disagree, neutral");
    }

    #[test]
    fn a_set_is_written_and_read_in_order() {
        let set: Qualifications = [Qualification::Doable, Qualification::LikeIt].into_iter().collect();
        assert_eq!(set.to_string(), "like_it|doable");
        assert_eq!("doable|like_it".parse(), Ok(set));
        assert_eq!("".parse(), Ok(Qualifications::NONE));
    }
}
