//! Server-rendered HTML and SVG from view structs, with the styles, scripts and translations of `web/`
//! embedded. Pure: the same view gives the same bytes.
//!
//! A page is one struct, one template, one file: fill the struct, call [`Page::to_html`]. Instants come in as
//! [`gd_domain::Timestamp`] and are written in the page's language; texts of people are escaped here and
//! nowhere else. This crate knows the domain's words only: no HTTP, no engine, no clock.

pub mod assets;
mod dates;
mod device;
mod erase;
mod error;
mod explore;
mod figures;
mod frame;
mod here;
mod home;
mod landing;
mod notice;
mod pictures;
mod proposal;
mod propose;
mod proposed;
mod questions;
mod quoted;
mod report;
mod report_document;
mod results;
mod share_chart;
mod stand;
mod story;
mod vote;
mod votes;
mod widget;
mod words;

pub use dates::is_time_zone;
pub use device::{DevicePage, DeviceState};
pub use erase::ErasePage;
pub use error::{ErrorPage, ErrorStory};
pub use explore::{ExploreFilter, ExplorePage, ExploreSort, ListedProposal};
pub use frame::{Frame, Page};
pub use here::Here;
pub use home::{HomePage, ListedConsultation};
pub use landing::LandingPage;
pub use notice::{Notice, NoticePage};
pub use proposal::{ProposalPage, Totals};
pub use propose::ProposePage;
pub use proposed::ProposedPage;
pub use questions::ANSWER_FIELD;
pub use quoted::QuotedProposal;
pub use report::{
    AudienceVoice, Bridge, Bridging, Claims, Counts, Exposure, GroupClaim, GroupShare, Grouping, Idea,
    Interval, Label, MapCell, Margin, OpinionGroup, OpinionMap, Projection, Report, ReportInput,
    ReportedProposal, Representative, Shares, ShortlistAudit, ShortlistBasis, ShortlistEntry, Side,
    Structure, Weighted, Weighting,
};
pub use report_document::ReportDocument;
pub use results::{ResultsPage, ResultsState};
pub use stand::StandPage;
pub use vote::{Answered, Card, VoteNotice, VotePage, VoteState};
pub use votes::{MyProposal, MyVote, VotesPage};
pub use widget::{WidgetPage, WidgetState};
pub use words::choose_language;
