//! The spread of attention over the proposals: votes, and exposures where they were counted.

use gd_domain::{Channel, ModerationStatus};
use gd_report::{Exposure, ProposalResult};

use crate::VoteTable;
use crate::rounding::rounded;

/// From so many ballots on a proposal counts as covered.
pub const COVERED_BALLOTS_MIN: u64 = 30;

/// The channels whose cards are drawn, and counted as they are shown.
const DRAWN: [Channel; 2] = [Channel::Sequence, Channel::Widget];

/// The spread over these proposals, which are the table's published ones.
pub(crate) fn exposure(table: &VoteTable, proposals: &[ProposalResult]) -> Exposure {
    let ballots = proposals.iter().map(|proposal| proposal.counts.total()).collect::<Vec<_>>();
    let covered = ballots.iter().filter(|&&ballots| ballots >= COVERED_BALLOTS_MIN).count() as u64;
    let exposures = proposals.iter().map(|proposal| proposal.exposures).collect::<Option<Vec<u64>>>();
    let exposures = exposures.filter(|exposures| !exposures.is_empty());
    let shown = exposures.as_ref().map(|exposures| exposures.iter().sum::<u64>());
    Exposure {
        covered,
        coverage: share(covered, ballots.len() as u64).map_or(0.0, rounded),
        gini_ballots: gini(ballots),
        shown,
        gini_exposures: exposures.map(gini),
        response_rate: shown
            .and_then(|shown| share(answers(table), shown))
            .filter(|rate| *rate <= 1.0)
            .map(rounded),
    }
}

/// Standing ballots on published cards that were drawn for a participant, here or in a widget.
fn answers(table: &VoteTable) -> u64 {
    let columns = &table.columns;
    let published: Vec<bool> =
        table.cards().iter().map(|card| card.status == ModerationStatus::Published).collect();
    if columns.channel.all_same().is_some_and(|channel| !DRAWN.contains(&channel)) {
        return 0;
    }
    let is_answer =
        |row: &usize| DRAWN.contains(&columns.channel.at(*row)) && published[columns.proposal[*row] as usize];
    (0..columns.len()).filter(is_answer).count() as u64
}

#[expect(clippy::cast_precision_loss, reason = "counts of people and cards are far below 2^52")]
fn share(part: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}

/// 2·Σᵢ i·xᵢ / (n·Σx) − (n + 1)/n with the values in increasing order; 0 of nothing.
fn gini(mut values: Vec<u64>) -> f64 {
    values.sort_unstable();
    let count = values.len() as u64;
    let all: u64 = values.iter().sum();
    let ranked: u128 = (1..).zip(&values).map(|(rank, &value): (u128, _)| rank * u128::from(value)).sum();
    // In whole numbers up to the one division: exact whatever the sizes.
    let above = (2 * ranked).saturating_sub(u128::from(count + 1) * u128::from(all));
    let below = u128::from(count) * u128::from(all);
    if below == 0 { 0.0 } else { rounded(ratio(above, below)) }
}

#[expect(clippy::cast_precision_loss, reason = "a ratio to nine decimals needs no more than 53 bits")]
fn ratio(above: u128, below: u128) -> f64 {
    above as f64 / below as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::float_cmp, reason = "rounded figures are exact")]
    fn the_gini_coefficient_matches_cases_done_by_hand() {
        assert_eq!(gini(vec![]), 0.0);
        assert_eq!(gini(vec![0, 0, 0]), 0.0);
        assert_eq!(gini(vec![7, 7, 7, 7]), 0.0);
        assert_eq!(gini(vec![0, 0, 0, 9]), 0.75);
        // Mean difference of all pairs over twice the mean: (1 + 2 + 1)·2/9 / (2·2).
        assert_eq!(gini(vec![3, 1, 2]), rounded(2.0 / 9.0));
        assert_eq!(gini(vec![u64::from(u32::MAX); 3]), 0.0);
    }
}
