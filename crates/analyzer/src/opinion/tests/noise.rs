//! Without a difference in kind between participants no group is drawn, and the report says why.

use gd_domain::Choice;
use gd_report::{MethodKind, Report};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::{ballot, card, drawn_votes};
use crate::{GivenGroups, Method, VoteTable, analyze};

fn report(table: &VoteTable) -> Report {
    analyze(table, &Method::new(MethodKind::Calibrated, 0))
}

fn says(report: &Report, part: &str) -> bool {
    report.limits.iter().any(|sentence| sentence.contains(part))
}

#[test]
fn independent_votes_make_no_groups() {
    for seed in 0..12 {
        let shares = |_, proposal: u32| 0.1 + 0.8 * f64::from(proposal % 10) / 9.0;
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        let report = report(&drawn_votes(&mut generator, 300, 40, 0.6, shares));
        assert!(report.groups.is_empty(), "seed {seed}: {:?}", report.grouping);
        assert!(report.bridging.is_none() && report.proposals.iter().all(|one| one.by_group.is_empty()));
        assert!(says(&report, "no more of votes on another than shuffled votes do"), "{:?}", report.limits);
    }
}

#[test]
fn votes_that_say_nothing_make_no_groups() {
    let all_alike = drawn_votes(&mut ChaCha8Rng::seed_from_u64(0), 50, 20, 1.0, |_, _| 1.0);
    let report_of_alike = report(&all_alike);
    assert!(report_of_alike.groups.is_empty());
    assert!(says(&report_of_alike, "the votes do not tell participants apart"));
    let one = VoteTable::new(vec![card(1)], Vec::new(), [ballot(1, 1, Choice::Neutral)]).unwrap();
    assert!(says(&report(&one), "fewer than 10 participants"));
    let nothing = VoteTable::new(vec![card(1)], Vec::new(), []).unwrap();
    assert!(report(&nothing).grouping.is_none());
}

#[test]
fn a_given_group_of_fewer_than_five_is_not_shown() {
    let table = drawn_votes(&mut ChaCha8Rng::seed_from_u64(0), 60, 20, 1.0, |_, _| 0.5);
    let groups = (0..60_u32)
        .map(|one| {
            let name = if one < 4 { "few" } else { "many" };
            (ballot(one, 0, Choice::Agree).participant, name.parse().unwrap())
        })
        .collect();
    let voters = (0..60).map(|one| ballot(one, 0, Choice::Agree).participant);
    let table = table.with_groups(GivenGroups::new(voters, &groups).unwrap()).unwrap();
    let report = report(&table);
    let ids: Vec<&str> = report.groups.iter().map(|group| group.id.as_str()).collect();
    assert_eq!(ids, ["many"]);
    assert!(says(&report, "one of fewer than five people: 4."), "{:?}", report.limits);
}
