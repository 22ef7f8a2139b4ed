//! The rule and the audit against the definition of extended justified representation, word by word.

use gd_domain::ItemNumber;
use gd_report::{ClaimRule, ProposalResult, ShortlistBasis};
use proptest::prelude::*;

use super::ShortlistSize;
use super::approvals::Approvals;
use super::audit::{Claim, audit};
use super::candidates::standing;
use crate::Label;
use crate::interval::Intervals;

/// By candidate, who agrees with it; participants 0 to `people` − 1 all have a ballot.
fn approvals(people: u32, supporters: &[Vec<u32>]) -> Approvals {
    let mut starts = vec![0];
    for one in supporters {
        starts.push(starts[starts.len() - 1] + one.len());
    }
    Approvals::new(starts, supporters.concat(), vec![1; people as usize])
}

fn size(entries: u8) -> ShortlistSize {
    ShortlistSize::new(entries).unwrap()
}

fn chosen(profile: &Approvals, entries: u8) -> Vec<usize> {
    super::rule::choose(profile, size(entries)).iter().map(|one| one.candidate).collect()
}

/// Is there a candidate outside the list, a level ℓ and a set of at least ℓ·n/k people who all agree with the
/// candidate while none of them agrees with ℓ of the list? Every set of people is tried. With `level_max` = 1
/// this is justified representation.
fn leaves_a_claim(people: u32, supporters: &[Vec<u32>], list: &[usize], entries: u8, level_max: u8) -> bool {
    let agrees = |person: u32, candidate: usize| supporters[candidate].contains(&person);
    let has = |person: u32| list.iter().filter(|&&candidate| agrees(person, candidate)).count();
    (1_u32..1 << people).any(|set| {
        let members: Vec<u32> = (0..people).filter(|person| set >> person & 1 == 1).collect();
        (1..=level_max).any(|level| {
            let large_enough = set.count_ones() * u32::from(entries) >= u32::from(level) * people;
            let unlisted = (0..supporters.len()).filter(|candidate| !list.contains(candidate));
            large_enough
                && members.iter().all(|&person| has(person) < usize::from(level))
                && unlisted.into_iter().any(|one| members.iter().all(|&person| agrees(person, one)))
        })
    })
}

/// Up to seven people, up to seven candidates and who agrees with which.
fn any_profile() -> impl Strategy<Value = (u32, Vec<Vec<u32>>)> {
    (1_u32..8, 0_usize..8, 0.1_f64..0.9).prop_flat_map(|(people, candidates, agreeing)| {
        let who = prop::collection::vec(prop::bool::weighted(agreeing), people as usize);
        let people_of =
            |bits: Vec<bool>| (0..).zip(bits).filter(|(_, bit)| *bit).map(|(one, _)| one).collect();
        (Just(people), prop::collection::vec(who.prop_map(people_of), candidates))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_list_leaves_a_claim((people, supporters) in any_profile(), entries in 1_u8..6) {
        let profile = approvals(people, &supporters);
        let list = chosen(&profile, entries);
        prop_assert_eq!(list.len(), supporters.len().min(usize::from(entries)));
        prop_assert!(!leaves_a_claim(people, &supporters, &list, entries, entries));
    }

    #[test]
    fn the_audit_of_any_list_says_what_the_definition_says(
        (people, supporters) in any_profile(), entries in 1_u8..6, order in Just((0..8).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let list: Vec<usize> =
            order.into_iter().filter(|one| *one < supporters.len()).take(usize::from(entries)).collect();
        let profile = approvals(people, &supporters);
        let findings = audit(&profile, &list, &profile.agreed_with(&list), size(entries));
        prop_assert_eq!(findings.ejr_plus, !leaves_a_claim(people, &supporters, &list, entries, entries));
        prop_assert_eq!(findings.justified_representation, !leaves_a_claim(people, &supporters, &list, entries, 1));
    }

    #[test]
    fn each_choice_represents_the_most_while_nobody_has_a_claim(
        (people, supporters) in any_profile(), entries in 1_u8..6,
    ) {
        let profile = approvals(people, &supporters);
        let list = super::rule::choose(&profile, size(entries));
        if list.iter().all(|one| one.claim.is_none()) {
            for (place, one) in list.iter().enumerate() {
                let before: Vec<usize> = list[..place].iter().map(|one| one.candidate).collect();
                let newly = |candidate: usize| {
                    let is_new = |person: &&u32| !before.iter().any(|&one| supporters[one].contains(person));
                    supporters[candidate].iter().filter(is_new).count() as u64
                };
                let most = (0..supporters.len()).filter(|one| !before.contains(one)).map(newly).max();
                prop_assert_eq!(Some(one.newly_represented), most);
                prop_assert_eq!(one.newly_represented, newly(one.candidate));
            }
        }
    }
}

#[test]
fn claims_come_before_coverage_where_both_do_not_fit() {
    // Three of four agree with 0, 1 and 2 and are due three entries of four. Coverage alone would spend two of the
    // four on one person.
    let supporters = vec![vec![0, 1, 2], vec![0, 1, 2], vec![0, 1, 2], vec![3], vec![3]];
    let list = chosen(&approvals(4, &supporters), 4);
    assert_eq!(list.iter().filter(|candidate| **candidate < 3).count(), 3);
    assert!(list.contains(&3));
}

#[test]
fn a_group_with_a_claim_is_named() {
    let supporters = vec![vec![0, 1], vec![2, 3]];
    let profile = approvals(4, &supporters);
    let findings = audit(&profile, &[0], &profile.agreed_with(&[0]), size(2));
    assert_eq!(findings.nearest, Some(Claim { candidate: 1, level: 1, participants: 2 }));
    assert!(!findings.justified_representation && !findings.ejr_plus);
}

#[test]
fn a_size_is_a_number_from_1_to_100() {
    assert_eq!("12".parse(), Ok(size(12)));
    for nonsense in ["0", "101", "-3", "ten", "", "1e1", "NaN", "99999999999999999999"] {
        let refusal = nonsense.parse::<ShortlistSize>().unwrap_err().to_string();
        assert_eq!(refusal, format!("a shortlist has from 1 to 100 entries: `{nonsense}` is no such number"));
    }
}

fn proposal(number: u32, counts: [u64; 3], label: Label) -> ProposalResult {
    ProposalResult {
        number: ItemNumber(number),
        text: String::new(),
        theme: None,
        idea: None,
        exposures: None,
        counts: counts.into(),
        shares: Intervals::default().shares(counts),
        label,
        likeliest: label,
        confidence: 0.9,
        settles: None,
        further_votes: None,
        fragility: None,
        by_audience: std::collections::BTreeMap::new(),
        opposed_by: Vec::new(),
        not_shared_by: Vec::new(),
        too_few_to_tell: Vec::new(),
        weighted: None,
        status: None,
        by_group: std::collections::BTreeMap::new(),
        group_informed_consensus: None,
        bridge: None,
        extremity: None,
        priority: None,
        scores: None,
        zone: None,
    }
}

fn standing_numbers(
    proposals: &[ProposalResult],
    ideas: &[&[u32]],
    entries: u8,
) -> (ShortlistBasis, Vec<Vec<u32>>) {
    let ideas: Vec<Vec<ItemNumber>> =
        ideas.iter().map(|idea| idea.iter().copied().map(ItemNumber).collect()).collect();
    let standing = standing(proposals, &ideas, size(entries), ClaimRule::default());
    let numbers = standing.candidates.iter().map(|one| one.numbers.iter().map(|number| number.0).collect());
    (standing.basis, numbers.collect())
}

#[test]
fn the_claimed_consensus_stands_strongest_first() {
    let consensus = |number, agree| proposal(number, [agree, 5, 5], Label::Consensus);
    let proposals =
        [consensus(1, 60), consensus(2, 90), proposal(3, [99, 0, 0], Label::Undetermined), consensus(4, 90)];
    assert_eq!(
        standing_numbers(&proposals, &[], 3),
        (ShortlistBasis::Consensus, vec![vec![2], vec![4], vec![1]])
    );
}

#[test]
fn too_little_consensus_lets_what_leads_stand() {
    let proposals = [
        proposal(1, [60, 5, 5], Label::Consensus),
        proposal(2, [60, 50, 5], Label::Controversy),
        proposal(3, [9, 0, 0], Label::Undetermined),
        proposal(4, [10, 0, 0], Label::Undetermined),
        proposal(5, [10, 11, 0], Label::Undetermined),
        proposal(6, [60, 2, 58], Label::Indifference),
    ];
    assert_eq!(standing_numbers(&proposals, &[], 2), (ShortlistBasis::Leading, vec![vec![1], vec![4]]));
}

#[test]
fn an_idea_is_one_candidate_with_its_strongest_in_front() {
    let consensus = |number, agree| proposal(number, [agree, 5, 5], Label::Consensus);
    let proposals =
        [consensus(1, 60), consensus(2, 90), proposal(3, [2, 9, 0], Label::Rejection), consensus(4, 80)];
    let (_, candidates) = standing_numbers(&proposals, &[&[3, 2, 1, 77]], 2);
    assert_eq!(candidates, [vec![2, 1, 3], vec![4]]);
}
