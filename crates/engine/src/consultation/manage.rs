//! What staff do with consultations: create, change, open and close them.

use std::sync::Arc;

use gd_domain::{Calendar, Consultation, ConsultationDraft, ConsultationError, Phase, Timestamp};
use thiserror::Error;

use crate::consultation::catalogue::CatalogueEntry;
use crate::engine::Engine;
use crate::ports::{PortError, PortErrorKind};

/// Why a consultation was not created or changed.
#[derive(Debug, Error)]
pub enum ManageError {
    /// No such consultation.
    #[error("there is no consultation called `{0}`: `consultation list` shows their names")]
    NotFound(String),
    /// The name is taken.
    #[error("there is a consultation called `{0}` already: choose another slug")]
    SlugTaken(String),
    /// The description cannot be a consultation.
    #[error(transparent)]
    Invalid(#[from] ConsultationError),
    /// It never opened, so there is nothing to close.
    #[error("`{0}` is still a draft: there is nothing to close, and nobody sees it")]
    NeverOpened(String),
    /// It could not be recorded.
    #[error(transparent)]
    Port(PortError),
}

impl From<PortError> for ManageError {
    fn from(failure: PortError) -> Self {
        Self::Port(failure)
    }
}

impl Engine {
    /// Records a new consultation and makes it known here.
    ///
    /// # Errors
    /// [`ManageError`].
    pub async fn create_consultation(
        &self,
        draft: &ConsultationDraft,
    ) -> Result<Arc<CatalogueEntry>, ManageError> {
        draft.validate()?;
        let created = self.ports.consultations.create(draft, self.now()).await;
        created.map_err(|failure| match failure.kind {
            PortErrorKind::Conflict => ManageError::SlugTaken(draft.slug.to_string()),
            _ => ManageError::Port(failure),
        })?;
        self.look().await?;
        self.ports.announcements.announce().await;
        self.find_for_staff(draft.slug.as_str()).ok_or_else(|| ManageError::NotFound(draft.slug.to_string()))
    }

    /// Replaces what is said of a consultation. Its slug and origin stay what they are.
    ///
    /// # Errors
    /// [`ManageError`].
    pub async fn update_consultation(&self, changed: &Consultation) -> Result<(), ManageError> {
        changed.description.validate()?;
        self.ports.consultations.update(changed).await?;
        if let Some(entry) = self.find_for_staff(changed.slug().as_str()) {
            entry.refresh(&self.ports).await?;
        }
        self.ports.announcements.announce().await;
        Ok(())
    }

    /// Opens a consultation for votes now.
    ///
    /// # Errors
    /// [`ManageError`].
    pub async fn open_consultation(&self, slug: &str, now: Timestamp) -> Result<(), ManageError> {
        self.change_calendar(slug, |calendar| calendar.opened_at(now)).await
    }

    /// Closes a consultation now.
    ///
    /// # Errors
    /// [`ManageError`].
    pub async fn close_consultation(&self, slug: &str, now: Timestamp) -> Result<(), ManageError> {
        let entry = self.find_for_staff(slug).ok_or_else(|| ManageError::NotFound(slug.to_owned()))?;
        if entry.view().consultation.phase_at(now) == Phase::Draft {
            return Err(ManageError::NeverOpened(slug.to_owned()));
        }
        self.change_calendar(slug, |calendar| calendar.closed_at(now)).await
    }

    async fn change_calendar(
        &self,
        slug: &str,
        change: impl FnOnce(Calendar) -> Calendar,
    ) -> Result<(), ManageError> {
        let entry = self.find_for_staff(slug).ok_or_else(|| ManageError::NotFound(slug.to_owned()))?;
        let mut consultation = entry.view().consultation.clone();
        consultation.description.calendar = change(consultation.description.calendar);
        self.update_consultation(&consultation).await
    }

    /// Every consultation for its staff, in the order they were created.
    #[must_use]
    pub fn consultations_for_staff(&self) -> Vec<Arc<CatalogueEntry>> {
        self.catalogue.all()
    }
}
