//! A proposal as it is quoted on pages about something else.

use gd_domain::{Proposal, ProposalNumber};

/// A published proposal, quoted.
#[derive(Clone, Debug)]
pub struct QuotedProposal {
    /// Its number.
    pub number: ProposalNumber,
    /// What it says.
    pub text: String,
}

impl From<&Proposal> for QuotedProposal {
    fn from(proposal: &Proposal) -> Self {
        Self { number: proposal.number, text: proposal.text.as_str().to_owned() }
    }
}
