//! `/c/{slug}/proposals/{number}`: one proposal at an address of its own.

use askama::Template;
use gd_domain::{Choice, Opinion};
use gd_report::Counts;

use crate::frame::{Frame, Here};
use crate::public::voting::{Card, Nuance, Totals, choices};

/// One proposal, to read, to vote on and to share.
#[derive(Debug, Template)]
#[template(path = "public/proposals/proposal.html")]
pub struct ProposalPage<'a> {
    /// Language, path and origin of the page.
    pub frame: Frame<'a>,
    /// The consultation the page belongs to.
    pub here: Here<'a>,
    /// The proposal as a card to vote on.
    pub card: Card,
    /// The participant's standing opinion, if any.
    pub opinion: Option<Opinion>,
    /// Counts of all ballots. `None` before the participant has voted, and unless results are live.
    pub counts: Option<Counts>,
}

impl ProposalPage<'_> {
    fn path(&self) -> String {
        self.here.path(&format!("/proposals/{}", self.card.number))
    }

    fn choices(&self) -> [(Choice, Option<bool>); 3] {
        choices::scale(self.choice().as_ref())
    }

    /// The reader's own choice, if they voted.
    fn choice(&self) -> Option<Choice> {
        self.opinion.map(Opinion::choice)
    }

    fn totals(&self, counts: &Counts) -> Totals<'_> {
        Totals { frame: self.frame, number: self.card.number, counts: *counts }
    }

    fn nuances(&self) -> Vec<Nuance> {
        self.opinion.map(Nuance::all).unwrap_or_default()
    }
}
