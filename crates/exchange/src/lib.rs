//! Files in and out: Polis folders, open data as CSV and Parquet.
//!
//! Owns the layout of files and the explanation of a bad one: [`FileError`] names the file, the line, the fault and
//! its remedy. Readers return the domain's types. They check a file from the first line to the last before they
//! return anything, so that a caller never holds half a file.
//!
//! Must not know: databases, async, the clock, the environment, how results are computed.
//!
//! Two decisions about what is written hold for every format of the open data:
//!
//! - **Exact texts.** A proposal may start with `=`, `+`, `-` or `@`, which a spreadsheet opened by a
//!   double click takes for a formula. The files keep the text as it is: they are data to recompute
//!   results from, and an apostrophe put in front would change texts, digests and round trips. People
//!   who want a spreadsheet import the file and declare the text column as text, or take the tables that
//!   `gd-press` makes of a report: those are for spreadsheets and hold no formula.
//! - **No link from a text to a voter.** Participants get fresh numbers, and authors are not among
//!   them: whoever knows who wrote one proposal must not find that person's ballots.

mod audiences;
mod audit_rows;
mod columnar;
mod export_folder;
mod file_error;
mod groups;
mod instant;
mod known_proposals;
mod ledger_lines;
mod line_breaks;
mod open_data;
mod polis;
mod population;
mod progress;
mod row;
mod table;
mod votes;
mod write_error;

pub use audit_rows::{AUDIT_HEADER, audit_rows};
pub use columnar::{ParquetWriter, write_parquet};
pub use export_folder::ExportCounts;
pub use file_error::FileError;
pub use groups::read_groups;
pub use ledger_lines::LedgerLines;
pub use open_data::{OpenDataSink, OpenDataWriter, write_open_data};
pub use polis::{PolisFolder, PolisWriter, read_polis_folder, read_polis_folder_with, write_polis};
pub use population::{PopulationShare, read_population};
pub use votes::{Votes, read_votes, read_votes_with};
pub use write_error::WriteError;

/// Greatest length of a proposal's text in a file, in user-perceived characters: the most that a
/// consultation can allow.
const TEXT_LENGTH_MAX: u16 = 10_000;
