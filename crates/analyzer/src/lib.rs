//! Statistics over a vote table: same input and seed, same bytes out.
//!
//! Owns the way from standing ballots to a [`Report`]: counts, shares with their intervals, labels with
//! the probability that they are right, and sentences on what the data cannot show. Every formula is derived
//! in docs/METHOD.md under the names used here.
//!
//! Knows the words of `gd-domain`, asks `gd-likeness` which texts say the same, and knows nothing else: no files, no database, no clock, no unseeded draw.
//!
//! ```
//! use gd_analyzer::{Method, MethodKind, VoteTable, analyze, render_text};
//!
//! let table = VoteTable::new(Vec::new(), Vec::new(), []).expect("an empty table is a table");
//! let report = analyze(&table, &Method::new(MethodKind::Calibrated, 0));
//! assert!(render_text(&report).contains("No proposal is published"));
//! ```

mod analyze;
mod audience;
mod digest;
mod exposure;
mod given_groups;
mod ideas;
mod integrity;
mod interval;
mod labels;
mod limits;
mod make_org;
mod method;
mod opinion;
mod participant_card;
mod partition;
mod rounding;
#[cfg(test)]
mod sampling;
mod shortlist;
mod table;
mod tallies;
mod text;
mod weighting;

pub use analyze::analyze;
pub use exposure::COVERED_BALLOTS_MIN;
pub use gd_domain::{Label, Thresholds};
pub use gd_report::{
    Alike, AnalysedInput, AudienceResult, Bridge, Bridging, Burst, Change, ChannelGap, ClaimRule, Claims,
    Counts, Direction, Dirichlet, Exposure, Fragility, GroupClaim, GroupResult, GroupShare, Grouping,
    IdeaResult, IdeaRule, IdeaSource, Input, Integrity, LabelChange, Majority, MapCell, MarginResult,
    MethodKind, OpinionMap, Prior, Projection, ProposalResult, Report, RepresentativeResult, Score, Scores,
    Share, Shares, ShortlistAudit, ShortlistBasis, ShortlistEntry, Structure, Weighted, Weighting, Zone,
};
pub use given_groups::GivenGroups;
pub use labels::assess::{Verdict, label_counts};
pub use make_org::{CountSet, make_org_scores, make_org_zone};
pub use method::Method;
pub use opinion::{OpinionGroups, Stand, opinion_groups, where_do_i_stand};
pub use participant_card::ParticipantCard;
pub use shortlist::{ShortlistSize, ShortlistSizeError};
pub use table::{ProposalCard, TableError, VoteTable};
pub use text::render_text;
pub use weighting::{Margin, Population, PopulationError, weigh};
