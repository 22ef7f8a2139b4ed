//! Whether a list leaves a group with less than it is due: justified representation, in polynomial time.

use super::approvals::Approvals;
use super::size::ShortlistSize;

/// A group: the supporters of a candidate who agree with fewer entries than `level`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    pub(super) candidate: usize,
    pub(super) level: u8,
    pub(super) participants: u64,
}

/// The findings of the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Findings {
    pub(super) justified_representation: bool,
    pub(super) ejr_plus: bool,
    /// The group with most participants per level, whether that makes a claim or not.
    pub(super) nearest: Option<Claim>,
}

/// Goes through every candidate that is not listed and every level. `agreed` says with how many entries of the
/// list each participant agrees.
pub(super) fn audit(approvals: &Approvals, list: &[usize], agreed: &[u8], size: ShortlistSize) -> Findings {
    let mut is_listed = vec![false; approvals.candidate_count()];
    for &candidate in list {
        is_listed[candidate] = true;
    }
    let violates = |claim: &Claim| {
        claim.participants > 0
            && claim.participants * u64::from(size.entries())
                >= u64::from(claim.level) * approvals.participants
    };
    let mut findings = Findings { justified_representation: true, ejr_plus: true, nearest: None };
    for candidate in (0..is_listed.len()).filter(|&candidate| !is_listed[candidate]) {
        for claim in claims(approvals, candidate, agreed, size) {
            findings.ejr_plus &= !violates(&claim);
            findings.justified_representation &= claim.level > 1 || !violates(&claim);
            if findings.nearest.is_none_or(|nearest| is_nearer(claim, nearest)) {
                findings.nearest = Some(claim);
            }
        }
    }
    findings
}

/// The candidate's group at every level.
fn claims(
    approvals: &Approvals,
    candidate: usize,
    agreed: &[u8],
    size: ShortlistSize,
) -> impl Iterator<Item = Claim> {
    let mut agreeing_with = vec![0_u64; usize::from(size.entries()) + 1];
    for &participant in approvals.supporters(candidate) {
        agreeing_with[usize::from(agreed[participant as usize])] += 1;
    }
    let mut participants = 0;
    (1..=size.entries()).zip(agreeing_with).map(move |(level, agreeing_with_one_less)| {
        participants += agreeing_with_one_less;
        Claim { candidate, level, participants }
    })
}

/// More participants per level; of equals the one found first stays.
fn is_nearer(one: Claim, other: Claim) -> bool {
    one.participants * u64::from(other.level) > other.participants * u64::from(one.level)
}
