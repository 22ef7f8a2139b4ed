//! Proposals: submitting, listing and drawing them.

pub(crate) mod card;
pub(crate) mod list;
pub(crate) mod sequence;
pub(crate) mod similar;
pub(crate) mod submit;
