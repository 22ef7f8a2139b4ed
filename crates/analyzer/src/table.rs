//! The vote table: every standing ballot as columns, the cards beside. All that an analysis sees.
//!
//! Rows are kept in the order (participant, proposal), so nothing computed from them can depend on the
//! order they came in.

use std::collections::{BTreeMap, HashMap};

use gd_domain::{
    AudienceCode, Channel, Choice, ModerationStatus, ParticipantId, ProposalNumber, Qualifications, Slug,
    StandingBallot, Timestamp,
};
use thiserror::Error;

use crate::{GivenGroups, ParticipantCard};

/// A proposal as the analysis needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its number in the consultation.
    pub number: ProposalNumber,
    /// What it says.
    pub text: String,
    /// Where it stands with the moderators; only published ones are in the report.
    pub status: ModerationStatus,
    /// The theme it is tagged with.
    pub theme: Option<Slug>,
    /// The idea that the organizer put it under.
    pub idea: Option<Slug>,
}

/// What cannot be a vote table.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TableError {
    /// Two cards have one number.
    #[error("two proposals have the number {0}: give each its own")]
    CardTwice(ProposalNumber),
    /// Two audiences have one name.
    #[error("two audiences are called `{0}`: give each its own short name")]
    AudienceTwice(Slug),
    /// A ballot on a proposal without a card.
    #[error("a ballot is about proposal {0}, which is not among the proposals: add it or drop the ballot")]
    UnknownProposal(ProposalNumber),
    /// A ballot of an audience that is not in the list.
    #[error("a ballot has the audience number {} and the list of audiences ends before it", .0.0)]
    UnknownAudience(AudienceCode),
    /// One participant has two ballots on one proposal.
    #[error("participant {} has two ballots on proposal {proposal}: only the standing one counts", participant.number())]
    BallotTwice {
        /// Whose.
        participant: ParticipantId,
        /// On which proposal.
        proposal: ProposalNumber,
    },
    /// Groups were given and nobody in them has a ballot.
    #[error(
        "nobody who has a group has a ballot: the groups are those of other votes, or their participants have other numbers"
    )]
    GroupsOfNobody,
    /// More groups were given than are of use.
    #[error("{found} groups were given and at most {max} can be: check the column of the groups")]
    TooManyGroups {
        /// Given.
        found: usize,
        /// Allowed.
        max: usize,
    },
    /// Participants' cards were given for other voters than the table's.
    #[error("a card is about {given} voters and the votes are of {found}: make both from the same votes")]
    CardsOfOthers {
        /// Voters of the card.
        given: usize,
        /// Participants of the table.
        found: usize,
    },
    /// Groups were given for other voters than the table's.
    #[error(
        "the groups are about {given} voters and the votes are of {found}: make both from the same votes"
    )]
    GroupsOfOthers {
        /// Voters of the groups.
        given: usize,
        /// Participants of the table.
        found: usize,
    },
}

/// Standing ballots in columns of equal length, with their cards.
#[derive(Clone, Debug)]
pub struct VoteTable {
    /// In the order of their numbers.
    cards: Vec<Card>,
    /// The audience of code i + 1 is at place i.
    audiences: Vec<Slug>,
    participant_count: usize,
    /// How often proposals were shown; empty where nobody counted.
    exposures: BTreeMap<ProposalNumber, u64>,
    pub(crate) columns: Columns,
    given_groups: Option<GivenGroups>,
    /// What participants declare beside the audience.
    participant_cards: Vec<ParticipantCard>,
}

/// One row a ballot, in the order (participant, proposal).
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    /// 0, 1, 2… in the order of the participants' numbers.
    pub(crate) participant: Vec<u32>,
    /// The card's place.
    pub(crate) proposal: Vec<u32>,
    pub(crate) choice: Vec<Choice>,
    pub(crate) qualifications: Vec<Qualifications>,
    pub(crate) audience: Vec<AudienceCode>,
    pub(crate) channel: Vec<Channel>,
    pub(crate) cast_at: Vec<Timestamp>,
}

impl VoteTable {
    /// A table of these cards and standing ballots; the audience at place i of `audiences` is the one
    /// ballots name by the code i + 1. Cards and ballots may come in any order.
    ///
    /// # Errors
    /// [`TableError`] when two cards, audiences or ballots are about the same thing, or a ballot is about
    /// something that is not there.
    pub fn new(
        mut cards: Vec<Card>,
        audiences: Vec<Slug>,
        ballots: impl IntoIterator<Item = StandingBallot>,
    ) -> Result<Self, TableError> {
        cards.sort_by_key(|card| card.number);
        if let Some(pair) = cards.windows(2).find(|pair| pair[0].number == pair[1].number) {
            return Err(TableError::CardTwice(pair[0].number));
        }
        let mut names: Vec<&Slug> = audiences.iter().collect();
        names.sort();
        if let Some(pair) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(TableError::AudienceTwice(pair[0].clone()));
        }
        let mut rows: Vec<StandingBallot> = ballots.into_iter().collect();
        rows.sort_unstable_by_key(|row| (row.participant, row.proposal));
        let (columns, participant_count) = split_into_columns(&rows, &cards, audiences.len())?;
        let exposures = BTreeMap::new();
        let (given_groups, participant_cards) = (None, Vec::new());
        Ok(Self { cards, audiences, participant_count, exposures, columns, given_groups, participant_cards })
    }

    /// The same table with how often proposals were shown in sequences. Those left out were never shown;
    /// numbers without a card are of no account. An empty list says that nobody counted.
    #[must_use]
    pub fn with_exposures(mut self, exposures: impl IntoIterator<Item = (ProposalNumber, u64)>) -> Self {
        self.exposures = exposures.into_iter().collect();
        self
    }

    /// How often a proposal was shown; `None` where nobody counted.
    #[must_use]
    pub fn exposures(&self, number: ProposalNumber) -> Option<u64> {
        (!self.exposures.is_empty()).then(|| self.exposures.get(&number).copied().unwrap_or(0))
    }

    /// The same table with opinion groups that are taken as they are.
    ///
    /// # Errors
    /// [`TableError::GroupsOfOthers`] when the groups were made for other voters.
    pub fn with_groups(mut self, groups: GivenGroups) -> Result<Self, TableError> {
        let (given, found) = (groups.participant_count(), self.participant_count);
        if given != found {
            return Err(TableError::GroupsOfOthers { given, found });
        }
        self.given_groups = Some(groups);
        Ok(self)
    }

    /// The same table with what participants declare beside the audience.
    ///
    /// # Errors
    /// [`TableError::CardsOfOthers`] when a card was made for other voters.
    pub fn with_participant_cards(mut self, cards: Vec<ParticipantCard>) -> Result<Self, TableError> {
        let found = self.participant_count;
        if let Some(card) = cards.iter().find(|card| card.of.len() != found) {
            return Err(TableError::CardsOfOthers { given: card.of.len(), found });
        }
        self.participant_cards = cards;
        Ok(self)
    }

    pub(crate) fn participant_cards(&self) -> &[ParticipantCard] {
        &self.participant_cards
    }

    pub(crate) fn given_groups(&self) -> Option<&GivenGroups> {
        self.given_groups.as_ref()
    }

    /// The cards, in the order of their numbers.
    #[must_use]
    pub fn cards(&self) -> &[Card] {
        &self.cards
    }

    /// The audiences, in the order of their codes.
    #[must_use]
    pub fn audiences(&self) -> &[Slug] {
        &self.audiences
    }

    /// Ballots, whatever the status of their proposal.
    #[must_use]
    pub fn ballot_count(&self) -> usize {
        self.columns.proposal.len()
    }

    /// Participants with at least one ballot.
    #[must_use]
    pub fn participant_count(&self) -> usize {
        self.participant_count
    }
}

fn split_into_columns(
    rows: &[StandingBallot],
    cards: &[Card],
    audience_count: usize,
) -> Result<(Columns, usize), TableError> {
    let places: HashMap<ProposalNumber, u32> = cards.iter().map(|card| card.number).zip(0..).collect();
    let mut columns = Columns::with_capacity(rows.len());
    let mut participants: u32 = 0;
    let mut previous: Option<&StandingBallot> = None;
    for row in rows {
        let place = *places.get(&row.proposal).ok_or(TableError::UnknownProposal(row.proposal))?;
        if usize::from(row.audience.0) > audience_count {
            return Err(TableError::UnknownAudience(row.audience));
        }
        let same_participant = previous.is_some_and(|earlier| earlier.participant == row.participant);
        if same_participant && previous.is_some_and(|earlier| earlier.proposal == row.proposal) {
            return Err(TableError::BallotTwice { participant: row.participant, proposal: row.proposal });
        }
        participants += u32::from(!same_participant);
        columns.push(participants - 1, place, row);
        previous = Some(row);
    }
    Ok((columns, participants as usize))
}

impl Columns {
    fn with_capacity(rows: usize) -> Self {
        Self {
            participant: Vec::with_capacity(rows),
            proposal: Vec::with_capacity(rows),
            choice: Vec::with_capacity(rows),
            qualifications: Vec::with_capacity(rows),
            audience: Vec::with_capacity(rows),
            channel: Vec::with_capacity(rows),
            cast_at: Vec::with_capacity(rows),
        }
    }

    fn push(&mut self, participant: u32, proposal: u32, ballot: &StandingBallot) {
        self.participant.push(participant);
        self.proposal.push(proposal);
        self.choice.push(ballot.opinion.choice());
        self.qualifications.push(ballot.opinion.qualifications());
        self.audience.push(ballot.audience);
        self.channel.push(ballot.channel);
        self.cast_at.push(ballot.cast_at);
    }

    pub(crate) fn len(&self) -> usize {
        self.proposal.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gd_domain::Opinion;

    fn card(number: u32) -> Card {
        let status = ModerationStatus::Published;
        Card {
            number: ProposalNumber(number),
            text: format!("Proposal {number}"),
            status,
            theme: None,
            idea: None,
        }
    }

    fn ballot(participant: i64, proposal: u32) -> StandingBallot {
        StandingBallot {
            participant: ParticipantId::from_number(participant).unwrap(),
            proposal: ProposalNumber(proposal),
            opinion: Opinion::bare(Choice::Agree),
            audience: AudienceCode::UNDECLARED,
            channel: Channel::Import,
            cast_at: Timestamp::from_millis(0),
        }
    }

    #[test]
    fn rows_stand_in_the_order_of_participant_and_proposal() {
        let ballots = [ballot(9, 2), ballot(3, 7), ballot(9, 1)];
        let table = VoteTable::new(vec![card(7), card(1), card(2)], Vec::new(), ballots).unwrap();
        assert_eq!(table.columns.participant, [0, 1, 1]);
        assert_eq!(table.columns.proposal, [2, 0, 1]);
        assert_eq!((table.ballot_count(), table.participant_count()), (3, 2));
    }

    #[test]
    fn what_cannot_be_a_table_is_named() {
        let refusal = |cards: Vec<Card>, audiences: Vec<Slug>, ballots: Vec<StandingBallot>| {
            VoteTable::new(cards, audiences, ballots).unwrap_err()
        };
        assert_eq!(refusal(vec![card(1), card(1)], vec![], vec![]), TableError::CardTwice(ProposalNumber(1)));
        assert_eq!(
            refusal(vec![card(1)], vec![], vec![ballot(1, 2)]),
            TableError::UnknownProposal(ProposalNumber(2))
        );
        let twice = refusal(vec![card(1)], vec![], vec![ballot(5, 1), ballot(5, 1)]);
        assert_eq!(
            twice.to_string(),
            "participant 5 has two ballots on proposal 1: only the standing one counts"
        );
        let mut staff = ballot(1, 1);
        staff.audience = AudienceCode(2);
        let users: Slug = "users".parse().unwrap();
        assert_eq!(
            refusal(vec![card(1)], vec![users.clone()], vec![staff]),
            TableError::UnknownAudience(AudienceCode(2))
        );
        assert_eq!(
            refusal(vec![card(1)], vec![users.clone(), users.clone()], vec![]),
            TableError::AudienceTwice(users)
        );
    }
}
