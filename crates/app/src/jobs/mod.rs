//! Background jobs of a server, one file a job.

pub(crate) mod audit_retention;
pub(crate) mod live_reports;
