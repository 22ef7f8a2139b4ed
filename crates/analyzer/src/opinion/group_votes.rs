//! Counts by group, and measures of a proposal across groups.
#![expect(clippy::cast_precision_loss, reason = "counts of votes are far below 2^52")]

use rayon::prelude::*;

use super::matrix::{CHOICES, Matrix};
use crate::given_groups::NO_GROUP;

/// Agree, disagree, neutral of each column.
pub(crate) type ColumnCounts = Vec<[u64; CHOICES]>;

/// Most groups whose votes are counted in several parts at once.
const GROUPS_IN_PARTS_MAX: usize = 8;

/// The counts of each of `groups` groups; `group_of` has one entry a row.
pub(crate) fn count(matrix: &Matrix, group_of: &[u8], groups: usize) -> Vec<ColumnCounts> {
    let width = CHOICES * matrix.columns();
    let parts = if groups > GROUPS_IN_PARTS_MAX {
        std::iter::once(0..matrix.rows()).collect()
    } else {
        matrix.parts()
    };
    let counted: Vec<_> = parts
        .into_par_iter()
        .map(|rows| {
            let mut counts = vec![0_u32; groups * width];
            for row in rows.filter(|&row| group_of[row] != NO_GROUP) {
                let mine = &mut counts[usize::from(group_of[row]) * width..][..width];
                for &cell in matrix.row(row) {
                    mine[cell as usize] += 1;
                }
            }
            counts
        })
        .collect();
    let mut sums = vec![vec![[0; CHOICES]; matrix.columns()]; groups];
    for part in counted {
        let columns = sums.iter_mut().flatten().zip(part.as_chunks::<CHOICES>().0);
        for (sum, more) in columns {
            *sum = [0, 1, 2].map(|choice| sum[choice] + u64::from(more[choice]));
        }
    }
    sums
}

/// Agreement that every group shares: the product over groups of (A + 1) / (S + 2).
pub(crate) fn group_informed_consensus(groups: &[ColumnCounts], column: usize) -> f64 {
    groups.iter().map(|group| smoothed(group[column][0], group[column].iter().sum())).product()
}

/// Polis' priority: [(1 − p)(E + 1) · a · (1 + 8 · 2^(−S/5))]², with a, p the shares of agree and neutral in all
/// groups together, S their votes and E the extremity.
pub(crate) fn priority(groups: &[ColumnCounts], column: usize, extremity: f64) -> f64 {
    let sum = |choice: usize| groups.iter().map(|group| group[column][choice]).sum::<u64>();
    let seen = sum(0) + sum(1) + sum(2);
    let (agree, neutral) = (smoothed(sum(0), seen), smoothed(sum(2), seen));
    let new = 1.0 + 8.0 * (-(seen as f64) / 5.0).exp2();
    ((1.0 - neutral) * (extremity + 1.0) * agree * new).powi(2)
}

/// (x + 1) / (S + 2).
pub(crate) fn smoothed(count: u64, seen: u64) -> f64 {
    (count as f64 + 1.0) / (seen as f64 + 2.0)
}
