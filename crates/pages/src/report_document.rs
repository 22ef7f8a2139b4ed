//! A report as one HTML file that stands alone: no server, no other file, no script.

use askama::Template;
use gd_domain::{Language, Timestamp};

use crate::{Frame, Report};

/// A report as one self-contained HTML document, to be kept, sent or printed.
#[derive(Debug, Template)]
#[template(path = "report_document.html")]
pub struct ReportDocument<'a> {
    frame: Frame<'a>,
    title: &'a str,
    report: &'a Report,
    as_of: Option<Timestamp>,
}

impl<'a> ReportDocument<'a> {
    /// A document in `language` about `report`; `title` is the question, or the name of the file it was
    /// made from; `as_of` is the instant up to which votes are counted, if that is known.
    #[must_use]
    pub fn new(language: Language, title: &'a str, report: &'a Report, as_of: Option<Timestamp>) -> Self {
        Self { frame: Frame { language, path: "", origin: None }, title, report, as_of }
    }
}
