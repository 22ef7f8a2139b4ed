//! Promises of the results page.

use gd_domain::Phase;
use gd_pages::Here;
use gd_report::{Counts, Zone};

use super::results;
use crate::samples;

#[test]
fn results_name_the_audiences_apart_and_the_claims_expected_wrong() {
    let consultation = samples::consultation();
    let here = Here { consultation: &consultation, phase: Phase::Consultation, results_open: true };
    let html = results(here, &samples::report());
    assert!(html.contains("Rather opposed: Directrice ou directeur."));
    assert!(html.contains("Not shared by: Agent de la caisse."));
    assert!(html.contains("at most 1 of these labels to be wrong"));
    assert!(html.contains(" · Agent de la caisse</th>"));
}

#[test]
fn zones_are_told_by_their_own_borders_and_claim_nothing() {
    let consultation = samples::consultation();
    let here = Here { consultation: &consultation, phase: Phase::Consultation, results_open: true };
    let mut report = samples::report();
    for proposal in &mut report.proposals {
        proposal.zone = Some(Zone::Consensus);
    }
    report.proposals[8].counts = Counts::default();
    let html = results(here, &report);
    assert!(html.contains("About six in ten or more agree") && !html.contains("expects at most"));
    let open = &html[html.find(r#"<h2 id="undetermined""#).unwrap()..];
    assert!(open.contains("Il faut un médiateur indépendant"));
}
