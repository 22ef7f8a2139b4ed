//! Proposals: their text, their moderation status, and their places in a list.

mod places;
mod proposal;
mod text;

pub use places::ProposalPlaces;
pub use proposal::{ModerationStatus, Proposal, RefusalReason};
pub use text::{ProposalText, ProposalTextError, user_perceived_length};
