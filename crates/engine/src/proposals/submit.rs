//! Submitting a proposal.

use gd_domain::{
    Action, ItemNumber, Moderation, ModerationStatus, ParticipantId, ProposalText, ProposalTextError,
    Timestamp,
};
use thiserror::Error;

use crate::consultation::LookupError;
use crate::port_error::PortError;
use crate::proposals::ports::NewItem;
use crate::proposals::record_submissions::record;
use crate::proposals::state::Proposals;

/// A proposal as it came in.
pub struct SubmitProposal<'a> {
    /// The consultation's short name.
    pub slug: &'a str,
    /// The author's participant number.
    pub participant: ParticipantId,
    /// The text as typed, with or without the consultation's prefix.
    pub text: &'a str,
    /// The admission stamp.
    pub now: Timestamp,
}

/// A proposal on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// The number it has.
    pub number: ItemNumber,
    /// The status it has.
    pub status: ModerationStatus,
}

/// A proposal was not recorded.
#[derive(Debug, Error)]
pub enum SubmitError {
    /// The consultation does not take proposals.
    #[error(transparent)]
    Lookup(#[from] LookupError),
    /// The text cannot be a proposal.
    #[error(transparent)]
    Text(#[from] ProposalTextError),
    /// It could not be recorded, or it is not known whether it was. Sending the same text again is safe.
    #[error("the proposal may not have been recorded: {0}")]
    Port(#[from] PortError),
}

impl Proposals {
    /// Records a proposal: pending, or published at once where moderators read afterwards. The same text
    /// from the same participant is the same proposal while that is pending or published, so that sending
    /// twice makes one.
    ///
    /// # Errors
    /// [`SubmitError`].
    pub async fn submit(&self, submit: SubmitProposal<'_>) -> Result<Submitted, SubmitError> {
        let lookup = self.catalogue.find(submit.slug, Action::Propose, submit.now)?;
        let description = &lookup.view.consultation.description;
        let rules = description.rules;
        let text = description.presentation.answer(submit.text);
        let text = ProposalText::parse(&text, rules.proposal_length_max)?;
        let status = match rules.moderation {
            Moderation::Before => ModerationStatus::Pending,
            Moderation::After => ModerationStatus::Published,
        };
        let proposal = NewItem { text, author: submit.participant, submitted_at: submit.now, status };
        let list = self.lists.list(lookup.first_poll()).await?;
        let (number, status) = record(&self.catalogue.running, &list, proposal).await?;
        Ok(Submitted { number, status })
    }
}
