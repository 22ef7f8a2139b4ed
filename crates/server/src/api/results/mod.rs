//! Results: tallies and the report.

pub(crate) mod report;
pub(crate) mod tallies;
