//! The answers to one proposal, counted and drawn: a piece of a page.

use askama::Template;
use gd_domain::ItemNumber;
use gd_report::Counts;

use crate::frame::Frame;
use crate::report::share_chart::ShareChart;

/// The counts of a proposal as a piece of a page, for the script that votes without reloads.
#[derive(Debug, Template)]
#[template(path = "public/voting/totals.html")]
pub struct Totals<'a> {
    /// Language, path and origin of the page.
    pub frame: Frame<'a>,
    /// The proposal's number.
    pub number: ItemNumber,
    /// Counts of all ballots on the proposal.
    pub counts: Counts,
}

impl Totals<'_> {
    fn chart(&self) -> ShareChart {
        ShareChart::of_counts(self.frame.language, self.number, &self.counts)
    }
}
