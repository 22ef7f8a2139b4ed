//! Proposals: submitting, listing and drawing them.

pub(crate) mod list;
pub(crate) mod sequence;
