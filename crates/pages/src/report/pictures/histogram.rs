//! A histogram: proposals by their number of votes.

use askama::Template;
use gd_domain::Language;

use super::{across, em};
use crate::frame::words::number;

/// A drawing of columns on a scale of votes.
#[derive(Debug, Template)]
#[template(path = "report/pictures/histogram.svg")]
pub(crate) struct Histogram {
    title: String,
    description: String,
    columns: Vec<Column>,
    /// The upper end of the last column; empty where it equals the lower end.
    end: String,
}

/// A column of the histogram.
#[derive(Debug)]
struct Column {
    is_covered: bool,
    x: String,
    width: String,
    y: String,
    height: String,
    middle: String,
    count: String,
    count_y: String,
    /// The lower end on the scale; empty where there is no room for it.
    start: String,
}

/// Proposals whose votes lie between two borders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bin {
    pub(crate) votes_min: u64,
    pub(crate) votes_max: u64,
    pub(crate) proposals: u64,
}

/// From so many votes on a proposal counts as covered.
pub(crate) const COVERED_VOTES_MIN: u64 = 30;
/// Columns at most: more are too narrow for their figures on a phone.
const COLUMNS_MAX: u64 = 10;
/// Least ratio of most to fewest votes from which columns widen from each to the next.
const EVEN_FACTOR_MAX: u64 = 12;
/// Height of the highest column, in `em`.
const HEIGHT_EM: f64 = 9.0;
/// Above it stands its figure.
const TOP_EM: f64 = 1.4;
/// Above this number of columns every other start is written.
const STARTS_MAX: usize = 7;

/// The columns of these numbers of votes, which must be in increasing order: of equal width where the numbers are
/// alike, of growing width where a few proposals have many times the votes of most.
pub(crate) fn bins(sorted_votes: &[u64]) -> Vec<Bin> {
    let (Some(&least), Some(&most)) = (sorted_votes.first(), sorted_votes.last()) else { return Vec::new() };
    let typical = sorted_votes[sorted_votes.len() / 20];
    let starts = if most <= typical.max(1) * EVEN_FACTOR_MAX {
        even_starts(least, most)
    } else {
        growing_starts(most)
    };
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([u64::MAX]);
    let bin = |(&votes_min, end): (&u64, u64)| {
        let votes_max = if end == u64::MAX { most.max(votes_min) } else { end };
        let below = |limit: u64| sorted_votes.partition_point(|&votes| votes < limit) as u64;
        let proposals = sorted_votes.partition_point(|&votes| votes <= votes_max) as u64 - below(votes_min);
        Bin { votes_min, votes_max, proposals }
    };
    starts.iter().zip(ends).map(bin).collect()
}

/// Starts at multiples of a round width.
fn even_starts(least: u64, most: u64) -> Vec<u64> {
    let widths = (0..19).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_u64.pow(power)));
    let count = |width: u64| most / width - least / width + 1;
    let width = widths.into_iter().find(|&width| count(width) <= COLUMNS_MAX).unwrap_or(u64::MAX);
    (least / width..=most / width).map(|place| place * width).collect()
}

/// Starts at 0, 1, 3, 10, 30, 100…: the border of what is covered is one of them.
fn growing_starts(most: u64) -> Vec<u64> {
    let steps = (0..19).flat_map(|power| [1, 3].map(|digit| digit * 10_u64.pow(power)));
    let mut starts: Vec<u64> = std::iter::once(0).chain(steps).take_while(|&start| start <= most).collect();
    let surplus = (starts.len() as u64).saturating_sub(COLUMNS_MAX);
    // The least votes share a column where there are too many.
    starts.drain(1..=usize::try_from(surplus).unwrap_or(0));
    starts
}

impl Histogram {
    #[expect(clippy::cast_precision_loss, reason = "counts of proposals, far below 2^53")]
    pub(crate) fn new(language: Language, title: String, description: String, bins: &[Bin]) -> Self {
        let most = bins.iter().map(|bin| bin.proposals).max().unwrap_or(0).max(1) as f64;
        let step = 1.0 / bins.len().max(1) as f64;
        let every = if bins.len() > STARTS_MAX { 2 } else { 1 };
        let column = |(place, bin): (usize, &Bin)| {
            let left = place as f64 * step;
            let height = HEIGHT_EM * bin.proposals as f64 / most;
            let top = TOP_EM + HEIGHT_EM - height;
            Column {
                is_covered: bin.votes_min >= COVERED_VOTES_MIN,
                x: across(left + step * 0.05),
                width: across(step * 0.9),
                y: em(top),
                height: em(height),
                middle: across(left + step / 2.0),
                count: number(language, bin.proposals),
                count_y: em(top - 0.35),
                start: if place % every == 0 { number(language, bin.votes_min) } else { String::new() },
            }
        };
        let columns = bins.iter().enumerate().map(column).collect();
        let last = bins.last().filter(|bin| bin.votes_max > bin.votes_min);
        let end = last.map_or_else(String::new, |bin| number(language, bin.votes_max));
        Self { title, description, columns, end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(votes: &[u64]) -> Vec<(u64, u64, u64)> {
        bins(votes).iter().map(|bin| (bin.votes_min, bin.votes_max, bin.proposals)).collect()
    }

    #[test]
    fn numbers_alike_make_columns_of_one_width() {
        assert_eq!(
            spread(&[101, 104, 108, 112]),
            [
                (100, 101, 1),
                (102, 103, 0),
                (104, 105, 1),
                (106, 107, 0),
                (108, 109, 1),
                (110, 111, 0),
                (112, 112, 1)
            ]
        );
    }

    #[test]
    fn a_few_great_numbers_make_columns_that_grow() {
        assert_eq!(spread(&[0, 2, 29, 30, 45]), [(0, 0, 1), (1, 2, 1), (3, 9, 0), (10, 29, 1), (30, 45, 2)]);
    }

    #[test]
    fn every_proposal_is_in_one_column_and_columns_are_few() {
        for votes in [vec![], vec![0; 5], vec![7], (0..1_000).collect(), vec![0, 1, 1_000_000_000]] {
            let bins = bins(&votes);
            assert_eq!(bins.iter().map(|bin| bin.proposals).sum::<u64>(), votes.len() as u64);
            assert!(bins.len() as u64 <= COLUMNS_MAX, "{bins:?}");
        }
    }
}
