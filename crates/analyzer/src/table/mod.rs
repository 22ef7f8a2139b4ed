//! The vote table: every standing ballot as columns, the cards beside. All that an analysis sees.
//!
//! Rows are kept in the order (participant, proposal), so nothing computed from them can depend on the
//! order they came in.

mod columns;
pub(crate) mod error;
mod order;

use std::collections::BTreeMap;

use gd_domain::{BallotColumns, ItemNumber, ModerationStatus, ProposalPlaces, Slug, StandingBallot};
use gd_report::Counts;

use crate::given_groups::GivenGroups;
use crate::participant_card::ParticipantCard;
use order::Duplicates;

pub(crate) use columns::Columns;
pub use error::TableError;

/// The card of a proposal: what an analysis reads of it beside the ballots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalCard {
    /// Its number in the consultation.
    pub number: ItemNumber,
    /// The text that its author wrote.
    pub text: String,
    /// Its moderation status; the report is about published proposals.
    pub status: ModerationStatus,
    /// The theme it is tagged with.
    pub theme: Option<Slug>,
    /// The idea that the organizer put it under.
    pub idea: Option<Slug>,
}

/// Standing ballots in columns of equal length, with their cards.
#[derive(Clone, Debug)]
pub struct VoteTable {
    /// In the order of their numbers.
    cards: Vec<ProposalCard>,
    /// The audience of code i + 1 is at place i.
    audiences: Vec<Slug>,
    /// Times each proposal was shown; empty where nobody counted.
    exposures: BTreeMap<ItemNumber, u64>,
    pub(crate) columns: Columns,
    given_groups: Option<GivenGroups>,
    /// Cards that participants filled in beside the audience.
    participant_cards: Vec<ParticipantCard>,
}

impl VoteTable {
    /// A table of these cards and standing ballots; the audience at place i of `audiences` is the one
    /// ballots name by the code i + 1. Cards and ballots may come in any order.
    ///
    /// # Errors
    /// [`TableError`] when two cards, audiences or ballots are about the same thing, or a ballot is about
    /// something that is not there.
    pub fn new(
        cards: Vec<ProposalCard>,
        audiences: Vec<Slug>,
        ballots: impl IntoIterator<Item = StandingBallot>,
    ) -> Result<Self, TableError> {
        Self::build(cards, audiences, ballots.into_iter().collect(), Duplicates::Refused)
    }

    /// A table of these cards and all ballots ever cast, of which those stand that no later one replaced.
    ///
    /// # Errors
    /// As [`VoteTable::new`], but for the ballots that are there twice.
    ///
    /// # Panics
    /// When the columns are not equally long.
    pub fn of_ballots_cast(
        cards: Vec<ProposalCard>,
        audiences: Vec<Slug>,
        ballots: BallotColumns,
    ) -> Result<Self, TableError> {
        Self::build(cards, audiences, ballots, Duplicates::LaterStands)
    }

    fn build(
        mut cards: Vec<ProposalCard>,
        audiences: Vec<Slug>,
        ballots: BallotColumns,
        twice: Duplicates,
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
        let places = ProposalPlaces::of(cards.iter().map(|card| card.number));
        let columns = Columns::of(ballots, &places, audiences.len(), twice)?;
        let exposures = BTreeMap::new();
        let (given_groups, participant_cards) = (None, Vec::new());
        Ok(Self { cards, audiences, exposures, columns, given_groups, participant_cards })
    }

    /// The same table with how often proposals were shown in sequences. Those left out were never shown;
    /// numbers without a card are of no account. An empty list says that nobody counted.
    #[must_use]
    pub fn with_exposures(mut self, exposures: impl IntoIterator<Item = (ItemNumber, u64)>) -> Self {
        self.exposures = exposures.into_iter().collect();
        self
    }

    /// Times a proposal was shown; `None` where nobody counted.
    #[must_use]
    pub fn exposures(&self, number: ItemNumber) -> Option<u64> {
        (!self.exposures.is_empty()).then(|| self.exposures.get(&number).copied().unwrap_or(0))
    }

    /// The same table with opinion groups that are taken as they are.
    ///
    /// # Errors
    /// [`TableError::GroupsOfOthers`] when the groups were made for other voters.
    pub fn with_groups(mut self, groups: GivenGroups) -> Result<Self, TableError> {
        let (given, found) = (groups.participant_count(), self.participant_count());
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
        let found = self.participant_count();
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
    pub fn cards(&self) -> &[ProposalCard] {
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
        self.columns.len()
    }

    /// Ballots by choice, one entry per card, in the order of the cards.
    #[must_use]
    pub fn counts(&self) -> Vec<Counts> {
        self.columns.choices(self.cards.len()).into_iter().map(Counts::from).collect()
    }

    /// Participants with at least one ballot.
    #[must_use]
    pub fn participant_count(&self) -> usize {
        self.columns.participant_count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gd_domain::{AudienceCode, Channel, Choice, Opinion, ParticipantId, Standing, Timestamp, fold};
    use proptest::prelude::*;

    fn card(number: u32) -> ProposalCard {
        let status = ModerationStatus::Published;
        ProposalCard {
            number: ItemNumber(number),
            text: format!("Proposal {number}"),
            status,
            theme: None,
            idea: None,
        }
    }

    fn ballot(participant: i64, proposal: u32) -> StandingBallot {
        StandingBallot {
            participant: ParticipantId::from_number(participant).unwrap(),
            proposal: ItemNumber(proposal),
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
        assert_eq!([0, 1].map(|participant| table.columns.rows_of(participant)), [0..1, 1..3]);
        assert_eq!(table.columns.proposal, [2, 0, 1]);
        assert_eq!((table.ballot_count(), table.participant_count()), (3, 2));
    }

    /// Events of few participants, proposals and instants, so that many meet.
    fn any_events(numbers: &'static [i64]) -> impl Strategy<Value = Vec<StandingBallot>> {
        let event = (prop::sample::select(numbers), 1..6_u32, 0..3_usize, 0..3_u16, 0..4_i64);
        let event = event.prop_map(|(participant, proposal, choice, audience, at)| StandingBallot {
            opinion: Opinion::bare(Choice::ALL[choice]),
            audience: AudienceCode(audience),
            cast_at: Timestamp::from_millis(at),
            ..ballot(participant, proposal)
        });
        prop::collection::vec(event, 0..60)
    }

    fn assert_is_the_fold(events: Vec<StandingBallot>) {
        let cards: Vec<ProposalCard> = (1..6).map(card).collect();
        let audiences = ["users", "staff"].map(|name| name.parse().unwrap()).to_vec();
        let columns: BallotColumns = events.into_iter().collect();
        let mut standing = Standing::default();
        standing.apply(&fold(&Standing::default(), &columns.events()).changes);
        let expected =
            VoteTable::new(cards.clone(), audiences.clone(), standing.ballots.into_values()).unwrap();
        let found = VoteTable::of_ballots_cast(cards, audiences, columns).unwrap();
        assert_eq!(found.columns, expected.columns);
    }

    proptest! {
        #[test]
        fn what_stands_of_ballots_cast_is_the_fold_of_them(events in any_events(&[3, 4, 5, 9])) {
            assert_is_the_fold(events);
        }

        #[test]
        fn participants_may_have_any_numbers(events in any_events(&[0, 1 << 40, i64::MAX])) {
            assert_is_the_fold(events);
        }
    }

    #[test]
    fn what_cannot_be_a_table_is_named() {
        let refusal = |cards: Vec<ProposalCard>, audiences: Vec<Slug>, ballots: Vec<StandingBallot>| {
            VoteTable::new(cards, audiences, ballots).unwrap_err()
        };
        assert_eq!(refusal(vec![card(1), card(1)], vec![], vec![]), TableError::CardTwice(ItemNumber(1)));
        assert_eq!(
            refusal(vec![card(1)], vec![], vec![ballot(1, 2)]),
            TableError::UnknownProposal(ItemNumber(2))
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
