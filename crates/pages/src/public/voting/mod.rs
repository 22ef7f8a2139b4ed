//! Voting: one card at a time, on the site or in a frame of another site, and the participant's own votes.

pub(crate) mod choices;
mod totals;
mod vote;
mod votes;
mod widget;

pub use totals::Totals;
pub(crate) use vote::Nuance;
pub use vote::{AnsweredCard, Card, VoteNotice, VotePage, VoteState};
pub use votes::{MyProposal, MyVote, VotesPage};
pub use widget::{WidgetPage, WidgetState};
