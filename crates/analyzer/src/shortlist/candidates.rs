//! The proposals that may be listed: the claimed consensus or, where that is too little, those that lead.

use std::collections::HashMap;

use gd_domain::ItemNumber;
use gd_report::{ClaimRule, ProposalResult, Share, ShortlistBasis};

use super::size::ShortlistSize;
use crate::Label;

/// The most candidates when too few proposals are claimed as consensus.
const LEADING_MAX: usize = 50;

/// The candidates, strongest first: by the lower end of agreement, then by number.
#[derive(Clone, Debug)]
pub(super) struct Candidates {
    pub(super) basis: ShortlistBasis,
    pub(super) candidates: Vec<Candidate>,
}

/// One proposal, or all of an idea.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Candidate {
    /// The strongest that may be listed first, then the idea's others by number.
    pub(super) numbers: Vec<ItemNumber>,
    /// Share of agreement of the first of them.
    pub(super) agree: Share,
}

/// The candidates among these proposals. The published members of an idea are one candidate, which stands
/// if any of them does.
pub(super) fn standing(
    proposals: &[ProposalResult],
    ideas: &[Vec<ItemNumber>],
    size: ShortlistSize,
    rule: ClaimRule,
) -> Candidates {
    let idea_of = published_ideas(proposals, ideas);
    let claimed = |one: &ProposalResult| one.label == Label::Consensus;
    let consensus = grouped(strongest_first(proposals, claimed), &idea_of);
    if consensus.len() >= usize::from(size.entries()) {
        return Candidates { basis: ShortlistBasis::Consensus, candidates: consensus };
    }
    let mut leading = grouped(strongest_first(proposals, |one| may_lead(one, rule)), &idea_of);
    leading.truncate(LEADING_MAX.max(usize::from(size.entries())));
    Candidates { basis: ShortlistBasis::Leading, candidates: leading }
}

/// Nothing that is claimed to be anything but agreed with, and nothing that next to nobody judged.
fn may_lead(proposal: &ProposalResult, rule: ClaimRule) -> bool {
    let open = matches!(proposal.label, Label::Consensus | Label::Mixed | Label::Undetermined);
    let counts = proposal.counts;
    open && counts.total() >= u64::from(rule.ballots_min) && counts.agree > counts.disagree
}

fn strongest_first(
    proposals: &[ProposalResult],
    stands: impl Fn(&ProposalResult) -> bool,
) -> Vec<&ProposalResult> {
    let mut standing: Vec<_> = proposals.iter().filter(|one| stands(one)).collect();
    let strength = |one: &ProposalResult| one.shares.agree.low;
    standing
        .sort_by(|one, other| strength(other).total_cmp(&strength(one)).then(one.number.cmp(&other.number)));
    standing
}

/// The published members of each idea by each of its members, in the order of their numbers.
fn published_ideas(
    proposals: &[ProposalResult],
    ideas: &[Vec<ItemNumber>],
) -> HashMap<ItemNumber, Vec<ItemNumber>> {
    let is_published = |number: &ItemNumber| proposals.binary_search_by_key(number, |one| one.number).is_ok();
    let mut idea_of = HashMap::new();
    for idea in ideas {
        let mut members: Vec<ItemNumber> = idea.iter().copied().filter(is_published).collect();
        members.sort_unstable();
        for &member in &members {
            idea_of.insert(member, members.clone());
        }
    }
    idea_of
}

fn grouped(standing: Vec<&ProposalResult>, idea_of: &HashMap<ItemNumber, Vec<ItemNumber>>) -> Vec<Candidate> {
    let mut listed = std::collections::HashSet::new();
    let mut candidates = Vec::new();
    for proposal in standing {
        if listed.contains(&proposal.number) {
            continue;
        }
        let mut numbers = vec![proposal.number];
        let others = idea_of.get(&proposal.number).into_iter().flatten();
        numbers.extend(others.copied().filter(|other| *other != proposal.number));
        listed.extend(numbers.iter().copied());
        candidates.push(Candidate { numbers, agree: proposal.shares.agree });
    }
    candidates
}
