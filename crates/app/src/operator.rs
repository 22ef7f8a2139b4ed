//! The operator at the command line: permits for every act, and the words in which the engine's errors are told.

use std::sync::Arc;

use anyhow::{Context, anyhow};
use gd_domain::{Actor, ConsultationId, Scope, StaffAction};
use gd_engine::{ConsultationView, Engine, ImportError, ManageError, ModerateError, Permit};

/// A permit for an act on the installation.
pub(crate) fn permit(engine: &Engine, action: StaffAction) -> anyhow::Result<Permit> {
    Ok(engine.desk(Actor::Operator).permit(action, Scope::Installation)?)
}

/// A permit for an act on one consultation.
pub(crate) fn permit_on(engine: &Engine, action: StaffAction, id: ConsultationId) -> anyhow::Result<Permit> {
    Ok(engine.desk(Actor::Operator).permit(action, Scope::Consultation(id))?)
}

/// The record number of the consultation of this short name.
pub(crate) fn id_of(engine: &Engine, slug: &str) -> anyhow::Result<ConsultationId> {
    engine.consultation().id_of(slug).with_context(|| not_found(slug))
}

/// The consultation of this short name, whatever its phase.
pub(crate) fn consultation(engine: &Engine, slug: &str) -> anyhow::Result<Arc<ConsultationView>> {
    let id = id_of(engine, slug)?;
    let permit = permit_on(engine, StaffAction::Read, id)?;
    engine.consultation().for_staff(&permit, id)?.with_context(|| not_found(slug))
}

fn not_found(slug: &str) -> String {
    format!("there is no consultation called `{slug}`: `consultation list` shows their names")
}

/// An error of managing consultations, with what to do.
pub(crate) fn manage_error(error: ManageError, slug: &str) -> anyhow::Error {
    match error {
        ManageError::NotFound => anyhow!(not_found(slug)),
        ManageError::SlugTaken => {
            anyhow!("there is a consultation called `{slug}` already: choose another slug")
        }
        ManageError::NeverOpened => {
            anyhow!("`{slug}` is still a draft: there is nothing to close, and nobody sees it")
        }
        ManageError::Conflict(fields) => anyhow!(
            "somebody else changed `{slug}` at the same moment ({}); nothing was changed: look at it and try again",
            fields.join(", ")
        ),
        other => other.into(),
    }
}

/// An error of moderation, with what to do.
pub(crate) fn moderate_error(error: ModerateError, slug: &str) -> anyhow::Error {
    match error {
        ModerateError::NotFound => anyhow!(not_found(slug)),
        ModerateError::ProposalNotFound(number) => anyhow!(
            "the consultation has no proposal number {number}: `proposals list` shows their numbers; nothing was changed"
        ),
        ModerateError::Withdrawn(number) => {
            anyhow!("proposal number {number} was withdrawn and cannot be shown again; nothing was changed")
        }
        ModerateError::ThemeNotFound(theme) => {
            anyhow!("the consultation has no theme called `{theme}`; nothing was changed")
        }
        ModerateError::Conflict(changed) => {
            let changed = changed.iter().map(|(number, status)| format!("number {number} is {status} now"));
            anyhow!(
                "somebody else decided at the same moment ({}); nothing was changed: look at them and try again",
                changed.collect::<Vec<_>>().join(", ")
            )
        }
        other => other.into(),
    }
}

/// An error of importing, with what to do.
pub(crate) fn import_error(error: ImportError, slug: &str) -> anyhow::Error {
    match error {
        ImportError::Manage(error) => manage_error(error, slug),
        other => other.into(),
    }
}
