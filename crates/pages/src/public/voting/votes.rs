//! `/c/{slug}/votes`: the participant's own votes, answers and proposals.

use askama::Template;
use gd_domain::{Answers, ItemNumber, ModerationStatus, Opinion};

use crate::frame::{Frame, Here, QuotedProposal};

/// The participant's own votes, answers and proposals.
#[derive(Debug, Template)]
#[template(path = "public/voting/votes.html")]
pub struct VotesPage<'a> {
    /// Language, path and origin of the page.
    pub frame: Frame<'a>,
    /// The consultation the page belongs to.
    pub here: Here<'a>,
    /// The participant's standing ballots on this page, the latest first.
    pub votes: Vec<MyVote>,
    /// The number of ballots on all pages.
    pub total: u64,
    /// The participant's answers to the organizers' questions.
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
    /// The proposal's moderation status.
    pub status: ModerationStatus,
    /// The path of its private link.
    pub receipt: String,
}

/// A standing ballot of the participant.
#[derive(Clone, Debug)]
pub struct MyVote {
    /// The proposal's number.
    pub number: ItemNumber,
    /// The proposal's text.
    pub text: String,
    /// The answer that stands.
    pub opinion: Opinion,
    /// A vote key to change it with; `None` when the proposal is not published any more.
    pub key: Option<String>,
}
