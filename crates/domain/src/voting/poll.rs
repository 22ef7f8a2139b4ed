//! The poll: one ballot box with its items, its choices, and the dates between which it takes ballots.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ids::{AudienceCode, ConsultationId, PollId};
use crate::timestamp::Timestamp;
use crate::voting::{ChoiceCode, Opinion};
use crate::words::words;

/// The kind of a poll names its choices: codes 1 to n in the ledger's choice byte, 0 being a retraction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PollKind {
    /// Agree, disagree, neutral, with qualifications: proposals, projects, comments.
    #[default]
    Opinion,
    /// Useful, to improve, not for me: one reaction to a project.
    Reaction,
    /// One to five dots on a card, as counted in a room.
    Dots,
    /// First to fifth place of a card.
    Ranking,
}

words!(PollKind, "kind of poll", {
    Opinion => "opinion", Reaction => "reaction", Dots => "dots", Ranking => "ranking",
});

impl PollKind {
    /// The words of the choices, in the order of their codes: the first has code 1.
    #[must_use]
    pub const fn choices(self) -> &'static [&'static str] {
        match self {
            Self::Opinion => &["agree", "disagree", "neutral"],
            Self::Reaction => &["useful", "improve", "not_for_me"],
            Self::Dots => &["one", "two", "three", "four", "five"],
            Self::Ranking => &["first", "second", "third", "fourth", "fifth"],
        }
    }

    /// Whether a ballot of this poll may say so: the code is one of its choices, and only an opinion has
    /// qualifications.
    #[must_use]
    pub fn allows(self, opinion: Opinion) -> bool {
        let code_exists = opinion.code().place() < self.choices().len();
        code_exists && (self == Self::Opinion || opinion.qualifications().is_empty())
    }

    /// The code of a choice's word.
    #[must_use]
    pub fn code_of(self, word: &str) -> Option<ChoiceCode> {
        let place = self.choices().iter().position(|choice| *choice == word)?;
        ChoiceCode::of_place(place)
    }

    /// The word of a choice's code; `None` where no choice has it.
    #[must_use]
    pub fn word_of(self, code: ChoiceCode) -> Option<&'static str> {
        self.choices().get(code.place()).copied()
    }

    /// Whether one request states every item of the poll: dots on cards and a ranking are sheets.
    #[must_use]
    pub const fn is_sheet(self) -> bool {
        matches!(self, Self::Dots | Self::Ranking)
    }
}

/// The meaning of the audience code of a poll's ballots.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strata {
    /// The audience's place in the consultation's list, from 1; 0 is undeclared.
    #[default]
    Audience,
    /// A table of a room and an audience: `table × 64 + audience`, both from 1, 0 being unknown.
    TableByAudience,
}

words!(Strata, "strata", { Audience => "audience", TableByAudience => "table_by_audience" });

impl Strata {
    /// Codes of audiences at one table.
    const AUDIENCES: u16 = 64;

    /// The code of an audience at a table; `None` past the 63rd audience or the 1,023rd table, and for a table
    /// where strata are audiences alone.
    #[must_use]
    pub fn code(self, table: u16, audience: AudienceCode) -> Option<AudienceCode> {
        match self {
            Self::Audience => (table == 0).then_some(audience),
            Self::TableByAudience if audience.0 < Self::AUDIENCES => {
                table.checked_mul(Self::AUDIENCES)?.checked_add(audience.0).map(AudienceCode)
            }
            Self::TableByAudience => None,
        }
    }

    /// The table (0: none) and the audience of a code.
    #[must_use]
    pub const fn parts(self, code: AudienceCode) -> (u16, AudienceCode) {
        match self {
            Self::Audience => (0, code),
            Self::TableByAudience => (code.0 / Self::AUDIENCES, AudienceCode(code.0 % Self::AUDIENCES)),
        }
    }
}

/// Dates between which a poll takes ballots, the second excluded. A consultation's first poll has none: it follows
/// the calendar's consultation phase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PollDates {
    /// The first instant at which ballots are taken.
    pub opens_at: Option<Timestamp>,
    /// The first instant at which they are no longer taken.
    pub closes_at: Option<Timestamp>,
}

impl PollDates {
    /// Whether a poll with these dates takes ballots at an instant. Without an opening it takes none.
    #[must_use]
    pub fn include(&self, now: Timestamp) -> bool {
        self.opens_at.is_some_and(|opens_at| opens_at <= now)
            && self.closes_at.is_none_or(|closes_at| now < closes_at)
    }
}

/// A poll on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Poll {
    /// The key of its ledger, projection, counters and vote keys.
    pub id: PollId,
    /// The consultation it belongs to.
    pub consultation: ConsultationId,
    /// The kind names its choices.
    pub kind: PollKind,
    /// The meaning of its ballots' audience codes.
    pub strata: Strata,
    /// When it takes ballots.
    pub dates: PollDates,
    /// Whether its ledger may be deleted: a rehearsal, or a poll whose retention has ended. Never taken back.
    pub is_erasable: bool,
}

impl Poll {
    /// Whether this is the poll on the consultation's own proposals, which has the consultation's number.
    #[must_use]
    pub fn is_first(&self) -> bool {
        self.id == PollId::first_of(self.consultation)
    }
}

/// A poll to be recorded beside a consultation's first one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewPoll {
    /// The consultation it belongs to.
    pub consultation: ConsultationId,
    /// The kind names its choices.
    pub kind: PollKind,
    /// The meaning of its ballots' audience codes.
    pub strata: Strata,
    /// When it takes ballots.
    pub dates: PollDates,
    /// A rehearsal is erasable from the beginning.
    pub is_erasable: bool,
}

/// Dates that no poll can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a poll must open before it closes")]
pub struct PollDatesError;

impl NewPoll {
    /// Checks the dates.
    ///
    /// # Errors
    /// [`PollDatesError`] when it would close before it opens, or close without ever opening.
    pub fn validate(&self) -> Result<(), PollDatesError> {
        let PollDates { opens_at, closes_at } = self.dates;
        let is_in_order =
            closes_at.is_none_or(|closes_at| opens_at.is_some_and(|opens_at| opens_at < closes_at));
        if is_in_order { Ok(()) } else { Err(PollDatesError) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voting::{Choice, Qualification};

    #[test]
    fn each_kind_allows_its_own_codes_and_only_opinions_have_qualifications() {
        for kind in PollKind::ALL {
            for (place, word) in kind.choices().iter().enumerate() {
                let code = kind.code_of(word).unwrap();
                assert_eq!((code.place(), usize::from(code.get())), (place, place + 1));
                assert!(kind.allows(Opinion::coded(code)));
            }
            assert_eq!(kind.code_of("perhaps"), None);
        }
        let fourth = ChoiceCode::of_place(3).unwrap();
        assert!(!PollKind::Opinion.allows(Opinion::coded(fourth)));
        let qualified = Opinion::new(Choice::Agree, [Qualification::Doable].into_iter().collect()).unwrap();
        assert!(PollKind::Opinion.allows(qualified));
        assert!(!PollKind::Reaction.allows(qualified));
    }

    #[test]
    fn a_stratum_is_a_table_and_an_audience() {
        let strata = Strata::TableByAudience;
        for (table, audience) in [(0, 0), (0, 63), (7, 2), (1_023, 63)] {
            let code = strata.code(table, AudienceCode(audience)).unwrap();
            assert_eq!(strata.parts(code), (table, AudienceCode(audience)));
        }
        assert_eq!(strata.code(1, AudienceCode(64)), None);
        assert_eq!(strata.code(1_024, AudienceCode(0)), None);
        assert_eq!(Strata::Audience.code(1, AudienceCode(2)), None);
        assert_eq!(Strata::Audience.parts(AudienceCode(700)), (0, AudienceCode(700)));
    }

    #[test]
    fn a_poll_takes_ballots_between_its_dates() {
        let at = Timestamp::from_millis;
        let dates = PollDates { opens_at: Some(at(10)), closes_at: Some(at(20)) };
        assert_eq!([9, 10, 19, 20].map(|now| dates.include(at(now))), [false, true, true, false]);
        assert!(!PollDates::default().include(at(0)));
        let poll = |opens_at, closes_at| NewPoll {
            consultation: ConsultationId(1),
            kind: PollKind::Reaction,
            strata: Strata::Audience,
            dates: PollDates { opens_at, closes_at },
            is_erasable: false,
        };
        assert_eq!(poll(Some(at(1)), Some(at(2))).validate(), Ok(()));
        assert_eq!(poll(None, Some(at(2))).validate(), Err(PollDatesError));
        assert_eq!(poll(Some(at(2)), Some(at(2))).validate(), Err(PollDatesError));
    }
}
