//! A proposal as it is quoted on pages about something else.

use gd_domain::{ItemNumber, Proposal};

/// A published proposal that a page quotes.
#[derive(Clone, Debug)]
pub struct QuotedProposal {
    /// The proposal's number in its consultation.
    pub number: ItemNumber,
    /// The proposal's text.
    pub text: String,
}

impl From<&Proposal> for QuotedProposal {
    fn from(proposal: &Proposal) -> Self {
        Self { number: proposal.number, text: proposal.text.as_str().to_owned() }
    }
}
