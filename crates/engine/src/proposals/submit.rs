//! Submitting a proposal.

use gd_domain::{
    Action, Moderation, ModerationStatus, ParticipantId, Phase, ProposalNumber, ProposalText,
    ProposalTextError, Timestamp,
};
use thiserror::Error;

use crate::engine::{Engine, LookupError};
use crate::ports::{NewProposal, PortError};
use crate::proposals::submissions::Submissions;

/// A proposal as it came in.
pub struct SubmitProposal<'a> {
    /// The consultation's short name.
    pub slug: &'a str,
    /// Who writes.
    pub participant: ParticipantId,
    /// What was typed, with or without the consultation's prefix.
    pub text: &'a str,
    /// When it was admitted.
    pub now: Timestamp,
}

/// A proposal on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// Its number.
    pub number: ProposalNumber,
    /// Where it stands with the moderators.
    pub status: ModerationStatus,
}

/// Why a proposal was not recorded.
#[derive(Debug, Error)]
pub enum SubmitError {
    /// No such consultation.
    #[error("there is no consultation at this address")]
    NotFound,
    /// Not in a phase that takes proposals.
    #[error("the consultation does not take proposals now: it is in the phase `{0}`")]
    PhaseClosed(Phase),
    /// The text cannot be a proposal.
    #[error(transparent)]
    Text(#[from] ProposalTextError),
    /// It could not be recorded, or it is not known whether it was. Sending the same text again is safe.
    #[error("the proposal may not have been recorded: {0}")]
    Port(#[from] PortError),
}

impl From<LookupError> for SubmitError {
    fn from(error: LookupError) -> Self {
        match error {
            LookupError::NotFound => Self::NotFound,
            LookupError::PhaseClosed(phase) => Self::PhaseClosed(phase),
        }
    }
}

impl Engine {
    /// Records a proposal: pending, or published at once where moderators read afterwards. The same text
    /// from the same participant is the same proposal while that is pending or published, so that sending
    /// twice makes one.
    ///
    /// # Errors
    /// [`SubmitError`].
    pub async fn submit_proposal(&self, submit: SubmitProposal<'_>) -> Result<Submitted, SubmitError> {
        let lookup = self.find(submit.slug, Action::Propose, submit.now)?;
        let description = &lookup.view.consultation.description;
        let rules = description.rules;
        let text = description.presentation.answer(submit.text);
        let text = ProposalText::parse(&text, rules.proposal_length_max)?;
        let status = match rules.moderation {
            Moderation::Before => ModerationStatus::Pending,
            Moderation::After => ModerationStatus::Published,
        };
        let proposal = NewProposal { text, author: submit.participant, submitted_at: submit.now, status };
        let (number, status) = Submissions::record(&self.ports, &lookup.entry, proposal).await?;
        Ok(Submitted { number, status })
    }
}
