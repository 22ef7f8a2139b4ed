//! The answers to one proposal, counted and drawn: a piece of a page.

use askama::Template;
use gd_domain::ProposalNumber;

use crate::frame::Frame;
use crate::report::Counts;
use crate::report::share_chart::ShareChart;

/// What everybody answered to a proposal: a piece of a page, for the script that votes without reloads.
#[derive(Debug, Template)]
#[template(path = "public/voting/totals.html")]
pub struct Totals<'a> {
    /// What every page has.
    pub frame: Frame<'a>,
    /// The proposal's number.
    pub number: ProposalNumber,
    /// What everybody answered.
    pub counts: Counts,
}

impl Totals<'_> {
    fn chart(&self) -> ShareChart {
        ShareChart::of_counts(self.frame.language, self.number, &self.counts)
    }
}
