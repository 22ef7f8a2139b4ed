//! Ballots, and the events by which the ledger records them.

use serde::{Deserialize, Serialize};

use crate::ids::{AudienceCode, ItemNumber, ParticipantId, Position};
use crate::timestamp::Timestamp;
use crate::voting::{Choice, ChoiceCode, Qualification, QualificationNotAllowed, Qualifications};
use crate::words::words;

/// The content of a ballot: the code of one of its poll's choices, with qualifications in a poll of opinions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Opinion {
    code: ChoiceCode,
    qualifications: Qualifications,
}

impl Opinion {
    /// An opinion.
    ///
    /// # Errors
    /// [`QualificationNotAllowed`] when one goes with another choice.
    pub fn new(choice: Choice, qualifications: Qualifications) -> Result<Self, QualificationNotAllowed> {
        match qualifications.iter().find(|one| one.choice() != choice) {
            Some(qualification) => Err(QualificationNotAllowed { qualification, choice }),
            None => Ok(Self { code: choice.into(), qualifications }),
        }
    }

    /// A choice alone.
    #[must_use]
    pub fn bare(choice: Choice) -> Self {
        Self::coded(choice.into())
    }

    /// A choice of a poll of any kind.
    #[must_use]
    pub const fn coded(code: ChoiceCode) -> Self {
        Self { code, qualifications: Qualifications::NONE }
    }

    /// The code of the choice.
    #[must_use]
    pub const fn code(self) -> ChoiceCode {
        self.code
    }

    /// Agree, disagree or neutral.
    ///
    /// # Panics
    /// On a code that only polls of other kinds have: readers of a ledger check it against the poll's kind.
    #[must_use]
    pub fn choice(self) -> Choice {
        self.code.choice().expect("a ballot of a poll of opinions")
    }

    /// The nuances given.
    #[must_use]
    pub const fn qualifications(self) -> Qualifications {
        self.qualifications
    }

    /// Whether this nuance was given.
    #[must_use]
    pub const fn has(self, qualification: Qualification) -> bool {
        self.qualifications.contains(qualification)
    }
}

/// An opinion on one proposal of a consultation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// The proposal it is about.
    pub proposal: ItemNumber,
    /// The voter's opinion on it.
    pub opinion: Opinion,
}

/// The way a ballot came in. Stored by its place in this list: append, never insert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// On a card of a served sequence.
    Sequence,
    /// On a proposal the participant looked for.
    Explore,
    /// In another site's page.
    Widget,
    /// On paper or by phone, entered by staff.
    Assisted,
    /// From a file of another system.
    Import,
    /// On a page that a link to one proposal opened.
    Link,
    /// In a workshop's room, by phone or by dots counted at the table.
    Room,
}

words!(Channel, "channel", {
    Sequence => "sequence", Explore => "explore", Widget => "widget", Assisted => "assisted", Import => "import",
    Link => "link", Room => "room",
});

impl Channel {
    /// Its place in [`Channel::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// One event of a poll's ledger: a ballot cast or retracted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BallotEvent {
    /// The voter's participant number.
    pub participant: ParticipantId,
    /// The proposal it is about.
    pub proposal: ItemNumber,
    /// The new opinion; `None` retracts the standing ballot.
    pub opinion: Option<Opinion>,
    /// The audience they had declared.
    pub audience: AudienceCode,
    /// The channel through which it was cast.
    pub channel: Channel,
    /// When it was admitted.
    pub cast_at: Timestamp,
}

/// An event with its place in the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PositionedEvent {
    /// 1 for the poll's first event.
    pub position: Position,
    /// The event at this position.
    pub event: BallotEvent,
}

/// The ballot that stands for a participant on a proposal: their last, unless retracted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandingBallot {
    /// The voter's participant number.
    pub participant: ParticipantId,
    /// The proposal it is about.
    pub proposal: ItemNumber,
    /// The voter's opinion.
    pub opinion: Opinion,
    /// The audience they had declared.
    pub audience: AudienceCode,
    /// The channel through which it was cast.
    pub channel: Channel,
    /// When it was admitted.
    pub cast_at: Timestamp,
}

impl StandingBallot {
    /// The standing ballot after this event alone; `None` after a retraction.
    #[must_use]
    pub fn after(event: &BallotEvent) -> Option<Self> {
        let BallotEvent { participant, proposal, opinion, audience, channel, cast_at } = *event;
        opinion.map(|opinion| Self { participant, proposal, opinion, audience, channel, cast_at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_qualifications_of_the_choice_are_allowed() {
        for choice in Choice::ALL {
            for qualification in Qualification::ALL {
                let set = [qualification].into_iter().collect();
                assert_eq!(Opinion::new(choice, set).is_ok(), qualification.choice() == choice);
            }
        }
    }
}
