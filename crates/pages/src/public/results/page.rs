//! `/c/{slug}/results`: the proposals that unite, that divide, that are rejected, that are still open.

use askama::Template;
use gd_domain::{Position, Timestamp};
use gd_report::Report;

use crate::frame::{Frame, Here};
use crate::report::ReportFile;
use crate::report::pictures::Look as _;
use crate::report::story::findings::{ProposalWords as _, ReportWords as _};
use crate::report::view::ProposalView as _;

/// The results of a report, or the reason why they cannot be seen.
#[derive(Debug, Template)]
#[template(path = "public/results/page.html")]
pub struct ResultsPage<'a> {
    /// Language, path and origin of the page.
    pub frame: Frame<'a>,
    /// The consultation the page belongs to.
    pub here: Here<'a>,
    /// The state to show.
    pub state: ResultsState<'a>,
}

/// States of the page.
#[derive(Clone, Copy, Debug)]
pub enum ResultsState<'a> {
    /// The organizers show results once they publish a report.
    Hidden,
    /// Results may be seen, but there is no report yet.
    Awaited,
    /// The results, from a report.
    Shown {
        /// The report that the page shows.
        report: &'a Report,
        /// The instant up to which votes are counted.
        as_of: Timestamp,
        /// The position of the ledger up to which votes are counted.
        position: Position,
        /// Whether more votes may still come in.
        is_live: bool,
    },
}
