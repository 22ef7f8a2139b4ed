//! Votes that say next to nothing: a sentence in `limits`, never a panic, never a number that is none.

use gd_analyzer::{Label, MethodKind, ProposalCard, Report, VoteTable, analyze, render_text};
use gd_domain::{Choice, ModerationStatus, StandingBallot, Timestamp};
use proptest::prelude::*;

use crate::tables::{CALIBRATED, ballot, ballots, card, method};

fn report(cards: Vec<ProposalCard>, rows: Vec<StandingBallot>) -> Report {
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
    assert_eq!(report.labels.values().sum::<u64>(), report.proposals.len() as u64);
    assert!(render_text(report).lines().all(|line| columns(line) <= 100));
}

/// Columns in a terminal, for the letters used here.
fn columns(line: &str) -> usize {
    line.chars().map(|one| if one > '\u{2E80}' { 2 } else { 1 }).sum()
}

fn says(report: &Report, part: &str) -> bool {
    report.limits.iter().any(|sentence| sentence.contains(part))
}

#[test]
fn nothing_at_all() {
    assert!(says(&report(vec![], vec![]), "No proposal is published"));
    let refused = ProposalCard { status: ModerationStatus::Refused, ..card(1, "Non") };
    let only_refused = report(vec![refused], vec![ballot(1, 1, Choice::Agree)]);
    assert!(says(&only_refused, "No proposal is published"));
    assert!(says(&only_refused, "not published, left out of every figure but the input's: 1."));
    assert_eq!((only_refused.input.ballots, only_refused.counted().ballots), (1, 0));
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
    assert!(says(&report, "without a ballot, of which nothing is claimed: 1 of 60."));
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
fn instants_may_be_any_that_there_are_numbers_for() {
    let ends = [i64::MIN, i64::MIN + 1, -1, 0, i64::MAX - 1, i64::MAX];
    let mut rows = ballots(0, 1, [30, 30, 30], 0);
    for (row, end) in rows.iter_mut().zip(ends.into_iter().cycle()) {
        row.cast_at = Timestamp::from_millis(end);
    }
    // Enough at one instant, long after the first, to be a burst.
    rows.extend(ballots(100, 2, [40, 0, 0], 0));
    report(vec![card(1, "Oui"), card(2, "Non")], rows);
}

#[test]
fn a_proposal_on_which_all_say_the_same_divides_nobody() {
    let one_valued = (1..=3).flat_map(|number| ballots(0, number, [30, 0, 0], 0));
    let divided = ballots(0, 4, [15, 15, 0], 0);
    let cards = (1..=4).map(|number| card(number, "Oui")).collect();
    let report = report(cards, one_valued.chain(divided).collect());
    let projection = report.projection.as_ref().unwrap();
    assert!(projection.components.iter().flatten().all(|part| part.is_finite()));
    assert!(projection.components.iter().all(|component| component[..3] == [0.0; 3]));
}

#[test]
fn a_text_cannot_command_the_terminal_or_widen_it() {
    let text = "\u{1b}[2J計程車".to_owned() + &"長".repeat(200);
    let table = VoteTable::new(vec![card(1, &text)], Vec::new(), []).unwrap();
    let rendered = render_text(&analyze(&table, &method(CALIBRATED)));
    assert!(!rendered.contains('\u{1b}'));
    assert!(rendered.lines().filter(|line| line.contains('長')).count() > 1);
    assert!(rendered.contains('…'));
    for line in rendered.lines() {
        assert!(columns(line) <= 100, "{} columns: {line}", columns(line));
    }
}
