//! Moderation: which proposals are shown, and the reasons of those that are not.

pub(crate) mod decide;

pub use decide::{Decision, ModerateError, Moderation};
