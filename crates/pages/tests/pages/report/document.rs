//! Promises of the document that stands alone.

use gd_domain::Language;
use gd_pages::{Page, ReportDocument};

use crate::markup::{Tag, tags};
use crate::samples;

#[test]
fn the_report_document_stands_alone() {
    let html =
        ReportDocument::new(Language::Fr, "Question", &samples::report(), Some(samples::NOW)).to_html();
    let outside = |tag: &Tag| ["link", "script", "img", "form"].contains(&tag.name.as_str());
    assert!(!tags(&html).iter().any(outside));
    assert!(!html.contains("/static/") && html.contains("<style>"));
}
