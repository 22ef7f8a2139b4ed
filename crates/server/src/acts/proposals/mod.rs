//! Proposals: submitting one.

pub(crate) mod submit_proposal;
