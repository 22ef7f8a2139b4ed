//! The spread of attention in the report.

use gd_analyzer::{Exposure, Report, VoteTable, analyze};
use gd_domain::ItemNumber;

use crate::tables::{CALIBRATED, ballots, card, method};

/// Three proposals of 40, 30 and 2 ballots, the first two shown.
fn report(exposures: &[(u32, u64)]) -> Report {
    let rows = [ballots(0, 1, [30, 5, 5], 0), ballots(0, 2, [10, 10, 10], 0), ballots(0, 3, [1, 1, 0], 0)];
    let table = VoteTable::new((1..=3).map(|number| card(number, "")).collect(), vec![], rows.concat())
        .expect("cards and ballots fit");
    let exposures = exposures.iter().map(|&(number, times)| (ItemNumber(number), times));
    analyze(&table.with_exposures(exposures), &method(CALIBRATED))
}

#[test]
fn a_report_says_how_even_votes_and_exposures_were() {
    let report = report(&[(1, 60), (2, 60), (77, 9)]);
    let shown = report.proposals.iter().map(|proposal| proposal.exposures).collect::<Vec<_>>();
    assert_eq!(shown, [Some(60), Some(60), Some(0)]);
    // Gini by hand: 2·(2 + 2·30 + 3·40)/(3·72) − 4/3 and 2·(2·60 + 3·60)/(3·120) − 4/3.
    let expected = Exposure {
        covered: 2,
        coverage: 0.666_666_667,
        gini_ballots: 0.351_851_852,
        shown: Some(120),
        gini_exposures: Some(0.333_333_333),
        response_rate: Some(0.6),
    };
    assert_eq!(report.exposure, Some(expected));
    assert!(report.limits.iter().any(|limit| limit.contains("read or not")));
}

#[test]
fn without_counts_of_exposures_the_report_is_silent_on_them() {
    let report = report(&[]);
    assert!(report.proposals.iter().all(|proposal| proposal.exposures.is_none()));
    let Exposure { shown, gini_exposures, response_rate, covered, .. } = report.exposure.unwrap();
    assert_eq!((shown, gini_exposures, response_rate, covered), (None, None, None, 2));
    assert!(!report.to_json().contains("exposures"));
}

#[test]
fn exposures_that_cannot_be_all_give_no_rate() {
    let report = report(&[(1, 5)]);
    assert_eq!((report.exposure.unwrap().shown, report.exposure.unwrap().response_rate), (Some(5), None));
    assert!(report.limits.iter().any(|limit| limit.contains("not all exposures were counted")));
}

#[test]
fn exposures_change_neither_labels_nor_digest() {
    let (with, without) = (report(&[(1, 60)]), report(&[]));
    assert_eq!((with.input, with.labels, with.claims), (without.input, without.labels, without.claims));
}
