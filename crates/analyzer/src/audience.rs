//! The voice of one part of the participants, an audience or an opinion group, and the rule that hides small cells.
//!
//! A cell is the ballots of one audience on one proposal. Cells with fewer than [`PEOPLE_SHOWN_MIN`] people are
//! suppressed, and so is the cell by which one of them could be computed.

use std::collections::BTreeMap;

use gd_domain::Slug;
use gd_report::{AudienceResult, ClaimRule};

use crate::Label;
use crate::interval::Intervals;
use crate::labels::assess::Assessment;

/// Cells with fewer people are suppressed.
pub(crate) const PEOPLE_SHOWN_MIN: u64 = 5;

/// An audience with a ballot on any published proposal, or an opinion group.
pub(crate) struct Audience {
    pub(crate) id: Slug,
    /// Agree, disagree, neutral; one entry per published proposal.
    pub(crate) counts: Vec<[u64; 3]>,
    pub(crate) assessment: Assessment,
    /// Per published proposal, whether the cell is in the report.
    shown: Vec<bool>,
}

impl Audience {
    pub(crate) fn of(id: Slug, counts: Vec<[u64; 3]>, assessment: Assessment) -> Self {
        let shown = counts.iter().map(|cell| people(cell) >= PEOPLE_SHOWN_MIN).collect();
        Self { id, counts, assessment, shown }
    }

    /// Whether the audience is large enough on this proposal to be named.
    pub(crate) fn is_enough(&self, row: usize) -> bool {
        people(&self.counts[row]) >= PEOPLE_SHOWN_MIN
    }

    /// Whether the audience disagrees more than it agrees, with a probability above the rule's.
    pub(crate) fn opposes(&self, row: usize, rule: ClaimRule) -> bool {
        let opposed = self.assessment.probability_more_disagree(self.counts[row]);
        self.is_enough(row) && opposed > f64::from(rule.opposed_percent) / 100.0
    }

    /// Whether a consensus may hold in the audience: its own votes allow it, or are too few to tell.
    pub(crate) fn may_share(&self, row: usize, rule: ClaimRule) -> bool {
        let claims_another = !matches!(self.assessment.label(row), Label::Consensus | Label::Undetermined);
        let unlikely =
            self.assessment.judgements[row].consensus <= f64::from(rule.not_shared_percent) / 100.0;
        !self.is_enough(row) || !(claims_another || unlikely)
    }
}

/// Suppresses the smallest cell shown where a suppressed one could be found by subtraction: fewer than
/// [`PEOPLE_SHOWN_MIN`] of all `total` ballots on the proposal are outside the cells shown.
pub(crate) fn withhold(audiences: &mut [Audience], row: usize, total: u64) {
    let shown: u64 = audiences.iter().filter(|one| one.shown[row]).map(|one| people(&one.counts[row])).sum();
    let is_small = |one: &Audience| (1..PEOPLE_SHOWN_MIN).contains(&people(&one.counts[row]));
    if total - shown < PEOPLE_SHOWN_MIN && audiences.iter().any(is_small) {
        let others = audiences.iter_mut().filter(|one| one.shown[row]);
        if let Some(smallest) = others.min_by_key(|one| people(&one.counts[row])) {
            smallest.shown[row] = false;
        }
    }
}

/// The cells shown of one proposal, by the audience's name.
pub(crate) fn by_audience(
    audiences: &[Audience],
    row: usize,
    intervals: &mut Intervals,
) -> BTreeMap<Slug, AudienceResult> {
    let shown = audiences.iter().filter(|audience| audience.shown[row]);
    let mut describe_one = |audience: &Audience| AudienceResult {
        counts: audience.counts[row].into(),
        shares: intervals.shares(audience.counts[row]),
        label: audience.assessment.label(row),
    };
    shown.map(|audience| (audience.id.clone(), describe_one(audience))).collect()
}

/// The names of the audiences that meet a condition.
pub(crate) fn named(audiences: &[Audience], condition: impl Fn(&Audience) -> bool) -> Vec<Slug> {
    audiences.iter().filter(|audience| condition(audience)).map(|audience| audience.id.clone()).collect()
}

/// People behind a cell: a participant has at most one standing ballot on a proposal.
fn people(counts: &[u64; 3]) -> u64 {
    counts.iter().sum()
}
