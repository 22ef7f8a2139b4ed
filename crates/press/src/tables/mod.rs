//! A report as tables that people open: `proposals.csv`, `shortlist.csv` and the workbook `shortlist.xlsx`.
//!
//! Owns which columns there are, how figures are written and the words around them in each language. Reads the
//! report as published (`report.json`); computes nothing. These are renderings for people: unlike the open data,
//! a text that a spreadsheet would take for a formula is made harmless in the CSV files.

mod cells;
mod proposals;
mod shortlist;
mod words;
mod workbook;

pub use proposals::proposals_csv;
pub use shortlist::shortlist_csv;
pub use workbook::shortlist_xlsx;

/// A table could not be put together.
#[derive(Debug, thiserror::Error)]
#[error("the table cannot be written: {0}")]
pub struct TableError(#[source] Box<dyn std::error::Error + Send + Sync>);

impl TableError {
    fn of(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self(Box::new(cause))
    }
}
