//! The rights table: which role may do which staff act.

use serde::{Deserialize, Serialize};

use crate::staff::{Actor, Role, Scope};
use crate::words::words;

/// An act of staff, as the rights table and the audit trail name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffAction {
    /// See drafts, settings and figures that the public does not see.
    Read,
    /// Record a new consultation.
    CreateConsultation,
    /// Change a consultation's description and calendar.
    EditConsultation,
    /// Open it for votes.
    OpenConsultation,
    /// End its votes.
    CloseConsultation,
    /// Bring in a consultation held elsewhere.
    Import,
    /// Record a poll beside the first one.
    CreatePoll,
    /// Mark a poll erasable, and delete its ledger.
    ErasePoll,
    /// Publish, refuse or withdraw proposals.
    Moderate,
    /// Print a ledger, fold it again, or compare it with the counts.
    MaintainLedger,
    /// Read all ballots, for an analysis.
    ReadBallots,
    /// Write a consultation's open data.
    Export,
    /// Record a report and show it to the public.
    PublishReport,
    /// Read the audit trail.
    ReadAudit,
    /// Cut the audit trail at the end of its retention.
    CutAudit,
}

words!(StaffAction, "staff action", {
    Read => "read", CreateConsultation => "create_consultation", EditConsultation => "edit_consultation",
    OpenConsultation => "open_consultation", CloseConsultation => "close_consultation", Import => "import",
    CreatePoll => "create_poll", ErasePoll => "erase_poll", Moderate => "moderate",
    MaintainLedger => "maintain_ledger", ReadBallots => "read_ballots", Export => "export", PublishReport => "publish_report",
    ReadAudit => "read_audit", CutAudit => "cut_audit",
});

impl StaffAction {
    /// The roles that may do it.
    #[must_use]
    pub const fn roles(self) -> &'static [Role] {
        use Role::{Facilitator, Moderator, Organizer, Owner, Reader};
        match self {
            Self::Read => &[Owner, Organizer, Moderator, Facilitator, Reader],
            Self::Moderate => &[Owner, Organizer, Moderator],
            Self::CreateConsultation
            | Self::EditConsultation
            | Self::OpenConsultation
            | Self::CloseConsultation
            | Self::Import
            | Self::CreatePoll
            | Self::MaintainLedger
            | Self::ReadBallots
            | Self::Export
            | Self::PublishReport => &[Owner, Organizer],
            Self::ErasePoll | Self::ReadAudit | Self::CutAudit => &[Owner],
        }
    }
}

/// Whether this actor may do this act there.
#[must_use]
pub fn may(actor: &Actor, action: StaffAction, scope: Scope) -> bool {
    match actor {
        Actor::Operator => true,
        Actor::Account(_, memberships) => memberships
            .iter()
            .any(|membership| action.roles().contains(&membership.role) && membership.scope.covers(scope)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ConsultationId;
    use crate::staff::{AccountId, Membership};

    const HERE: Scope = Scope::Consultation(ConsultationId(1));
    const ELSEWHERE: Scope = Scope::Consultation(ConsultationId(2));

    fn member(role: Role, scope: Scope) -> Actor {
        Actor::Account(AccountId(7), vec![Membership { role, scope }])
    }

    #[test]
    fn a_role_reaches_as_far_as_its_scope() {
        for action in StaffAction::ALL {
            assert!(may(&Actor::Operator, action, Scope::Installation));
            assert!(!may(&Actor::Account(AccountId(7), Vec::new()), action, HERE));
            for role in Role::ALL {
                let allowed = action.roles().contains(&role);
                assert_eq!(may(&member(role, HERE), action, HERE), allowed, "{role} {action}");
                assert_eq!(may(&member(role, Scope::Installation), action, HERE), allowed);
                assert!(!may(&member(role, HERE), action, ELSEWHERE));
                assert!(!may(&member(role, HERE), action, Scope::Installation));
            }
        }
    }

    #[test]
    fn the_table_is_as_it_was_agreed() {
        let table = StaffAction::ALL.map(|action| {
            let roles = action.roles().iter().map(|role| role.as_str()).collect::<Vec<_>>();
            format!("{action}: {}", roles.join(" "))
        });
        assert_eq!(
            table,
            [
                "read: owner organizer moderator facilitator reader",
                "create_consultation: owner organizer",
                "edit_consultation: owner organizer",
                "open_consultation: owner organizer",
                "close_consultation: owner organizer",
                "import: owner organizer",
                "create_poll: owner organizer",
                "erase_poll: owner",
                "moderate: owner organizer moderator",
                "maintain_ledger: owner organizer",
                "read_ballots: owner organizer",
                "export: owner organizer",
                "publish_report: owner organizer",
                "read_audit: owner",
                "cut_audit: owner",
            ]
        );
    }
}
