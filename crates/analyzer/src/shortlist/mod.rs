//! A shortlist for workshops: few proposals, chosen so that no large set of like-minded participants is left
//! with nothing (docs/METHOD.md, "The shortlist").
//!
//! Owns which proposals may be listed, the rule that chooses, and the audit of the list. Knows the vote table
//! and what the report says of each proposal; not how the list is drawn, worded or put into a file.

mod approvals;
mod audit;
mod candidates;
mod rule;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use gd_domain::ProposalNumber;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::interval::Share;
use crate::rounding::rounded;
use crate::{ClaimRule, ProposalResult, VoteTable};
use approvals::Approvals;
use candidates::{Candidate, Candidates};
use rule::Chosen;

/// How many entries a shortlist has: from 1 to [`ShortlistSize::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShortlistSize(u8);

/// A number that is no size of a shortlist.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("a shortlist has from 1 to {max} entries: `{given}` is no such number", max = ShortlistSize::MAX)]
pub struct ShortlistSizeError {
    given: String,
}

impl ShortlistSize {
    /// More than anybody discusses in a room.
    pub const MAX: u8 = 100;

    /// A size.
    ///
    /// # Errors
    /// When the number is 0 or above [`ShortlistSize::MAX`].
    pub fn new(entries: u8) -> Result<Self, ShortlistSizeError> {
        let allowed = (1..=Self::MAX).contains(&entries);
        allowed.then_some(Self(entries)).ok_or_else(|| ShortlistSizeError { given: entries.to_string() })
    }

    /// The number of entries.
    #[must_use]
    pub const fn entries(self) -> u8 {
        self.0
    }
}

impl Default for ShortlistSize {
    /// What three tables of a workshop can discuss in an afternoon.
    fn default() -> Self {
        Self(10)
    }
}

impl FromStr for ShortlistSize {
    type Err = ShortlistSizeError;

    fn from_str(text: &str) -> Result<Self, ShortlistSizeError> {
        let number = text.trim().parse().ok().and_then(|entries| Self::new(entries).ok());
        number.ok_or_else(|| ShortlistSizeError { given: text.to_owned() })
    }
}

impl fmt::Display for ShortlistSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// One entry of the shortlist, in the order in which they were chosen, with why it is there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShortlistEntry {
    /// The proposals of the entry, the one that speaks for it first: one, or all of an idea.
    pub proposals: Vec<ProposalNumber>,
    /// Distinct participants who agree with it.
    pub supporters: u64,
    /// Of these, who agree with none of the entries before it.
    pub newly_represented: u64,
    /// Of these, who agree with no other entry of the list.
    pub only_here: u64,
    /// Participants who agree with this entry or one before it.
    pub represented: u64,
    /// Share of agreement of the proposal that speaks for it.
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
    pub proposals: Vec<ProposalNumber>,
    /// Each of them agrees with fewer entries than this.
    pub level: u8,
    /// How many they are.
    pub participants: u64,
}

/// From what the shortlist was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShortlistBasis {
    /// The proposals claimed as consensus.
    Consensus,
    /// Too few of these: the proposals with the highest agreement, claimed or not.
    Leading,
}

/// How well the shortlist represents, in figures that anybody can count again from the ballots.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShortlistAudit {
    /// Entries asked for.
    pub size: u8,
    /// What the entries were chosen from…
    pub basis: ShortlistBasis,
    /// …and how many candidates those were.
    pub candidates: usize,
    /// Participants with a ballot on a candidate.
    pub participants: u64,
    /// So many like-minded participants are due one entry: `participants` / `size`.
    pub quota: f64,
    /// No `quota` participants who agree with one candidate agree with none of the list.
    pub justified_representation: bool,
    /// Whatever ℓ: no ℓ × `quota` participants who agree with one candidate that is not listed each agree
    /// with fewer than ℓ entries (EJR+).
    pub extended_justified_representation_plus: bool,
    /// The group that comes nearest to a claim the list does not answer; none when all candidates are listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest_claim: Option<GroupClaim>,
    /// Participants with five or more ballots on candidates.
    pub judges: u64,
    /// Of these, who agree with none of the list.
    pub judges_left_out: u64,
    /// Of these, who agree with none of the proposals of greatest agreement, were as many of these listed.
    pub judges_left_out_by_top_agreement: u64,
}

/// The shortlist and its audit.
#[derive(Clone, Debug)]
pub(crate) struct Shortlist {
    pub(crate) entries: Vec<ShortlistEntry>,
    pub(crate) audit: ShortlistAudit,
}

/// Chooses among the published proposals. `ideas` groups those that say the same: such a group is one
/// candidate, supported by whoever agrees with any of it. A proposal in no group stands for itself.
pub(crate) fn shortlist(
    table: &VoteTable,
    proposals: &[ProposalResult],
    ideas: &[Vec<ProposalNumber>],
    size: ShortlistSize,
    rule: ClaimRule,
) -> Shortlist {
    let Candidates { basis, candidates } = candidates::standing(proposals, ideas, size, rule);
    let approvals = Approvals::of(table, &candidates);
    let chosen = rule::choose(&approvals, size);
    let list: Vec<usize> = chosen.iter().map(|one| one.candidate).collect();
    let agreed = approvals.agreed_with(&list);
    let top: Vec<usize> = (0..candidates.len().min(usize::from(size.entries()))).collect();
    let findings = audit::audit(&approvals, &list, &agreed, size);
    let claim = |claim: &audit::Claim| GroupClaim {
        proposals: candidates[claim.candidate].numbers.clone(),
        level: claim.level,
        participants: claim.participants,
    };
    let audit = ShortlistAudit {
        size: size.entries(),
        basis,
        candidates: candidates.len(),
        participants: approvals.participants,
        quota: quota(approvals.participants, size),
        justified_representation: findings.justified_representation,
        extended_justified_representation_plus: findings.ejr_plus,
        nearest_claim: findings.nearest.as_ref().map(claim),
        judges: approvals.judge_count(),
        judges_left_out: approvals.judges_left_out(&agreed),
        judges_left_out_by_top_agreement: approvals.judges_left_out(&approvals.agreed_with(&top)),
    };
    Shortlist { entries: entries(&chosen, &candidates, &approvals, &agreed), audit }
}

fn entries(
    chosen: &[Chosen],
    candidates: &[Candidate],
    approvals: &Approvals,
    agreed: &[u8],
) -> Vec<ShortlistEntry> {
    let mut represented = 0;
    let mut entry = |one: &Chosen| {
        let (candidate, supporters) = (&candidates[one.candidate], approvals.supporters(one.candidate));
        let only_here = supporters.iter().filter(|&&participant| agreed[participant as usize] == 1).count();
        represented += one.newly_represented;
        ShortlistEntry {
            proposals: candidate.numbers.clone(),
            supporters: supporters.len() as u64,
            newly_represented: one.newly_represented,
            only_here: only_here as u64,
            represented,
            agree: candidate.agree,
            claim: one.claim.map(|(level, participants)| GroupClaim {
                proposals: candidate.numbers.clone(),
                level,
                participants,
            }),
        }
    };
    chosen.iter().map(&mut entry).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
fn quota(participants: u64, size: ShortlistSize) -> f64 {
    rounded(participants as f64 / f64::from(size.entries()))
}

/// What holds for this shortlist and what it cannot show, in plain sentences.
pub(crate) fn limits(audit: &ShortlistAudit, listed: usize) -> Vec<String> {
    if audit.candidates == 0 {
        return vec![
            "No proposal has ten ballots and more agreement than disagreement: there is no shortlist.".into(),
        ];
    }
    let mut sentences = Vec::new();
    if audit.basis == ShortlistBasis::Leading {
        sentences.push(format!(
            "Fewer than {} proposals are claimed as consensus: the shortlist is chosen from the {} of highest \
             agreement, claimed or not; the label of each says which.",
            audit.size, audit.candidates
        ));
    }
    if listed < usize::from(audit.size) {
        sentences.push(format!("The shortlist has {listed} entries: there are no more candidates."));
    }
    sentences.push(
        "The shortlist counts agreement as recorded: who agrees with a listed proposal but never saw it counts as \
         not represented, so proposals shown to more people represent more of them."
            .to_owned(),
    );
    sentences
}
