//! What a report takes to a workshop: the ideas, and the shortlist with why each entry is on it.

use gd_domain::ProposalNumber;
use serde::Deserialize;

use super::proposal::{Interval, Shares};

/// Proposals that are one idea.
#[derive(Clone, Debug, Deserialize)]
pub struct Idea {
    /// The text that speaks for it.
    pub title: String,
    /// The proposal that text is of.
    pub representative: ProposalNumber,
    /// Its proposals.
    pub proposals: Vec<ProposalNumber>,
    /// Participants with a vote on any of them.
    pub voters: u64,
    /// Participants who agree with at least one.
    pub supporters: u64,
    /// Participants who agree with none and disagree with at least one.
    pub opponents: u64,
    /// Shares of supporters, opponents and others among the voters.
    pub shares: Shares,
}

/// One entry of the shortlist.
#[derive(Clone, Debug, Deserialize)]
pub struct ShortlistEntry {
    /// Its proposals, the one that speaks for it first.
    pub proposals: Vec<ProposalNumber>,
    /// Participants who agree with it.
    pub supporters: u64,
    /// Of these, who agree with none of the entries before it.
    pub newly_represented: u64,
    /// Participants who agree with this entry or one before it.
    pub represented: u64,
    /// Share of agreement of the proposal that speaks for it.
    pub agree: Interval,
    /// The like-minded participants whose due it answers, where it was chosen for some.
    #[serde(default)]
    pub claim: Option<GroupClaim>,
}

/// Like-minded participants to whom more of the list is due.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct GroupClaim {
    /// Each of them agrees with fewer entries than this.
    pub level: u64,
    /// How many they are.
    pub participants: u64,
}

/// From what the shortlist was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShortlistBasis {
    /// The proposals claimed as consensus.
    Consensus,
    /// Too few of these: those with the highest agreement, claimed or not.
    Leading,
}

/// How well the shortlist represents the participants.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct ShortlistAudit {
    /// Entries asked for.
    #[serde(default)]
    pub size: Option<u64>,
    /// From what it was chosen…
    pub basis: ShortlistBasis,
    /// …and how many candidates those were.
    pub candidates: u64,
    /// Participants with a vote on a candidate.
    pub participants: u64,
    /// So many like-minded participants are due one entry.
    pub quota: f64,
    /// No so many who agree with one candidate agree with none of the list.
    pub justified_representation: bool,
    /// Participants with five or more votes on candidates.
    pub judges: u64,
    /// Of these, who agree with none of the list.
    pub judges_left_out: u64,
    /// Of these, who would agree with none of as long a list by agreement alone.
    pub judges_left_out_by_top_agreement: u64,
}
