//! Server-rendered HTML and SVG from view structs, with the styles, scripts and translations of `web/`
//! embedded. Pure: the same view gives the same bytes.
//!
//! A page is one struct, one template, one file: fill the struct, call [`Page::to_html`]. Instants come in as
//! [`gd_domain::Timestamp`] and are written in the page's language; texts of people are escaped here and
//! nowhere else. This crate knows the domain's words and the report's types only: no HTTP, no engine, no clock.

mod frame;
mod public;
mod report;

pub use gd_report::{Counts, Report};

pub use frame::{
    ErrorPage, ErrorStory, Frame, Here, Page, QuotedProposal, assets, choose_language, is_time_zone,
};
pub use public::consultation::{HomePage, LandingPage, ListedConsultation, Notice, NoticePage};
pub use public::participants::{ANSWER_FIELD, DevicePage, DeviceState, ErasePage};
pub use public::proposals::{
    ExploreFilter, ExplorePage, ExploreSort, ListedProposal, ProposalPage, ProposePage, ProposedPage,
};
pub use public::results::{ResultsPage, ResultsState, StandPage};
pub use public::voting::{
    AnsweredCard, Card, MyProposal, MyVote, Totals, VoteNotice, VotePage, VoteState, VotesPage, WidgetPage,
    WidgetState,
};
pub use report::{Provenance, ReportDocument, ReportFile};
