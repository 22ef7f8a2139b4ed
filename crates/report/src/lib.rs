//! The types of `report.json`, written once: the analyzer writes them, pages and files for people read them.
//!
//! Owns the names, the order and the defaults of the fields. The order of the fields in a struct is their order in
//! the file, and the bytes are part of the contract: anybody can recompute a report and compare. A field that older
//! reports lack has a default, so that a stored report can always be read.
//!
//! Knows the words of `gd-domain`. Must not know how a figure is computed (`gd-analyzer`) or shown (`gd-pages`).

mod exposure;
mod ideas;
mod integrity;
mod labels;
mod make_org;
mod method;
mod opinion;
mod proposal;
mod report;
mod shares;
mod shortlist;
mod weighting;

pub use exposure::Exposure;
pub use ideas::{IdeaResult, IdeaRule, IdeaSource};
pub use integrity::{Alike, Burst, ChannelGap, Integrity, LabelChange};
pub use labels::{Change, ClaimRule, Claims, Dirichlet, Fragility, Prior};
pub use make_org::{Score, Scores, Zone};
pub use method::MethodKind;
pub use opinion::{
    Bridge, Bridging, Direction, GroupResult, GroupShare, Grouping, Majority, MapCell, OpinionMap,
    Projection, RepresentativeResult, Structure,
};
pub use proposal::{AudienceResult, ProposalResult};
pub use report::{AnalysedInput, Input, Report};
pub use shares::{Counts, Share, Shares};
pub use shortlist::{GroupClaim, ShortlistAudit, ShortlistBasis, ShortlistEntry};
pub use weighting::{MarginResult, Weighted, Weighting};
