//! The pages of proposals: listing, reading and submitting them.

pub(crate) mod explore;
pub(crate) mod proposal;
pub(crate) mod propose;
