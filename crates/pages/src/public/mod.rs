//! The pages of the public, one folder an area. An area uses only those before it in this order: consultation,
//! participants, voting, proposals, results.

pub(crate) mod consultation;
pub(crate) mod participants;
pub(crate) mod proposals;
pub(crate) mod results;
pub(crate) mod voting;
