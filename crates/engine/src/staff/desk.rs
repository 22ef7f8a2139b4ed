//! The desk: every staff act begins with a permit that only the desk can make.

use gd_domain::{Actor, AuditDraft, AuditPhase, ConsultationId, Scope, StaffAction, may};
use serde_json::Value;
use thiserror::Error;

use crate::staff::state::Staff;

/// The desk of one actor.
pub struct Desk<'a> {
    staff: &'a Staff,
    actor: Actor,
}

/// The permission of one actor for one act in one scope. Only [`Desk::permit`] makes it.
#[derive(Debug)]
pub struct Permit {
    actor: Actor,
    action: StaffAction,
    scope: Scope,
}

/// The actor may not do this here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("`{action}` is not permitted here")]
pub struct NotPermitted {
    /// The act asked for.
    pub action: StaffAction,
    /// The scope of the act: the installation or one consultation.
    pub scope: Scope,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(staff: &'a Staff, actor: Actor) -> Self {
        Self { staff, actor }
    }

    /// A permit for an act, if the rights table gives it to the actor.
    ///
    /// # Errors
    /// [`NotPermitted`].
    pub fn permit(&self, action: StaffAction, scope: Scope) -> Result<Permit, NotPermitted> {
        if !may(&self.actor, action, scope) {
            tracing::warn!(actor = %self.actor, %action, ?scope, "a staff act was refused");
            return Err(NotPermitted { action, scope });
        }
        Ok(Permit { actor: self.actor.clone(), action, scope })
    }

    /// The area behind the desk, for the audit trail's own acts.
    #[must_use]
    pub fn staff(&self) -> &'a Staff {
        self.staff
    }
}

impl Permit {
    /// Refuses a permit that was made for another act or another place.
    pub(crate) fn check(&self, action: StaffAction, scope: Scope) -> Result<(), NotPermitted> {
        let is_for_this = self.action == action && self.scope.covers(scope);
        if is_for_this { Ok(()) } else { Err(NotPermitted { action, scope }) }
    }

    /// The audit entry of this act; `staff` gives the time and the salt.
    pub(crate) fn entry(&self, staff: &Staff, subject: String, detail: &Value) -> AuditDraft {
        self.entry_in(staff, AuditPhase::Done, subject, detail)
    }

    pub(crate) fn entry_in(
        &self,
        staff: &Staff,
        phase: AuditPhase,
        subject: String,
        detail: &Value,
    ) -> AuditDraft {
        AuditDraft {
            at: staff.running.now(),
            actor: self.actor.to_string(),
            action: self.action,
            phase,
            consultation: self.consultation(),
            subject,
            detail: detail.to_string(),
            salt: staff.salt(),
        }
    }

    fn consultation(&self) -> Option<ConsultationId> {
        match self.scope {
            Scope::Installation => None,
            Scope::Consultation(consultation) => Some(consultation),
        }
    }
}
