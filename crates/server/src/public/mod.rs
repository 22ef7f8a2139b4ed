//! The pages under `/` and `/c/{slug}`, by area: one file a page. Everything works as plain forms: a POST that
//! succeeds redirects with 303, one that fails shows the page again with the fields as typed.

pub(crate) mod consultation;
pub(crate) mod language;
pub(crate) mod participants;
pub(crate) mod proposals;
pub(crate) mod response;
pub(crate) mod results;
pub(crate) mod visit;
pub(crate) mod voting;
