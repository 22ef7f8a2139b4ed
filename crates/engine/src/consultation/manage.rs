//! Staff create, change, open and close consultations.

use std::sync::Arc;

use gd_domain::{
    Calendar, Consultation, ConsultationDraft, ConsultationError, ConsultationId, Phase, Scope, StaffAction,
    Timestamp,
};
use serde_json::{Map, Value, json};
use thiserror::Error;

use crate::consultation::catalogue::Catalogue;
use crate::consultation::view::ConsultationView;
use crate::port_error::{PortError, PortErrorKind};
use crate::staff::{NotPermitted, Permit, PermittedAct};

/// A consultation was not created or changed.
#[derive(Debug, Error)]
pub enum ManageError {
    /// The actor may not.
    #[error(transparent)]
    NotPermitted(#[from] NotPermitted),
    /// No such consultation.
    #[error("there is no such consultation")]
    NotFound,
    /// Another one has this short name.
    #[error("the short name is taken")]
    SlugTaken,
    /// The description cannot be a consultation.
    #[error(transparent)]
    Invalid(#[from] ConsultationError),
    /// It never opened, so there is nothing to close.
    #[error("it never opened")]
    NeverOpened,
    /// Somebody else changed it meanwhile; nothing was changed.
    #[error("changed meanwhile: {}", .0.join(", "))]
    Conflict(Vec<String>),
    /// It could not be recorded.
    #[error(transparent)]
    Port(PortError),
}

impl From<PortError> for ManageError {
    fn from(failure: PortError) -> Self {
        match failure.kind {
            PortErrorKind::AlreadyExists => Self::SlugTaken,
            _ => Self::Port(failure),
        }
    }
}

impl Catalogue {
    /// Records a new consultation and makes it known here.
    ///
    /// # Errors
    /// [`ManageError`].
    pub async fn create(
        &self,
        permit: &Permit,
        draft: &ConsultationDraft,
    ) -> Result<Arc<ConsultationView>, ManageError> {
        let act = permit.check(StaffAction::CreateConsultation, Scope::Installation)?;
        self.record_new(act, draft).await
    }

    /// The same for an act that needs no permit of its own: an import has one already.
    pub(crate) async fn record_new(
        &self,
        act: PermittedAct<'_>,
        draft: &ConsultationDraft,
    ) -> Result<Arc<ConsultationView>, ManageError> {
        draft.validate()?;
        let detail = json!({ "after": fields(draft) });
        let audit = act.entry(&self.staff, format!("consultation {}", draft.slug), &detail);
        let id = self.port.create(draft, self.running.now(), &audit).await?;
        self.refresh(id).await?;
        self.running.announce().await;
        self.view(id).ok_or(ManageError::NotFound)
    }

    /// Replaces the description of a consultation, as it was when `seen` was read. Its slug and origin stay.
    ///
    /// # Errors
    /// [`ManageError`]; `Conflict` names what somebody else changed meanwhile.
    pub async fn update(
        &self,
        permit: &Permit,
        seen: &ConsultationView,
        changed: &ConsultationDraft,
    ) -> Result<(), ManageError> {
        let act = permit.check(StaffAction::EditConsultation, Scope::Consultation(seen.id()))?;
        self.record_change(act, seen, changed).await
    }

    /// Opens a consultation for votes now.
    ///
    /// # Errors
    /// [`ManageError`].
    pub async fn open(&self, permit: &Permit, id: ConsultationId, now: Timestamp) -> Result<(), ManageError> {
        let act = permit.check(StaffAction::OpenConsultation, Scope::Consultation(id))?;
        self.change_calendar(act, id, |calendar| calendar.opened_at(now)).await
    }

    /// Closes a consultation now.
    ///
    /// # Errors
    /// [`ManageError`].
    pub async fn close(
        &self,
        permit: &Permit,
        id: ConsultationId,
        now: Timestamp,
    ) -> Result<(), ManageError> {
        let act = permit.check(StaffAction::CloseConsultation, Scope::Consultation(id))?;
        self.refresh(id).await?;
        let view = self.view(id).ok_or(ManageError::NotFound)?;
        if view.consultation.phase_at(now) == Phase::Draft {
            return Err(ManageError::NeverOpened);
        }
        self.change_calendar(act, id, |calendar| calendar.closed_at(now)).await
    }

    /// Changes the calendar on record, not the one this process happens to know.
    async fn change_calendar(
        &self,
        act: PermittedAct<'_>,
        id: ConsultationId,
        change: impl FnOnce(Calendar) -> Calendar,
    ) -> Result<(), ManageError> {
        self.refresh(id).await?;
        let seen = self.view(id).ok_or(ManageError::NotFound)?;
        let mut changed = seen.consultation.description.clone();
        changed.calendar = change(changed.calendar);
        self.record_change(act, &seen, &changed).await
    }

    pub(crate) async fn record_change(
        &self,
        act: PermittedAct<'_>,
        seen: &ConsultationView,
        changed: &ConsultationDraft,
    ) -> Result<(), ManageError> {
        changed.validate()?;
        let was = &seen.consultation.description;
        let consultation = Consultation { id: seen.id(), description: changed.clone() };
        let (before, after) = differences(was, changed);
        let detail = json!({ "before": before, "after": after });
        let audit = act.on(seen.id()).entry(&self.staff, format!("consultation {}", was.slug), &detail);
        let updated = self.port.update(&consultation, seen.revision(), &audit).await;
        let refreshed = self.refresh(seen.id()).await;
        match updated {
            Err(failure) if failure.kind == PortErrorKind::Conflict => {
                refreshed?;
                let now = self.view(seen.id()).ok_or(ManageError::NotFound)?;
                let (_, changed) = differences(was, &now.consultation.description);
                Err(ManageError::Conflict(changed.keys().cloned().collect()))
            }
            outcome => {
                outcome?;
                // The change stands; this process sees it at its next look at the latest.
                if let Err(failure) = refreshed {
                    tracing::warn!(consultation = seen.id().0, %failure, "the consultation could not be refreshed");
                }
                self.running.announce().await;
                Ok(())
            }
        }
    }
}

type Fields = Map<String, Value>;

/// A description by the names of its fields, as the audit trail keeps it.
fn fields(draft: &ConsultationDraft) -> Fields {
    match serde_json::to_value(draft) {
        Ok(Value::Object(fields)) => fields,
        _ => unreachable!("a description is an object of plain values"),
    }
}

/// The fields that differ, as they are in the one and in the other.
fn differences(one: &ConsultationDraft, other: &ConsultationDraft) -> (Fields, Fields) {
    let (one, other) = (fields(one), fields(other));
    let differing = |fields: &Fields, others: &Fields| {
        let differing = fields.iter().filter(|(name, value)| others.get(*name) != Some(value));
        differing.map(|(name, value)| (name.clone(), value.clone())).collect::<Fields>()
    };
    (differing(&one, &other), differing(&other, &one))
}
