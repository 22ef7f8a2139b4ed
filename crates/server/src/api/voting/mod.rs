//! Voting: ballots, audiences and activity.

pub(crate) mod activity;
pub(crate) mod audience;
pub(crate) mod ballots;
pub(crate) mod words;
