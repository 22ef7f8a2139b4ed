//! One small report, whole, in each of its forms: a change of any figure must be meant.

use gd_analyzer::{MethodKind, Report, analyze, render_text};

use crate::tables::{CALIBRATED, method, small_consultation};

fn report(kind: MethodKind) -> Report {
    let mut report = analyze(&small_consultation(), &method(kind));
    report.consultation = "grand-dialogue".into();
    report
}

#[test]
fn a_calibrated_report_as_json() {
    insta::assert_snapshot!(report(CALIBRATED).to_json());
}

#[test]
fn a_calibrated_report_as_text() {
    insta::assert_snapshot!(render_text(&report(CALIBRATED)));
}

#[test]
fn a_make_org_report_as_text() {
    insta::assert_snapshot!(render_text(&report(MethodKind::MakeOrg)));
}

#[test]
fn make_org_adds_scores_and_zones_and_changes_nothing_else() {
    let plain = report(CALIBRATED);
    let compared = report(MethodKind::MakeOrg);
    for (one, other) in plain.proposals.iter().zip(&compared.proposals) {
        assert!(one.scores.is_none() && one.zone.is_none());
        let scores = other.scores.expect("every proposal has scores under make-org");
        let has_votes = other.counts.total() > 0;
        assert_eq!(other.zone, has_votes.then(|| gd_analyzer::make_org_zone(&scores)));
        let without = gd_analyzer::ProposalResult { scores: None, zone: None, ..other.clone() };
        assert_eq!(*one, without);
    }
}
