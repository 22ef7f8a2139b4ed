//! The author's page of their own proposal: thanks at first, the moderators' decision later.

use askama::Template;
use gd_domain::{ModerationStatus, Proposal};

use crate::frame::{Frame, Here};

/// A proposal as its author sees it, once it is recorded or whenever they come back by its private link.
#[derive(Debug, Template)]
#[template(path = "public/proposals/proposed.html")]
pub struct ProposedPage<'a> {
    /// Language, path and origin of the page.
    pub frame: Frame<'a>,
    /// The consultation the page belongs to.
    pub here: Here<'a>,
    /// The proposal, whatever its status.
    pub proposal: &'a Proposal,
    /// The path of its private link: whoever has it sees this page.
    pub receipt: &'a str,
    /// Whether it has just been sent.
    pub is_new: bool,
}

impl ProposedPage<'_> {
    fn title(&self) -> String {
        self.frame.say(if self.is_new { "proposed-title" } else { "receipt-title" })
    }

    fn is_published(&self) -> bool {
        self.proposal.is_published()
    }

    fn is_refused(&self) -> bool {
        self.proposal.status == ModerationStatus::Refused
    }

    fn reason(&self) -> Option<&str> {
        self.proposal.refusal_reason.as_ref().map(gd_domain::RefusalReason::as_str)
    }

    /// The sentence that says the proposal's next step.
    fn story(&self) -> String {
        self.frame.say(format!("proposed-next-{}", self.proposal.status))
    }

    /// The whole address of the private link where it is known, else its path.
    fn receipt_address(&self) -> String {
        self.frame.whole_address(self.receipt).unwrap_or_else(|| self.receipt.to_owned())
    }
}
