//! Makes each file of a report: the same bytes for a download and for a folder.

use gd_domain::{ConsultationDraft, Language, Position, Timestamp};
use gd_pages::{Page, ReportDocument, ReportFile};
use gd_report::Report;
use thiserror::Error;

use crate::tables::{TableError, proposals_csv, shortlist_csv, shortlist_xlsx};

/// The facts that the files state around the figures.
#[derive(Clone, Copy, Debug)]
pub struct ReportContext<'a> {
    /// The question, or the name of the file that held the votes.
    pub title: &'a str,
    /// The language of the words around the figures.
    pub language: Language,
    /// The instant up to which votes are counted, if known.
    pub as_of: Option<Timestamp>,
    /// The consultation, with the ledger position up to which votes are counted; `None` for votes read from files.
    pub consultation: Option<(&'a ConsultationDraft, Position)>,
    /// The files in the same folder, which the HTML document links to.
    pub beside: &'a [ReportFile],
}

/// Failure to make a file of a report.
#[derive(Debug, Error)]
pub enum ReportFileError {
    /// The text is no report, or one of another shape.
    #[error("the report cannot be read: {0}")]
    NoReport(#[from] serde_json::Error),
    /// A table could not be written.
    #[error(transparent)]
    Table(#[from] TableError),
}

/// Makes the bytes of `file` from `report`, the stored text of `report.json`.
///
/// # Errors
/// [`ReportFileError`] when the report cannot be read or a table cannot be written.
pub fn report_file(
    file: ReportFile,
    report: &str,
    context: &ReportContext<'_>,
) -> Result<Vec<u8>, ReportFileError> {
    let tables = || serde_json::from_str::<Report>(report);
    Ok(match file {
        ReportFile::Json => report.as_bytes().to_vec(),
        ReportFile::Html => document(report, context)?.into_bytes(),
        ReportFile::Proposals => proposals_csv(&tables()?)?.into_bytes(),
        ReportFile::Shortlist => shortlist_csv(&tables()?, context.language)?.into_bytes(),
        ReportFile::Workbook => shortlist_xlsx(&tables()?, context.title, context.language)?,
    })
}

fn document(report: &str, context: &ReportContext<'_>) -> serde_json::Result<String> {
    let report = serde_json::from_str::<Report>(report)?;
    let document = ReportDocument::new(context.language, context.title, &report, context.as_of);
    let document = document.beside(context.beside);
    Ok(match context.consultation {
        Some((consultation, position)) => document.of_consultation(consultation, position).to_html(),
        None => document.to_html(),
    })
}
