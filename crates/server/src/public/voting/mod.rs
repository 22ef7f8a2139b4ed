//! The pages to vote on: cards, one's own votes, the widget.

pub(crate) mod audience;
pub(crate) mod ballot_form;
pub(crate) mod vote;
pub(crate) mod votes;
pub(crate) mod widget;
