//! A report as one HTML file that stands alone: no server, no other file, no script.

use askama::Template;
use gd_domain::{Audience, ConsultationDraft, Language, Position, Timestamp};
use gd_report::Report;

use super::file::ReportFile;
use super::pictures::Look as _;
use super::story::recompute::Provenance;
use crate::frame::Frame;
use crate::report::story::findings::{ProposalWords as _, ReportWords as _};
use crate::report::view::ProposalView as _;

/// A report as one self-contained HTML document, to be kept, sent or printed.
#[derive(Debug, Template)]
#[template(path = "report/document.html")]
pub struct ReportDocument<'a> {
    frame: Frame<'a>,
    title: &'a str,
    report: &'a Report,
    as_of: Option<Timestamp>,
    audiences: &'a [Audience],
    text_language: Option<Language>,
    files_beside: &'a [ReportFile],
    provenance: Provenance<'a>,
}

impl<'a> ReportDocument<'a> {
    /// A document in `language` about `report`; `title` is the question, or the name of the file it was
    /// made from; `as_of` is the instant up to which votes are counted, if that is known.
    #[must_use]
    pub fn new(language: Language, title: &'a str, report: &'a Report, as_of: Option<Timestamp>) -> Self {
        let frame = Frame { language, path: "", origin: None };
        Self {
            frame,
            title,
            report,
            as_of,
            audiences: &[],
            text_language: None,
            files_beside: &[],
            provenance: Provenance::default(),
        }
    }

    /// The same document with the audiences by their titles, the language that participants write in, and the
    /// position of the ledger up to which votes are counted; its dates are those of the consultation's time zone.
    #[must_use]
    pub fn of_consultation(self, consultation: &'a ConsultationDraft, position: Position) -> Self {
        Self {
            audiences: &consultation.audiences,
            text_language: Some(consultation.language),
            provenance: Provenance {
                slug: Some(&consultation.slug),
                position: Some(position),
                time_zone: &consultation.presentation.time_zone,
            },
            ..self
        }
    }

    /// The same document with links to these files, which lie in the folder it is written to.
    #[must_use]
    pub fn beside(self, files: &'a [ReportFile]) -> Self {
        Self { files_beside: files, ..self }
    }
}
