//! The group of each participant, given or found, and the mean position of each group.
#![expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]

use gd_domain::Slug;
use gd_report::{Grouping, MethodKind, Structure};
use rayon::prelude::*;

use super::groups;
use super::matrix::Matrix;
use super::positions::{Point, Stretch, nearest};
use crate::Method;
use crate::audience::PEOPLE_SHOWN_MIN;
use crate::given_groups::GivenGroups;
use crate::given_groups::NO_GROUP;
use crate::partition;
use crate::rounding::rounded;

/// Participants with their groups.
pub(super) struct Placement {
    /// Positions of those in a group, or among whom groups were looked for.
    pub(super) points: Vec<Point>,
    /// The group of each row of the matrix.
    pub(super) group_of: Vec<u8>,
    pub(super) names: Vec<Slug>,
    pub(super) sizes: Vec<u64>,
    pub(super) centers: Vec<Point>,
    pub(super) grouping: Grouping,
}

impl Placement {
    /// Groups taken as they are. Polis lists whatever groups there are; what our own report shows has five
    /// people at least.
    pub(super) fn given(
        given: &GivenGroups,
        matrix: &Matrix,
        positions: &[Point],
        stretch: &Stretch,
        method: &Method,
    ) -> Self {
        let people_min = if method.kind == MethodKind::Polis { 1 } else { PEOPLE_SHOWN_MIN };
        let (names, group_of) = given.of_rows(matrix.participants(), people_min);
        let points = chosen(positions, |row| group_of[row] != NO_GROUP);
        let grouping = Grouping {
            given: true,
            votes_min: stretch.votes_min() as u64,
            participants: points.len() as u64,
            silhouette: None,
            structure: None,
        };
        Self::with_means(points, group_of, names, positions, grouping)
    }

    /// Groups found among those with enough votes, if the votes have structure.
    pub(super) fn found(
        matrix: &Matrix,
        positions: &[Point],
        stretch: &Stretch,
        structure: Option<Structure>,
        seed: u64,
    ) -> Self {
        let votes_min = stretch.votes_min();
        let is_placed = |row: usize| matrix.row(row).len() >= votes_min;
        let points = chosen(positions, is_placed);
        let people_min = usize::try_from(PEOPLE_SHOWN_MIN).unwrap_or(usize::MAX);
        let has_structure = structure.is_some_and(|structure| structure.found);
        let found = if has_structure { groups::partition(&points, people_min, seed) } else { None };
        let grouping = Grouping {
            given: false,
            votes_min: votes_min as u64,
            participants: points.len() as u64,
            silhouette: found.as_ref().map(|found| rounded(found.silhouette)),
            structure,
        };
        let centers = found.map_or_else(Vec::new, |found| found.centers);
        let group = |row: usize| {
            if centers.is_empty() || !is_placed(row) {
                NO_GROUP
            } else {
                small(nearest(&centers, positions[row]).0)
            }
        };
        let parts: Vec<_> = partition::ranges(positions.len())
            .into_par_iter()
            .map(|rows| rows.map(group).collect::<Vec<u8>>())
            .collect();
        let names = (0..centers.len()).map(letter).collect();
        Self::with_means(points, parts.concat(), names, positions, grouping)
    }

    fn with_means(
        points: Vec<Point>,
        group_of: Vec<u8>,
        names: Vec<Slug>,
        positions: &[Point],
        grouping: Grouping,
    ) -> Self {
        let (sizes, centers) = means(positions, &group_of, names.len());
        Self { points, group_of, names, sizes, centers, grouping }
    }
}

fn chosen(positions: &[Point], is_chosen: impl Fn(usize) -> bool + Sync) -> Vec<Point> {
    let parts: Vec<_> = partition::ranges(positions.len())
        .into_par_iter()
        .map(|rows| rows.filter(|&row| is_chosen(row)).map(|row| positions[row]).collect::<Vec<Point>>())
        .collect();
    parts.concat()
}

/// People and mean position of each group.
fn means(positions: &[Point], group_of: &[u8], groups: usize) -> (Vec<u64>, Vec<Point>) {
    let parts: Vec<_> = partition::ranges(positions.len())
        .into_par_iter()
        .map(|range| {
            let mut sums = vec![(0_u64, [0.0; 2]); groups];
            for row in range.filter(|&row| group_of[row] != NO_GROUP) {
                let (size, sum) = &mut sums[usize::from(group_of[row])];
                *size += 1;
                *sum = [sum[0] + positions[row][0], sum[1] + positions[row][1]];
            }
            sums
        })
        .collect();
    let mut all = vec![(0_u64, [0.0; 2]); groups];
    for part in &parts {
        for ((size, sum), (more, moved)) in all.iter_mut().zip(part) {
            *size += more;
            *sum = [sum[0] + moved[0], sum[1] + moved[1]];
        }
    }
    all.into_iter().map(|(size, sum)| (size, sum.map(|part| rounded(part / size.max(1) as f64)))).unzip()
}

/// The name of the group found at this place: a, b, c…
fn letter(place: usize) -> Slug {
    let letter = char::from(b'a' + small(place));
    letter.to_string().parse().expect("a letter is a short name")
}

fn small(place: usize) -> u8 {
    u8::try_from(place).expect("there are five groups at most")
}
