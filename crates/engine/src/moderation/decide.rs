//! Deciding on proposals: publish, refuse, withdraw.

use std::collections::BTreeSet;
use std::sync::Arc;

use gd_domain::{ConsultationId, ItemNumber, ModerationStatus, RefusalReason, Scope, Slug, StaffAction};
use serde_json::{Value, json};
use thiserror::Error;

use crate::consultation::{Catalogue, ConsultationView};
use crate::port_error::{PortError, PortErrorKind};
use crate::proposals::ItemView;
use crate::proposals::item_lists::ItemLists;
use crate::proposals::ports::{ItemDecision, SeenItem};
use crate::staff::{NotPermitted, Permit};
use crate::voting::items::PollItems;

/// A moderator's decision.
#[derive(Clone, Debug)]
pub enum Decision {
    /// Show it, and tag it if a theme is given.
    Publish {
        /// The theme's short name.
        theme: Option<Slug>,
    },
    /// Do not show it, and tell its author the reason.
    Refuse(RefusalReason),
    /// Take it back for good.
    Withdraw,
}

/// Nothing was decided; nothing was changed.
#[derive(Debug, Error)]
pub enum ModerateError {
    /// The actor may not.
    #[error(transparent)]
    NotPermitted(#[from] NotPermitted),
    /// No such consultation.
    #[error("there is no such consultation")]
    NotFound,
    /// No such proposal.
    #[error("the consultation has no proposal number {0}")]
    ProposalNotFound(ItemNumber),
    /// A withdrawn proposal stays withdrawn.
    #[error("proposal number {0} was withdrawn and cannot be shown again")]
    Withdrawn(ItemNumber),
    /// No such theme.
    #[error("the consultation has no theme called `{0}`")]
    ThemeNotFound(Slug),
    /// Somebody else decided on these meanwhile.
    #[error("decided by somebody else meanwhile: {}", numbers(.0))]
    Conflict(Vec<(ItemNumber, ModerationStatus)>),
    /// The decision could not be recorded.
    #[error(transparent)]
    Port(#[from] PortError),
}

fn numbers(changed: &[(ItemNumber, ModerationStatus)]) -> String {
    let each = changed.iter().map(|(number, status)| format!("{number} is {status}"));
    each.collect::<Vec<_>>().join(", ")
}

/// Proposals named one by one in the subject of an audit entry.
const NUMBERS_NAMED_MAX: usize = 20;

/// The moderators' use-cases.
pub struct Moderation {
    catalogue: Arc<Catalogue>,
    lists: Arc<ItemLists>,
}

impl Moderation {
    pub(crate) fn new(catalogue: Arc<Catalogue>, lists: Arc<ItemLists>) -> Self {
        Self { catalogue, lists }
    }

    /// Applies one decision to these proposals as they are in `seen`, all or none; the number it was applied to.
    ///
    /// # Errors
    /// [`ModerateError`]; after `Port` of unknown outcome the decision may stand.
    pub async fn decide(
        &self,
        permit: &Permit,
        consultation: ConsultationId,
        seen: &ItemView,
        numbers: &[ItemNumber],
        decision: &Decision,
    ) -> Result<usize, ModerateError> {
        let act = permit.check(StaffAction::Moderate, Scope::Consultation(consultation))?;
        let view = self.catalogue.view(consultation).ok_or(ModerateError::NotFound)?;
        let numbers = numbers.iter().copied().collect::<BTreeSet<_>>();
        let seen = seen_items(seen, &numbers, decision)?;
        let decided = decided(&view, decision)?;
        if seen.is_empty() {
            return Ok(0);
        }
        let poll = view.first_poll();
        let list = self.lists.list(poll).await?;
        let audit = act.entry(&self.catalogue.staff, subject(&seen), &detail(&seen, &decided));
        let recorded = self.lists.ports.items.decide(poll, &seen, &decided, &audit).await;
        let refreshed = list.refresh().await;
        match recorded {
            Err(failure) if failure.kind == PortErrorKind::Conflict => {
                refreshed?;
                let now = list.view();
                let differs = |item: &SeenItem| {
                    let status = now.proposal(item.number)?.status;
                    (status != item.status).then_some((item.number, status))
                };
                Err(ModerateError::Conflict(seen.iter().filter_map(differs).collect()))
            }
            outcome => {
                outcome?;
                // The decision stands; this process sees it at its next look at the latest.
                if let Err(failure) = refreshed {
                    tracing::warn!(poll = poll.0, %failure, "the items could not be refreshed");
                }
                self.catalogue.running.announce().await;
                Ok(seen.len())
            }
        }
    }
}

/// The items with the status they were seen in; refuses unknown numbers, and what is withdrawn.
fn seen_items(
    view: &ItemView,
    numbers: &BTreeSet<ItemNumber>,
    decision: &Decision,
) -> Result<Vec<SeenItem>, ModerateError> {
    let seen = |&number: &ItemNumber| {
        let status = view.proposal(number).ok_or(ModerateError::ProposalNotFound(number))?.status;
        let stays = matches!(decision, Decision::Withdraw);
        if status == ModerationStatus::Withdrawn && !stays {
            return Err(ModerateError::Withdrawn(number));
        }
        Ok(SeenItem { number, status })
    };
    numbers.iter().map(seen).collect()
}

fn decided(view: &ConsultationView, decision: &Decision) -> Result<ItemDecision, ModerateError> {
    Ok(match decision {
        Decision::Publish { theme } => {
            let unknown = theme.as_ref().filter(|id| view.consultation.theme(id.as_str()).is_none());
            if let Some(unknown) = unknown {
                return Err(ModerateError::ThemeNotFound(unknown.clone()));
            }
            ItemDecision { status: ModerationStatus::Published, refusal_reason: None, theme: theme.clone() }
        }
        Decision::Refuse(reason) => ItemDecision {
            status: ModerationStatus::Refused,
            refusal_reason: Some(reason.clone()),
            theme: None,
        },
        Decision::Withdraw => {
            ItemDecision { status: ModerationStatus::Withdrawn, refusal_reason: None, theme: None }
        }
    })
}

/// The entry's subject, which stays for ever: the numbers of a few, the count of many, whose numbers the detail has.
fn subject(seen: &[SeenItem]) -> String {
    if seen.len() > NUMBERS_NAMED_MAX {
        return format!("{} proposals", seen.len());
    }
    let numbers = seen.iter().map(|item| item.number.to_string()).collect::<Vec<_>>();
    format!("proposals {}", numbers.join(" "))
}

fn detail(seen: &[SeenItem], decided: &ItemDecision) -> Value {
    let before = seen.iter().map(|item| (item.number.to_string(), json!(item.status.as_str())));
    json!({
        "before": before.collect::<serde_json::Map<_, _>>(),
        "after": {
            "status": decided.status.as_str(),
            "reason": decided.refusal_reason.as_ref().map(RefusalReason::as_str),
            "theme": decided.theme.as_ref().map(Slug::as_str),
        },
    })
}
