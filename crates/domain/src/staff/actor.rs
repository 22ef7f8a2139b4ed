//! The actor of a staff act: the operator at the command line, or an account with its memberships.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ids::ConsultationId;
use crate::words::words;

/// An account's record number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountId(pub i64);

/// The role of an account in an organisation or in one consultation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Runs the organisation's space: everything, people included.
    Owner,
    /// Prepares, runs and publishes consultations.
    Organizer,
    /// Reads and decides on proposals.
    Moderator,
    /// Takes shortlists into rooms.
    Facilitator,
    /// Reads what staff see, changes nothing.
    Reader,
}

words!(Role, "role", {
    Owner => "owner", Organizer => "organizer", Moderator => "moderator", Facilitator => "facilitator",
    Reader => "reader",
});

/// The reach of a role or of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The whole installation: consultations to come, the audit trail.
    Installation,
    /// One consultation with all its polls.
    Consultation(ConsultationId),
}

impl Scope {
    /// Whether a role of this reach covers an act of that reach.
    #[must_use]
    pub fn covers(self, act: Self) -> bool {
        self == Self::Installation || self == act
    }
}

/// A role and its reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Membership {
    /// The role decides which acts are allowed.
    pub role: Role,
    /// The scope decides where.
    pub scope: Scope,
}

/// The author of a staff act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person who can run the program on the installation: may do everything.
    Operator,
    /// An account, with the memberships it has at this instant.
    Account(AccountId, Vec<Membership>),
}

/// As the audit trail writes it: `operator`, `account 7`.
impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operator => f.write_str("operator"),
            Self::Account(AccountId(account), _) => write!(f, "account {account}"),
        }
    }
}
