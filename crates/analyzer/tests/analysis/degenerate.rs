//! Votes that say next to nothing: a sentence in `limits`, never a panic, never a number that is none.

use gd_analyzer::{Card, Label, MethodKind, Report, VoteTable, analyze, render_text};
use gd_domain::{Choice, ModerationStatus, StandingBallot};
use proptest::prelude::*;

use crate::tables::{CALIBRATED, ballot, ballots, card, method};

fn report(cards: Vec<Card>, rows: Vec<StandingBallot>) -> Report {
    let table = VoteTable::new(cards, Vec::new(), rows).unwrap();
    let report = analyze(&table, &method(MethodKind::MakeOrg));
    assert_sound(&report);
    report
}

/// A number that is not finite becomes `null` in JSON and cannot be read back as a number.
fn assert_sound(report: &Report) {
    let back: Report = serde_json::from_str(&report.to_json()).expect("the report can be read back");
    assert_eq!(back, *report);
    for proposal in &report.proposals {
        let shares = [proposal.shares.agree, proposal.shares.disagree, proposal.shares.neutral];
        for share in shares {
            assert!(0.0 <= share.low && share.low <= share.mean, "{share:?}");
            assert!(share.mean <= share.high && share.high <= 1.0, "{share:?}");
        }
        assert!((0.0..=1.0).contains(&proposal.confidence));
    }
    assert_eq!(report.labels.values().sum::<usize>(), report.proposals.len());
    assert!(render_text(report).lines().all(|line| line.chars().count() <= 100));
}

fn says(report: &Report, part: &str) -> bool {
    report.limits.iter().any(|sentence| sentence.contains(part))
}

#[test]
fn nothing_at_all() {
    assert!(says(&report(vec![], vec![]), "No proposal is published"));
    let refused = Card { status: ModerationStatus::Refused, ..card(1, "Non") };
    let only_refused = report(vec![refused], vec![ballot(1, 1, Choice::Agree)]);
    assert!(says(&only_refused, "No proposal is published"));
    assert!(
        says(&only_refused, "1 ballots on proposals that are not published")
            || says(&only_refused, "1 ballot ")
    );
    assert_eq!((only_refused.input.ballots, only_refused.analysed.ballots), (1, 0));
}

#[test]
fn no_ballots() {
    let silent = report(vec![card(1, "Oui"), card(2, "Non")], vec![]);
    assert!(says(&silent, "Nobody has voted"));
    assert!(silent.proposals.iter().all(|proposal| proposal.label == Label::Undetermined));
}

#[test]
fn one_participant() {
    let rows = vec![ballot(1, 1, Choice::Agree), ballot(1, 2, Choice::Disagree)];
    assert!(says(&report(vec![card(1, "Oui"), card(2, "Non")], rows), "one participant"));
}

#[test]
fn one_proposal() {
    let one = report(vec![card(0, "Oui")], ballots(0, 0, [40, 2, 1], 0));
    assert!(says(&one, "One proposal is published"));
    assert!(says(&one, "Jeffreys"));
    assert_eq!(one.proposals[0].label, Label::Consensus);
}

#[test]
fn every_ballot_neutral() {
    let cards = (1..=40).map(|number| card(number, "Bof")).collect();
    let rows = (1..=40).flat_map(|number| ballots(0, number, [0, 0, 25], 0)).collect();
    let neutral = report(cards, rows);
    assert!(says(&neutral, "Every ballot says neutral"));
    assert!(neutral.prior.fitted);
    assert!(neutral.proposals.iter().all(|proposal| proposal.label == Label::Indifference));
}

#[test]
fn nothing_is_claimed_of_a_proposal_without_ballots() {
    let cards = (1..=60).map(|number| card(number, "Oui")).collect();
    let rows = (1..=59).flat_map(|number| ballots(0, number, [38, 1, 1], 0)).collect();
    let report = report(cards, rows);
    assert_eq!(report.labels[&Label::Consensus], 59);
    assert_eq!(report.proposals[59].label, Label::Undetermined);
    assert!(
        says(&report, "1 of 60 published proposals have no ballot") || says(&report, "1 of 60 published")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_few_votes_make_a_sound_report(
        counts in prop::collection::vec(prop::array::uniform3(0_usize..4), 0..45),
    ) {
        let numbers = 1..=u32::try_from(counts.len()).unwrap();
        let cards = numbers.clone().map(|number| card(number, "Oui")).collect();
        let rows = numbers.zip(counts).flat_map(|(number, counts)| ballots(0, number, counts, 0)).collect();
        report(cards, rows);
    }
}

#[test]
fn a_text_cannot_command_the_terminal_or_widen_it() {
    let text = "\u{1b}[2J計程車".to_owned() + &"長".repeat(200);
    let table = VoteTable::new(vec![card(1, &text)], Vec::new(), []).unwrap();
    let rendered = render_text(&analyze(&table, &method(CALIBRATED)));
    assert!(!rendered.contains('\u{1b}'));
    let longest = rendered.lines().find(|line| line.contains('長')).unwrap();
    let columns: usize = longest.chars().map(|one| if one > '\u{2E80}' { 2 } else { 1 }).sum();
    assert!(columns <= 100, "{columns} columns");
}
