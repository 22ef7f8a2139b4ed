//! Makes each file of a report: the same bytes for a download and for a folder.

use gd_domain::{ConsultationDraft, Language, Position, Timestamp};
use gd_pages::{Page, ReportDocument, ReportFile};
use thiserror::Error;

use crate::reported::ReportTables;
use crate::tables::{TableError, proposals_csv, shortlist_csv, shortlist_xlsx};

/// The context that the files add to the figures.
#[derive(Clone, Copy, Debug)]
pub struct ReportContext<'a> {
    /// The question, or the name of the file that held the votes.
    pub title: &'a str,
    /// The language of the words around the figures.
    pub language: Language,
    /// The time up to which votes are counted, if it is known.
    pub as_of: Option<Timestamp>,
    /// The consultation, with the position of its ledger up to which votes are counted; `None` for votes from a
    /// file.
    pub consultation: Option<(&'a ConsultationDraft, Position)>,
    /// The files that lie in the same folder.
    pub beside: &'a [ReportFile],
}

/// An error while a file is made from a report.
#[derive(Debug, Error)]
pub enum ReportFileError {
    /// The report is not one that these files can be made from.
    #[error("the report cannot be read: {0}")]
    NoReport(#[from] serde_json::Error),
    /// A table could not be written.
    #[error(transparent)]
    Table(#[from] TableError),
}

/// The bytes of a file, made from a stored report (`report.json`).
///
/// # Errors
/// [`ReportFileError`].
pub fn report_file(
    file: ReportFile,
    report: &str,
    context: &ReportContext<'_>,
) -> Result<Vec<u8>, ReportFileError> {
    let tables = || serde_json::from_str::<ReportTables>(report);
    Ok(match file {
        ReportFile::Json => report.as_bytes().to_vec(),
        ReportFile::Html => document(report, context)?.into_bytes(),
        ReportFile::Proposals => proposals_csv(&tables()?)?.into_bytes(),
        ReportFile::Shortlist => shortlist_csv(&tables()?, context.language)?.into_bytes(),
        ReportFile::Workbook => shortlist_xlsx(&tables()?, context.title, context.language)?,
    })
}

fn document(report: &str, context: &ReportContext<'_>) -> serde_json::Result<String> {
    let report = serde_json::from_str::<gd_pages::Report>(report)?;
    let document = ReportDocument::new(context.language, context.title, &report, context.as_of);
    let document = document.beside(context.beside);
    Ok(match context.consultation {
        Some((consultation, position)) => document.of_consultation(consultation, position).to_html(),
        None => document.to_html(),
    })
}
