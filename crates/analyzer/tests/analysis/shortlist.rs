//! The shortlist, checked again from the ballots by other means: sets of people instead of counts.

use std::collections::{BTreeMap, BTreeSet};

use gd_analyzer::{
    Label, Method, ProposalCard, ProposalResult, Report, ShortlistBasis, ShortlistSize, VoteTable, analyze,
};
use gd_domain::{Choice, ItemNumber, ParticipantId, StandingBallot};
use proptest::prelude::*;

use crate::real_folders::{real_data, rows};
use crate::tables::{ballot, ballots, card};

type People = BTreeSet<ParticipantId>;

fn report(cards: &[ProposalCard], rows: &[StandingBallot], entries: u8) -> Report {
    let method = Method { shortlist_size: ShortlistSize::new(entries).unwrap(), ..Method::default() };
    let table = VoteTable::new(cards.to_vec(), Vec::new(), rows.iter().copied()).unwrap();
    analyze(&table, &method)
}

/// Ballots on the candidates, as METHOD.md defines these.
struct Checker {
    candidates: Vec<ItemNumber>,
    supporters: BTreeMap<ItemNumber, People>,
    /// Per participant, the candidates they have a ballot on.
    judged: BTreeMap<ParticipantId, usize>,
}

impl Checker {
    fn of(report: &Report, rows: &[StandingBallot]) -> Self {
        let mut candidates: Vec<&ProposalResult> = match report.shortlist_audit.as_ref().unwrap().basis {
            ShortlistBasis::Consensus => labelled(report, &[Label::Consensus]),
            ShortlistBasis::Leading => {
                let open = labelled(report, &[Label::Consensus, Label::Mixed, Label::Undetermined]);
                let leads = |one: &&ProposalResult| {
                    one.counts.total() >= 10 && one.counts.agree > one.counts.disagree
                };
                open.into_iter().filter(leads).collect()
            }
        };
        candidates.sort_by(|one, other| other.shares.agree.low.total_cmp(&one.shares.agree.low));
        if report.shortlist_audit.as_ref().unwrap().basis == ShortlistBasis::Leading {
            candidates.truncate(50.max(usize::from(report.shortlist_audit.as_ref().unwrap().size)));
        }
        let candidates: Vec<ItemNumber> = candidates.iter().map(|one| one.number).collect();
        let known: BTreeSet<ItemNumber> = candidates.iter().copied().collect();
        let mut supporters: BTreeMap<ItemNumber, People> =
            candidates.iter().map(|number| (*number, People::new())).collect();
        let mut judged = BTreeMap::new();
        for row in rows.iter().filter(|row| known.contains(&row.proposal)) {
            *judged.entry(row.participant).or_insert(0) += 1;
            if row.opinion.choice() == Choice::Agree {
                supporters.get_mut(&row.proposal).unwrap().insert(row.participant);
            }
        }
        Self { candidates, supporters, judged }
    }

    fn represented(&self, list: &[ItemNumber]) -> People {
        list.iter().flat_map(|number| self.supporters[number].iter().copied()).collect()
    }

    /// With how many entries of the list each person agrees.
    fn having(&self, list: &[ItemNumber]) -> BTreeMap<ParticipantId, usize> {
        let mut having: BTreeMap<_, _> = self.judged.keys().map(|person| (*person, 0)).collect();
        for person in list.iter().flat_map(|number| &self.supporters[number]) {
            *having.get_mut(person).unwrap() += 1;
        }
        having
    }

    /// For each level from 1 on, the largest group that agrees with one unlisted candidate while everybody in it
    /// has fewer entries than that.
    fn greatest_groups(&self, list: &[ItemNumber], size: usize) -> Vec<usize> {
        let having = self.having(list);
        let unlisted = self.candidates.iter().filter(|number| !list.contains(number));
        let mut greatest = vec![0; size];
        for number in unlisted {
            let entries: Vec<usize> = self.supporters[number].iter().map(|person| having[person]).collect();
            for level in 1..=size {
                let group = entries.iter().filter(|has| **has < level).count();
                greatest[level - 1] = greatest[level - 1].max(group);
            }
        }
        greatest
    }

    /// Participants with five ballots on candidates who agree with nothing of the list.
    fn left_out(&self, list: &[ItemNumber]) -> usize {
        let represented = self.represented(list);
        self.judges().filter(|person| !represented.contains(person)).count()
    }

    fn judges(&self) -> impl Iterator<Item = &ParticipantId> {
        self.judged.iter().filter(|(_, count)| **count >= 5).map(|(person, _)| person)
    }
}

fn labelled<'a>(report: &'a Report, labels: &[Label]) -> Vec<&'a ProposalResult> {
    report.proposals.iter().filter(|one| labels.contains(&one.label)).collect()
}

fn listed(report: &Report) -> Vec<ItemNumber> {
    report.shortlist.iter().map(|entry| entry.proposals[0]).collect()
}

/// Every figure of the shortlist and its audit, counted again.
fn assert_true(report: &Report, rows: &[StandingBallot]) -> Checker {
    let checker = Checker::of(report, rows);
    let (audit, list) = (report.shortlist_audit.as_ref().unwrap(), listed(report));
    let (people, size) = (checker.judged.len(), usize::from(audit.size));
    assert_eq!(audit.candidates, checker.candidates.len() as u64);
    assert_eq!(audit.participants, people as u64);
    assert_eq!(list.len(), size.min(checker.candidates.len()));

    let groups = checker.greatest_groups(&list, size);
    let violated = |level: usize| {
        let group = groups[level - 1];
        group > 0 && group * size >= level * people
    };
    assert_eq!(audit.justified_representation, !violated(1));
    assert_eq!(audit.extended_justified_representation_plus, !(1..=size).any(violated));
    assert!(audit.extended_justified_representation_plus, "the rule answers every claim");
    match &audit.nearest_claim {
        Some(claim) => {
            let level = usize::from(claim.level);
            let group = usize::try_from(claim.participants).unwrap();
            assert_eq!(group, groups[level - 1]);
            assert!((1..=size).all(|other| groups[other - 1] * level <= group * other));
        }
        None => assert_eq!(list.len(), checker.candidates.len()),
    }

    assert_eq!(audit.judges, checker.judges().count() as u64);
    assert_eq!(audit.judges_left_out, checker.left_out(&list) as u64);
    let top = &checker.candidates[..list.len()];
    assert_eq!(audit.judges_left_out_by_top_agreement, checker.left_out(top) as u64);
    for (place, entry) in report.shortlist.iter().enumerate() {
        let own = &checker.supporters[&list[place]];
        let (before, with) = (checker.represented(&list[..place]), checker.represented(&list[..=place]));
        let others: Vec<ItemNumber> = list.iter().copied().filter(|one| *one != list[place]).collect();
        let only_here = own.difference(&checker.represented(&others)).count();
        assert_eq!(entry.supporters, own.len() as u64);
        assert_eq!(entry.newly_represented, (with.len() - before.len()) as u64);
        assert_eq!(entry.represented, with.len() as u64);
        assert_eq!(entry.only_here, only_here as u64);
    }
    checker
}

/// Every row is in docs/METHOD.md, "The shortlist": labels that move take the table with them.
#[test]
fn fewer_real_participants_are_left_with_nothing_than_by_top_agreement() {
    let Some(folder) = real_data() else { return };
    let names = [
        "15-per-hour-seattle",
        "american-assembly.bowling-green",
        "scoop-hivemind.biodiversity",
        "vtaiwan.uberx",
    ];
    let method = include_str!("../../../../docs/METHOD.md");
    for name in names {
        let (cards, rows) = rows(&folder.join("polis").join(name));
        for entries in [3, 10] {
            let report = report(&cards, &rows, entries);
            assert_true(&report, &rows);
            let audit = report.shortlist_audit.as_ref().unwrap();
            assert!(audit.judges_left_out <= audit.judges_left_out_by_top_agreement, "{name}, {entries}");
            let percent = |count: u64| format!("{:.1} %", 100.0 * share(count, audit.judges));
            let nearest = audit
                .nearest_claim
                .as_ref()
                .map_or(0.0, |claim| share(claim.participants, 1) / f64::from(claim.level) / audit.quota);
            let row = format!(
                "| `{name}` | {entries} | {} | {} | {} | {} | {} | {nearest:.2} |",
                format!("{:?}", audit.basis).to_lowercase(),
                audit.candidates,
                audit.judges,
                percent(audit.judges_left_out),
                percent(audit.judges_left_out_by_top_agreement),
            );
            println!("{row}");
            assert!(method.contains(&row), "docs/METHOD.md should say {row}");
        }
    }
}

fn share(part: u64, whole: u64) -> f64 {
    f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(whole).unwrap())
}

/// Ballots of up to 24 participants on 8 proposals, in camps that agree with different ones.
fn any_camps() -> impl Strategy<Value = Vec<StandingBallot>> {
    let person = (0_u32..3, prop::collection::vec((0_u8..10, 0_u8..10), 8));
    prop::collection::vec(person, 10..24).prop_map(|people| {
        let mut rows = Vec::new();
        for (participant, (camp, votes)) in (0..).zip(people) {
            for (number, (seen, mood)) in (0..).zip(votes).filter(|(_, (seen, _))| *seen > 0) {
                let own = number % 3 == camp;
                let choice = match mood {
                    0 => Choice::Neutral,
                    1..=3 if own => Choice::Disagree,
                    1..=5 if !own => Choice::Disagree,
                    _ => Choice::Agree,
                };
                debug_assert!(seen < 10);
                rows.push(ballot(participant, number, choice));
            }
        }
        rows
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_shortlist_is_what_its_audit_says(rows in any_camps(), entries in 1_u8..6) {
        let cards: Vec<ProposalCard> = (0..8).map(|number| card(number, &format!("Proposition {number}"))).collect();
        assert_true(&report(&cards, &rows, entries), &rows);
    }
}

#[test]
fn a_camp_that_top_agreement_forgets_is_listed() {
    // 70 people agree with 1 to 10, 30 others with 11 alone; all voted on everything.
    let cards: Vec<ProposalCard> =
        (1..=11).map(|number| card(number, &format!("Proposition {number}"))).collect();
    let mut rows: Vec<StandingBallot> =
        (1..=10).flat_map(|number| ballots(0, number, [70, 12, 18], 0)).collect();
    rows.extend(ballots(70, 11, [30, 0, 0], 0));
    rows.extend((0..70).map(|participant| {
        ballot(participant, 11, if participant < 40 { Choice::Agree } else { Choice::Neutral })
    }));
    let report = report(&cards, &rows, 3);
    assert_true(&report, &rows);
    assert!(listed(&report).contains(&ItemNumber(11)), "{:?}", report.shortlist);
    assert_eq!(report.shortlist_audit.as_ref().unwrap().judges_left_out, 0);
    assert_eq!(report.shortlist_audit.as_ref().unwrap().judges_left_out_by_top_agreement, 30);
}

#[test]
fn without_candidates_there_is_no_shortlist_and_the_report_says_so() {
    let rows = ballots(0, 1, [2, 30, 1], 0);
    let report = report(&[card(1, "Non")], &rows, 10);
    assert!(report.shortlist.is_empty());
    assert!(report.shortlist_audit.as_ref().unwrap().extended_justified_representation_plus);
    assert!(report.limits.iter().any(|sentence| sentence.contains("there is no shortlist")));
}

#[test]
fn a_short_shortlist_and_its_fallback_are_told() {
    let cards = [card(1, "Oui"), card(2, "Peut-être")];
    let mut rows = ballots(0, 1, [40, 2, 1], 0);
    rows.extend(ballots(0, 2, [12, 9, 4], 0));
    let report = report(&cards, &rows, 10);
    assert_eq!(listed(&report), [ItemNumber(1), ItemNumber(2)]);
    let says = |part: &str| report.limits.iter().any(|sentence| sentence.contains(part));
    assert!(says("Fewer than 10 proposals are claimed as consensus"));
    assert!(says("The shortlist has 2 entries"));
}
