//! The tables of a report: `proposals.csv`, `shortlist.csv` and the workbook `shortlist.xlsx`.
//!
//! Owns the columns, the format of figures and the words around them in each language. People open these tables in
//! spreadsheets. Unlike the open data, the CSV files make a text harmless that a spreadsheet would take for a formula.

mod cells;
mod proposals;
mod sentences;
mod shortlist;
mod words;
mod workbook;

pub(crate) use proposals::proposals_csv;
pub(crate) use shortlist::shortlist_csv;
pub(crate) use workbook::shortlist_xlsx;

/// A table could not be written; no report should cause this.
#[derive(Debug, thiserror::Error)]
#[error("the table cannot be written: {0}")]
pub struct TableError(#[source] Box<dyn std::error::Error + Send + Sync>);

impl TableError {
    fn of(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self(Box::new(cause))
    }
}
