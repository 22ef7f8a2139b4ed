//! Promises of the form to propose.

use gd_domain::{Phase, ProposalTextError};
use gd_pages::{Here, Page, ProposePage};

use super::frame;
use crate::markup::tags;
use crate::samples;

#[test]
fn what_was_typed_is_kept_beside_its_error() {
    let consultation = samples::consultation();
    let here = Here { consultation: &consultation, phase: Phase::Consultation, results_open: false };
    let typed = "é".repeat(141);
    let error = Some(ProposalTextError::TooLong { length: 141, length_max: 140 });
    let html = ProposePage { frame: frame("/"), here, typed: &typed, error, similar: Vec::new() }.to_html();
    assert!(html.contains(&format!("\n{typed}</textarea>")));
    let field = tags(&html).into_iter().find(|tag| tag.name == "textarea").unwrap();
    assert_eq!(field.get("aria-invalid"), Some("true"));
    assert!(field.get("aria-describedby").unwrap().contains("text-error"));
    assert!(html.contains("shorten it by 1\u{a0}character."));
}

#[test]
fn a_typed_first_line_break_survives_the_browser() {
    let consultation = samples::consultation();
    let here = Here { consultation: &consultation, phase: Phase::Consultation, results_open: false };
    let html = ProposePage { frame: frame("/"), here, typed: "\nIl faut", error: None, similar: Vec::new() }
        .to_html();
    // Browsers drop one line break right after the tag: only a second one is kept.
    assert!(html.contains(">\n\nIl faut</textarea>"));
}
