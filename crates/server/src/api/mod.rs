//! The JSON interface under `/api/v1`, by area. The URL tells the file.

pub(crate) mod consultation;
pub(crate) mod openapi;
pub(crate) mod participants;
pub(crate) mod proposals;
pub(crate) mod response;
pub(crate) mod results;
pub(crate) mod voting;
