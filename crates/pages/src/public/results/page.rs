//! `/c/{slug}/results`: what unites, what divides, what is rejected, what is still open.

use askama::Template;
use gd_domain::{Position, Timestamp};

use crate::frame::{Frame, Here};
use crate::report::pictures::Look as _;
use crate::report::{Report, ReportFile};

/// The results as they stand, or why they cannot be seen.
#[derive(Debug, Template)]
#[template(path = "public/results/page.html")]
pub struct ResultsPage<'a> {
    /// What every page has.
    pub frame: Frame<'a>,
    /// The consultation.
    pub here: Here<'a>,
    /// What is shown.
    pub state: ResultsState<'a>,
}

/// What the page shows.
#[derive(Clone, Copy, Debug)]
pub enum ResultsState<'a> {
    /// The organizers show results once they publish a report.
    Hidden,
    /// Results may be seen, but there is no report yet.
    Awaited,
    /// A report.
    Shown {
        /// The report.
        report: &'a Report,
        /// The instant up to which votes are counted.
        as_of: Timestamp,
        /// The position of the ledger up to which votes are counted.
        position: Position,
        /// Whether more votes may still come in.
        is_live: bool,
    },
}
