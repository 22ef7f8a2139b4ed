//! The pages of results: the report, its files, one's own place in it.

pub(crate) mod report;
pub(crate) mod report_files;
pub(crate) mod stand;
