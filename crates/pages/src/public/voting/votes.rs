//! `/c/{slug}/votes`: what the participant has said so far.

use askama::Template;
use gd_domain::{Answers, ModerationStatus, Opinion, ProposalNumber};

use crate::frame::{Frame, Here, QuotedProposal};

/// What the participant has said so far.
#[derive(Debug, Template)]
#[template(path = "public/voting/votes.html")]
pub struct VotesPage<'a> {
    /// What every page has.
    pub frame: Frame<'a>,
    /// The consultation.
    pub here: Here<'a>,
    /// The participant's standing ballots on this page, the latest first.
    pub votes: Vec<MyVote>,
    /// How many there are on all pages.
    pub total: u64,
    /// What they answered to the organizers' questions.
    pub answers: Answers,
    /// The participant's proposals, the latest first; on the first page only.
    pub proposals: Vec<MyProposal>,
    /// The path of the page with later votes, if there is one.
    pub later: Option<String>,
    /// The path of the page with earlier votes, if there is one.
    pub earlier: Option<String>,
}

/// A proposal of the participant.
#[derive(Clone, Debug)]
pub struct MyProposal {
    /// Its number and what it says.
    pub quoted: QuotedProposal,
    /// Where it stands with the moderators.
    pub status: ModerationStatus,
    /// The path of its private link.
    pub receipt: String,
}

/// A standing ballot of the participant.
#[derive(Clone, Debug)]
pub struct MyVote {
    /// The proposal's number.
    pub number: ProposalNumber,
    /// What the proposal says.
    pub text: String,
    /// The answer that stands.
    pub opinion: Opinion,
    /// A vote key to change it with; `None` when the proposal is not published any more.
    pub key: Option<String>,
}
