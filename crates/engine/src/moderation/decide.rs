//! Moderation: what is shown, what is not, and why.

use std::collections::BTreeSet;

use gd_domain::{ModerationStatus, ProposalNumber, RefusalReason, Slug};
use thiserror::Error;

use crate::engine::Engine;
use crate::ports::{Moderated, PortError};

/// What a moderator decides.
#[derive(Clone, Debug)]
pub enum Decision {
    /// Show it, and tag it if a theme is given.
    Publish {
        /// The theme's short name.
        theme: Option<Slug>,
    },
    /// Do not show it, and tell its author why.
    Refuse(RefusalReason),
    /// Take it back for good.
    Withdraw,
}

/// Why nothing was decided.
#[derive(Debug, Error)]
pub enum ModerateError {
    /// No such consultation.
    #[error("there is no consultation called `{0}`: `consultation list` shows their names")]
    NotFound(String),
    /// No such proposal.
    #[error(
        "the consultation has no proposal number {0}: `proposals list` shows their numbers; nothing was changed"
    )]
    ProposalNotFound(ProposalNumber),
    /// A withdrawn proposal stays withdrawn.
    #[error("proposal number {0} was withdrawn and cannot be shown again; nothing was changed")]
    Withdrawn(ProposalNumber),
    /// No such theme.
    #[error("the consultation has no theme called `{0}`; nothing was changed")]
    ThemeNotFound(Slug),
    /// The decision could not be recorded.
    #[error(transparent)]
    Port(#[from] PortError),
}

impl Engine {
    /// Applies one decision to these proposals, all or none, and gives how many it was applied to.
    ///
    /// # Errors
    /// [`ModerateError`]; nothing was changed then, unless the outcome of a commit is unknown.
    pub async fn moderate(
        &self,
        slug: &str,
        numbers: &[ProposalNumber],
        decision: Decision,
    ) -> Result<usize, ModerateError> {
        let entry = self.find_for_staff(slug).ok_or_else(|| ModerateError::NotFound(slug.to_owned()))?;
        let view = entry.view();
        let numbers = numbers.iter().copied().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>();
        for &number in &numbers {
            let proposal = view.proposal(number).ok_or(ModerateError::ProposalNotFound(number))?;
            let stays = matches!(decision, Decision::Withdraw);
            if proposal.status == ModerationStatus::Withdrawn && !stays {
                return Err(ModerateError::Withdrawn(number));
            }
        }
        let moderated = match decision {
            Decision::Publish { theme } => {
                if let Some(unknown) =
                    theme.as_ref().filter(|id| view.consultation.theme(id.as_str()).is_none())
                {
                    return Err(ModerateError::ThemeNotFound(unknown.clone()));
                }
                Moderated { status: ModerationStatus::Published, refusal_reason: None, theme }
            }
            Decision::Refuse(reason) => {
                Moderated { status: ModerationStatus::Refused, refusal_reason: Some(reason), theme: None }
            }
            Decision::Withdraw => {
                Moderated { status: ModerationStatus::Withdrawn, refusal_reason: None, theme: None }
            }
        };
        if !numbers.is_empty() {
            self.ports.proposals.moderate(entry.id, &numbers, &moderated).await?;
            entry.refresh(&self.ports).await?;
            self.ports.announcements.announce().await;
        }
        Ok(numbers.len())
    }

    /// The numbers of the proposals that wait for a moderator.
    ///
    /// # Errors
    /// [`ModerateError::NotFound`].
    pub fn pending_proposals(&self, slug: &str) -> Result<Vec<ProposalNumber>, ModerateError> {
        let entry = self.find_for_staff(slug).ok_or_else(|| ModerateError::NotFound(slug.to_owned()))?;
        let view = entry.view();
        let pending = view.proposals().filter(|proposal| proposal.status == ModerationStatus::Pending);
        Ok(pending.map(|proposal| proposal.number).collect())
    }
}
