//! What a participant sees once a proposal is recorded.

use askama::Template;
use gd_domain::{ModerationStatus, ProposalNumber};

use crate::{Frame, Here};

/// Thanks, and what happens next.
#[derive(Debug, Template)]
#[template(path = "proposed.html")]
pub struct ProposedPage<'a> {
    /// What every page has.
    pub frame: Frame<'a>,
    /// The consultation.
    pub here: Here<'a>,
    /// The number it was given.
    pub number: ProposalNumber,
    /// What it says.
    pub text: &'a str,
    /// Whether it is shown at once or read by a moderator first.
    pub status: ModerationStatus,
}

impl ProposedPage<'_> {
    fn is_published(&self) -> bool {
        self.status == ModerationStatus::Published
    }
}
