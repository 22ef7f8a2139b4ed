//! Files for people: a report as a workbook, as CSV tables and as one HTML document.
//!
//! Owns [`report_file`], which makes each file of a report for a download and for a folder alike; the columns of the
//! tables, the format of their figures and the words around them in each language. Reads a report as published
//! (`report.json`) and computes nothing. `gd-pages` renders the HTML.
//!
//! Must not know: databases, async, HTTP, the clock, the environment.

mod report_file;
mod tables;

pub use report_file::{ReportContext, ReportFileError, report_file};
pub use tables::TableError;
