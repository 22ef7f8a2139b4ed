//! The reasons why input is no vote table, each with what to do about it.

use gd_domain::{AudienceCode, ItemNumber, ParticipantId, Slug};
use thiserror::Error;

/// The reason why cards and ballots are no vote table.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TableError {
    /// Two cards have one number.
    #[error("two proposals have the number {0}: give each its own")]
    CardTwice(ItemNumber),
    /// Two audiences have one name.
    #[error("two audiences are called `{0}`: give each its own short name")]
    AudienceTwice(Slug),
    /// A ballot on a proposal without a card.
    #[error("a ballot is about proposal {0}, which is not among the proposals: add it or drop the ballot")]
    UnknownProposal(ItemNumber),
    /// A ballot of an audience that is not in the list.
    #[error("a ballot has the audience number {} and the list of audiences ends before it", .0.0)]
    UnknownAudience(AudienceCode),
    /// One participant has two ballots on one proposal.
    #[error("participant {} has two ballots on proposal {proposal}: only the standing one counts", participant.number())]
    BallotTwice {
        /// The participant of both ballots.
        participant: ParticipantId,
        /// The proposal both are on.
        proposal: ItemNumber,
    },
    /// More ballots than can be numbered.
    #[error("{found} ballots were given and at most {max} can be: analyse a part of them")]
    TooManyBallots {
        /// The number of ballots given.
        found: usize,
        /// The number of ballots allowed.
        max: u32,
    },
    /// Groups were given and nobody in them has a ballot.
    #[error(
        "nobody who has a group has a ballot: the groups are those of other votes, or their participants have other numbers"
    )]
    GroupsOfNobody,
    /// More groups were given than are of use.
    #[error("{found} groups were given and at most {max} can be: check the column of the groups")]
    TooManyGroups {
        /// The number of groups given.
        found: usize,
        /// The number of groups allowed.
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
