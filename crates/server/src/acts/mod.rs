//! Acts of a participant, shared by the API and the pages, by area: each takes from the rate limit's budgets, calls the
//! engine and leaves the response to its caller.

pub(crate) mod participants;
pub(crate) mod proposals;
pub(crate) mod voting;
