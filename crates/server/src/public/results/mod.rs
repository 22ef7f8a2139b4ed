//! The pages of results: the report, its files, and one's own ballots compared with it.

pub(crate) mod report;
pub(crate) mod report_files;
pub(crate) mod stand;
