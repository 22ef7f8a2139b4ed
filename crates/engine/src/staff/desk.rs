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

/// A permitted act in its own scope, which may be narrower than the permit's. Only it writes audit entries, so that
/// none is written without a check.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PermittedAct<'p> {
    permit: &'p Permit,
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
    /// The act of this permit in a scope; refuses a permit that was made for another act or another place.
    pub(crate) fn check(&self, action: StaffAction, scope: Scope) -> Result<PermittedAct<'_>, NotPermitted> {
        let is_for_this = self.action == action && self.scope.covers(scope);
        if is_for_this {
            Ok(PermittedAct { permit: self, scope })
        } else {
            Err(NotPermitted { action, scope })
        }
    }
}

impl PermittedAct<'_> {
    /// The same act, on one consultation: that of an import begins before there is one.
    pub(crate) fn on(&self, consultation: ConsultationId) -> Self {
        Self { permit: self.permit, scope: Scope::Consultation(consultation) }
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
            actor: self.permit.actor.to_string(),
            action: self.permit.action,
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
