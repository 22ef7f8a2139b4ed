//! Files for people: a report as a workbook and as CSV tables.
//!
//! Owns the columns of each table, the format of its figures and the words around them in each language. Reads a
//! report as published (`report.json`) and computes nothing.
//!
//! Must not know: databases, async, HTTP, the clock, the environment.

mod tables;

pub use tables::{ReportTables, TableError, proposals_csv, shortlist_csv, shortlist_xlsx};
