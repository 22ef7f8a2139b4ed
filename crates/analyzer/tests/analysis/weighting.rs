//! Figures weighted to a population, and figures that are withheld to protect few people.

use gd_analyzer::{ParticipantCard, Population, Report, VoteTable, analyze, weigh};
use gd_domain::{Answers, Choice, StandingBallot};

use crate::tables::{CALIBRATED, ballot, ballots, card, method, small_consultation};

fn population(shares: &[(&str, f64)]) -> Population {
    let lines = shares.iter().map(|(value, share)| ("audience".to_owned(), (*value).to_owned(), *share));
    Population::from_lines(lines).unwrap()
}

/// 900 users of whom 10 % agree, 90 staff of whom 90 % do, 40 people of no audience.
fn table() -> VoteTable {
    let audiences = ["users", "staff"].map(|name| name.parse().unwrap()).to_vec();
    let mut rows = ballots(0, 1, [90, 800, 10], 1);
    rows.extend(ballots(1_000, 1, [81, 6, 3], 2));
    rows.extend(ballots(2_000, 1, [40, 0, 0], 0));
    rows.extend(ballots(0, 2, [50, 2, 0], 1));
    rows.extend(ballots(1_000, 2, [4, 0, 0], 2));
    VoteTable::new(vec![card(1, "Oui"), card(2, "Non")], audiences, rows).unwrap()
}

fn weighted(shares: &[(&str, f64)]) -> Report {
    let table = table();
    let mut report = analyze(&table, &method(CALIBRATED));
    weigh(&table, &mut report, &population(shares)).unwrap();
    report
}

#[test]
fn order_and_numbering_change_no_weighted_figure() {
    let json = |renumber: fn(i64) -> i64, reversed: bool| {
        let audiences = if reversed { ["staff", "users"] } else { ["users", "staff"] };
        let audiences = audiences.map(|name| name.parse().unwrap()).to_vec();
        let [users, staff] = if reversed { [2, 1] } else { [1, 2] };
        let mut rows = ballots(0, 1, [33, 21, 7], users);
        rows.extend(ballots(100, 1, [5, 20, 15], staff));
        rows.extend(ballots(20, 2, [25, 3, 2], users));
        rows.extend(ballots(100, 2, [9, 1, 0], staff));
        for row in &mut rows {
            let number = renumber(row.participant.number());
            row.participant = gd_domain::ParticipantId::from_number(number).unwrap();
        }
        if reversed {
            rows.reverse();
        }
        let table = VoteTable::new(vec![card(1, "Oui"), card(2, "Non")], audiences, rows).unwrap();
        let mut report = analyze(&table, &method(CALIBRATED));
        weigh(&table, &mut report, &population(&[("users", 0.9), ("staff", 0.1)])).unwrap();
        assert!(report.proposals.iter().all(|proposal| proposal.weighted.is_some()));
        report.to_json()
    };
    assert_eq!(json(|number| number, false), json(|number| 10_000 - 7 * number, true));
}

fn refusal(table: &VoteTable, shares: &[(&str, f64)]) -> String {
    let mut report = analyze(table, &method(CALIBRATED));
    let before = report.clone();
    let error = weigh(table, &mut report, &population(shares)).unwrap_err();
    assert_eq!(report, before, "a refused population leaves the report as it was");
    error.to_string()
}

fn near(one: f64, other: f64, within: f64) {
    assert!((one - other).abs() <= within, "{one} for {other}");
}

#[test]
fn two_publics_of_equal_share_meet_in_the_middle() {
    let report = weighted(&[("users", 0.5), ("staff", 0.5)]);
    let weighting = report.weighting.clone().unwrap();
    assert_eq!((weighting.participants, weighting.undeclared, weighting.trimmed), (990, 40, 0));
    near(weighting.weight_min, 0.5 / (900.0 / 990.0), 1e-6);
    near(weighting.weight_max, 0.5 / (90.0 / 990.0), 1e-6);
    // Kish: one over the sum of (share²/people).
    near(weighting.effective_participants, 1.0 / (0.25 / 900.0 + 0.25 / 90.0), 1e-5);
    for margin in &weighting.margins {
        near(margin.achieved, 0.5, 1e-9);
    }
    let one = report.proposals[0].weighted.unwrap();
    near(one.effective_ballots, weighting.effective_participants, 1e-4);
    near(one.shares.agree.mean, f64::midpoint(0.1, 0.9), 0.002);
    assert!(one.shares.agree.low < 0.46 && one.shares.agree.high > 0.54, "{:?}", one.shares);
    near(report.proposals[0].shares.agree.mean, 211.0 / 1030.0, 0.002);
    let back: Report = serde_json::from_str(&report.to_json()).unwrap();
    assert_eq!(back, report);
}

#[test]
fn a_population_like_the_participants_changes_nothing() {
    let table = {
        let audiences = ["users", "staff"].map(|name| name.parse().unwrap()).to_vec();
        let mut rows = ballots(0, 1, [30, 20, 10], 1);
        rows.extend(ballots(1_000, 1, [5, 20, 15], 2));
        VoteTable::new(vec![card(1, "Oui")], audiences, rows).unwrap()
    };
    let mut report = analyze(&table, &method(CALIBRATED));
    weigh(&table, &mut report, &population(&[("users", 0.6), ("staff", 0.4)])).unwrap();
    let (raw, weighted) = (report.proposals[0].shares, report.proposals[0].weighted.unwrap());
    near(weighted.effective_ballots, 100.0, 1e-6);
    for (raw, weighted) in [(raw.agree, weighted.shares.agree), (raw.neutral, weighted.shares.neutral)] {
        near(raw.mean, weighted.mean, 1e-8);
        near(raw.low, weighted.low, 1e-8);
        near(raw.high, weighted.high, 1e-8);
    }
}

#[test]
fn few_voters_of_one_audience_carry_no_weighted_figure() {
    let report = weighted(&[("users", 0.5), ("staff", 0.5)]);
    assert!(report.proposals[1].weighted.is_none());
    assert!(
        report.limits.iter().any(|one| one.contains("fewer than five voters declared one of the values: 1."))
    );
}

#[test]
fn the_latest_declared_audience_of_a_participant_counts() {
    let audiences = ["users", "staff"].map(|name| name.parse().unwrap()).to_vec();
    let mut rows = ballots(0, 1, [30, 0, 0], 1);
    rows.extend(ballots(100, 1, [0, 10, 0], 2));
    let moved: Vec<StandingBallot> = (0..10)
        .map(|participant| {
            let mut later = ballot(participant, 2, Choice::Agree);
            later.audience = gd_domain::AudienceCode(2);
            later.cast_at = later.cast_at.plus_millis(1_000_000);
            later
        })
        .collect();
    rows.extend(moved);
    let table = VoteTable::new(vec![card(1, "Oui"), card(2, "Non")], audiences, rows).unwrap();
    let mut report = analyze(&table, &method(CALIBRATED));
    weigh(&table, &mut report, &population(&[("users", 0.5), ("staff", 0.5)])).unwrap();
    let weighting = report.weighting.unwrap();
    near(weighting.margins[1].participants, 0.5, 1e-9);
    near(weighting.weight_max, 1.0, 1e-9);
}

#[test]
fn a_greatest_weight_is_kept_to_and_told() {
    let table = table();
    let mut report = analyze(&table, &method(CALIBRATED));
    let population = population(&[("users", 0.5), ("staff", 0.5)]).with_weight_max(3.0).unwrap();
    weigh(&table, &mut report, &population).unwrap();
    let weighting = report.weighting.unwrap();
    assert_eq!(weighting.trimmed, 90);
    near(weighting.weight_max, 3.0, 1e-9);
    let staff = weighting.margins.iter().find(|margin| margin.value == "staff").unwrap();
    near(staff.achieved, 3.0 * 90.0 / 990.0, 1e-9);
    assert!(report.limits.iter().any(|one| one.contains("cut to the greatest allowed")));
}

#[test]
fn a_population_that_does_not_fit_is_refused_with_its_reason() {
    let table = table();
    assert!(
        refusal(&table, &[("users", 0.5), ("directors", 0.5)])
            .contains("`directors` is no value of the card `audience`: its values are `users`, `staff`")
    );
    assert!(
        refusal(&table, &[("users", 1.0)])
            .contains("declared `staff` on the card `audience`, which has no share")
    );
    let age = Population::from_lines([("age".to_owned(), "old".to_owned(), 1.0)]).unwrap();
    let error = weigh(&table, &mut analyze(&table, &method(CALIBRATED)), &age).unwrap_err();
    assert_eq!(error.to_string(), "participants declare no card `age`: the cards are `audience`");

    let nobody = VoteTable::new(vec![card(1, "Oui")], vec!["users".parse().unwrap()], []).unwrap();
    assert!(refusal(&nobody, &[("users", 1.0)]).contains("fewer than 5 participants declared `users`"));
    let few =
        VoteTable::new(vec![card(1, "Oui")], vec!["users".parse().unwrap()], ballots(0, 1, [4, 0, 0], 1));
    assert!(refusal(&few.unwrap(), &[("users", 1.0)]).contains("fewer than 5 participants declared `users`"));
}

#[test]
fn no_audience_of_few_people_can_be_found_by_subtraction() {
    let report = analyze(&small_consultation(), &method(CALIBRATED));
    // On the third proposal 140 ballots are users' and 3 are staff's: the users' figures would tell the staff's.
    assert!(report.proposals[2].by_audience.is_empty());
    for proposal in &report.proposals {
        let shown: u64 = proposal.by_audience.values().map(|voice| voice.counts.total()).sum();
        let rest = proposal.counts.total() - shown;
        let everybody_shown = rest == 0;
        assert!(everybody_shown || rest >= 5, "{}: {rest} people remain", proposal.number);
    }
}

/// The same table where everybody whose number ends in 0, 1 or 2 is young and the others old, but for those of
/// no audience, who do not say.
fn table_with_ages() -> VoteTable {
    let answers = (0..990).map(|number| {
        let (place, who) = if number < 900 { (number, number) } else { (number, number + 100) };
        let age = if place % 10 < 3 { "young" } else { "old" };
        let said = Answers([("age".parse().unwrap(), age.parse().unwrap())].into());
        (gd_domain::ParticipantId::from_number(who).unwrap(), said)
    });
    let answers = answers.collect();
    let voters = (0..900).chain(1_000..1_090).chain(2_000..2_040);
    let voters = voters.map(|number| gd_domain::ParticipantId::from_number(number).unwrap());
    table().with_participant_cards(ParticipantCard::of_answers(voters, &answers)).unwrap()
}

#[test]
fn answers_to_a_question_are_a_card_to_weight_by() {
    let table = table_with_ages();
    let shares =
        [("audience", "users", 0.5), ("audience", "staff", 0.5), ("age", "young", 0.6), ("age", "old", 0.4)];
    let lines = shares.map(|(card, value, share)| (card.to_owned(), value.to_owned(), share));
    let population = Population::from_lines(lines).unwrap();
    let mut report = analyze(&table, &method(CALIBRATED));
    weigh(&table, &mut report, &population).unwrap();
    let weighting = report.weighting.unwrap();
    assert_eq!((weighting.participants, weighting.undeclared), (990, 40));
    let young = weighting.margins.iter().find(|margin| margin.value == "young").unwrap();
    near(young.participants, 0.3, 1e-9);
    near(young.achieved, 0.6, 1e-9);
    assert_eq!(weighting.margins.len(), 4);

    let lines =
        [("area", "town", 1.0)].map(|(card, value, share)| (card.to_owned(), value.to_owned(), share));
    let mut report = analyze(&table, &method(CALIBRATED));
    let unknown =
        weigh(&table, &mut report, &Population::from_lines(lines).unwrap()).unwrap_err().to_string();
    assert!(unknown.contains("`audience`, `age`"), "{unknown}");
}

#[test]
fn cards_of_other_voters_are_refused_and_change_no_raw_figure() {
    let voters = [1, 2].map(|number| gd_domain::ParticipantId::from_number(number).unwrap());
    let said = Answers([("age".parse().unwrap(), "old".parse().unwrap())].into());
    let cards = ParticipantCard::of_answers(voters, &[(voters[0], said)].into());
    let refusal = table().with_participant_cards(cards).unwrap_err().to_string();
    assert!(refusal.contains("2 voters") && refusal.contains("1030"), "{refusal}");
    let (bare, carded) =
        (analyze(&table(), &method(CALIBRATED)), analyze(&table_with_ages(), &method(CALIBRATED)));
    assert_eq!(bare.to_json(), carded.to_json());
}
