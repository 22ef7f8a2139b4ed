//! A proposal and where it stands with the moderators.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ids::{ItemNumber, ParticipantId, Slug};
use crate::proposals::ProposalText;
use crate::timestamp::Timestamp;
use crate::words::words;

/// The moderation status of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModerationStatus {
    /// Waits to be read.
    Pending,
    /// Shown and voted on.
    Published,
    /// Not shown, with a reason its author can read.
    Refused,
    /// Taken back by its author or by staff.
    Withdrawn,
}

words!(ModerationStatus, "moderation status", {
    Pending => "pending", Published => "published", Refused => "refused", Withdrawn => "withdrawn",
});

/// Why a proposal was refused: a sentence for its author, 1 to 500 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusalReason(String);

impl RefusalReason {
    /// Greatest length, in code points.
    pub const LENGTH_MAX: usize = 500;

    /// Reads a reason; `None` when it is blank or too long.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = !text.is_empty() && text.chars().count() <= Self::LENGTH_MAX;
        fits.then(|| Self(text.to_owned()))
    }

    /// The reason as its author reads it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RefusalReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An answer to the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Its number in the consultation.
    pub number: ItemNumber,
    /// The text of the proposal.
    pub text: ProposalText,
    /// The author; `None` when unknown or erased.
    pub author: Option<ParticipantId>,
    /// When it was submitted.
    pub submitted_at: Timestamp,
    /// Its moderation status.
    pub status: ModerationStatus,
    /// Why it was refused, if it was.
    pub refusal_reason: Option<RefusalReason>,
    /// The theme a moderator gave it.
    pub theme: Option<Slug>,
    /// The idea that the organizer put it under.
    pub idea: Option<Slug>,
}

impl Proposal {
    /// Whether it is shown and can be voted on.
    #[must_use]
    pub fn is_published(&self) -> bool {
        self.status == ModerationStatus::Published
    }
}
