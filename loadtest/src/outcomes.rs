//! Outcomes of ballots, by count.

use std::collections::BTreeMap;

use serde::Serialize;

/// Counts of ballots; they add up.
#[derive(Clone, Default, Serialize)]
pub(crate) struct Outcomes {
    /// Acknowledged, and the voter's first on the proposal.
    pub(crate) first_on_the_proposal: u64,
    /// Acknowledged, and a change of an earlier one.
    pub(crate) changes: u64,
    /// Retractions that were acknowledged.
    pub(crate) retractions: u64,
    /// Refused, by code.
    pub(crate) refused: BTreeMap<String, u64>,
    /// Nobody knows whether they were recorded, after all repeats.
    pub(crate) unknown: u64,
}

impl Outcomes {
    pub(crate) fn acknowledged(&self) -> u64 {
        self.first_on_the_proposal + self.changes
    }

    /// Ballots that are done with, one way or the other.
    pub(crate) fn ballots(&self) -> u64 {
        self.acknowledged() + self.refused() + self.unknown
    }

    pub(crate) fn refused(&self) -> u64 {
        self.refused.values().sum()
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.first_on_the_proposal += other.first_on_the_proposal;
        self.changes += other.changes;
        self.retractions += other.retractions;
        self.unknown += other.unknown;
        for (code, count) in &other.refused {
            *self.refused.entry(code.clone()).or_default() += count;
        }
    }
}
