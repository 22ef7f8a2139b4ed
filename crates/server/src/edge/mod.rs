//! The edge: what every request meets before and after its handler.

pub(crate) mod access_log;
pub(crate) mod body;
pub(crate) mod client;
pub(crate) mod compression;
pub(crate) mod conditional;
pub(crate) mod cookie;
pub(crate) mod csrf;
pub(crate) mod error_pages;
pub(crate) mod health;
pub(crate) mod limits;
pub(crate) mod metrics;
pub(crate) mod negotiation;
pub(crate) mod number;
pub(crate) mod path;
pub(crate) mod problem;
pub(crate) mod problem_responses;
pub(crate) mod query;
pub(crate) mod rate_limit;
pub(crate) mod redirect;
pub(crate) mod report_cache;
pub(crate) mod request_id;
pub(crate) mod response_cache;
pub(crate) mod rfc3339;
pub(crate) mod security_headers;
pub(crate) mod static_files;
pub(crate) mod trailing_slash;
