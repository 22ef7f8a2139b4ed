//! A shortlist for workshops: few proposals, chosen so that no large set of like-minded participants is left
//! with nothing (docs/METHOD.md, "The shortlist").
//!
//! Owns which proposals may be listed, the rule that chooses, and the audit of the list. Knows the vote table
//! and what the report says of each proposal; not how the list is drawn, worded or put into a file.

mod approvals;
mod audit;
mod candidates;
mod rule;
mod size;
#[cfg(test)]
mod tests;

use gd_domain::ItemNumber;
use gd_report::{ClaimRule, GroupClaim, ProposalResult, ShortlistAudit, ShortlistBasis, ShortlistEntry};

use crate::VoteTable;
use crate::rounding::rounded;
use approvals::Approvals;
use candidates::{Candidate, Candidates};
use rule::ListedCandidate;

pub use size::{ShortlistSize, ShortlistSizeError};

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
    ideas: &[Vec<ItemNumber>],
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
        candidates: candidates.len() as u64,
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
    chosen: &[ListedCandidate],
    candidates: &[Candidate],
    approvals: &Approvals,
    agreed: &[u8],
) -> Vec<ShortlistEntry> {
    let mut represented = 0;
    let mut entry = |one: &ListedCandidate| {
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

/// The limits of this shortlist, in plain sentences.
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
