//! The method of a report: its kind, its seed and its thresholds, all in one place.

use gd_domain::Thresholds;
use gd_report::{ClaimRule, IdeaRule, MethodKind};

use crate::ShortlistSize;

/// Everything besides the votes that decides what a report says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Method {
    /// The kind of method that leads.
    pub kind: MethodKind,
    /// The seed of random draws: the shuffled votes that opinion groups are compared with, and the first centres of
    /// groups.
    pub seed: u64,
    /// The regions of the labels.
    pub thresholds: Thresholds,
    /// When a label may be claimed.
    pub claim_rule: ClaimRule,
    /// The number of entries of the shortlist.
    pub shortlist_size: ShortlistSize,
    /// When two proposals are one idea.
    pub idea_rule: IdeaRule,
}

impl Method {
    /// A method with the thresholds and the claim rule of docs/METHOD.md.
    #[must_use]
    pub fn new(kind: MethodKind, seed: u64) -> Self {
        Self { kind, seed, ..Self::default() }
    }
}
