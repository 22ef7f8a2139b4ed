//! The shortlist for workshops and its audit (docs/METHOD.md, "The shortlist").

use gd_domain::ItemNumber;
use serde::{Deserialize, Serialize};

use crate::Share;

/// One entry of the shortlist, in the order in which they were chosen, with the reason why it is there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShortlistEntry {
    /// The proposals of the entry, the one that speaks for it first: one, or all of an idea.
    pub proposals: Vec<ItemNumber>,
    /// Distinct participants who agree with it.
    pub supporters: u64,
    /// Supporters who agree with none of the entries before it.
    pub newly_represented: u64,
    /// Supporters who agree with no other entry of the list.
    #[serde(default)]
    pub only_here: u64,
    /// Participants who agree with this entry or one before it.
    pub represented: u64,
    /// Share of agreement of the proposal that speaks for it.
    #[serde(default)]
    pub agree: Share,
    /// The group whose claim this entry answers, where it was chosen for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<GroupClaim>,
}

/// A set of participants who agree with one candidate and with fewer than `level` entries, and so many
/// that a share `level` / size of the list is due to them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupClaim {
    /// The proposals of the candidate all of them agree with.
    #[serde(default)]
    pub proposals: Vec<ItemNumber>,
    /// Each of them agrees with fewer entries than this.
    pub level: u8,
    /// Participants in the set.
    pub participants: u64,
}

/// The candidates of the shortlist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShortlistBasis {
    /// The proposals claimed as consensus.
    Consensus,
    /// Too few of these: the proposals with the highest agreement, claimed or not.
    Leading,
}

/// The measures of representation, which anybody can count again from the ballots.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShortlistAudit {
    /// Entries asked for; 0 in a report that does not state it.
    #[serde(default)]
    pub size: u8,
    /// The kind of candidates the entries were chosen from.
    pub basis: ShortlistBasis,
    /// The number of candidates.
    pub candidates: u64,
    /// Participants with a ballot on a candidate.
    #[serde(default)]
    pub participants: u64,
    /// Like-minded participants to whom one entry is due: `participants` / `size`.
    #[serde(default)]
    pub quota: f64,
    /// No `quota` participants who agree with one candidate agree with none of the list.
    pub justified_representation: bool,
    /// Whatever ℓ: no ℓ × `quota` participants who agree with one candidate that is not listed each agree
    /// with fewer than ℓ entries (EJR+).
    #[serde(default)]
    pub extended_justified_representation_plus: bool,
    /// The group that comes nearest to a claim the list does not answer; none when all candidates are listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest_claim: Option<GroupClaim>,
    /// Participants with five or more ballots on candidates.
    pub judges: u64,
    /// Judges who agree with none of the list.
    pub judges_left_out: u64,
    /// Judges who agree with none of the proposals of greatest agreement, were as many of these listed.
    pub judges_left_out_by_top_agreement: u64,
}
