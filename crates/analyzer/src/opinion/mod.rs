//! Opinion groups: participants who vote alike, what sets each group apart and what crosses all of them.
//!
//! Owns the way from the sparse votes to positions, groups and lists, by the method of Polis (Small et al.
//! 2021), with a test against shuffled votes before any group is shown. Every formula: docs/METHOD.md, "Opinion
//! groups". Must not know how a report is rendered.

mod bridging;
mod clusters;
mod components;
mod given;
mod group_votes;
mod groups;
mod lanczos;
mod limits;
mod map;
mod matrix;
mod parallel;
mod positions;
mod representative;
mod results;
mod silhouette;
mod stand;
mod structure;
#[cfg(test)]
mod tests;
mod tridiagonal;

use gd_domain::{ModerationStatus, ProposalNumber, Slug};

pub use given::GivenGroups;
pub use representative::Direction;
pub use results::{
    Bridge, Bridging, GroupResult, GroupShare, Grouping, Majority, MapCell, OpinionGroups, OpinionMap,
    Projection, RepresentativeResult,
};
pub use stand::{Stand, where_do_i_stand};
pub use structure::Structure;

pub(crate) use bridging::{bridge, lists};
pub(crate) use group_votes::ColumnCounts;
pub(crate) use limits::limits;

use crate::analyze::PEOPLE_SHOWN_MIN;
use crate::rounding::{rounded, rounded_score};
use crate::{Method, MethodKind, VoteTable};
use components::{Centred, Components};
use group_votes::{NO_GROUP, group_informed_consensus, priority};
use matrix::Matrix;
use positions::{Point, Stretch, nearest};

/// Products of cells that the search for components may take, and how many passes that is at least and most.
const PASS_CELLS_MAX: usize = 600_000_000;
const PASSES_MIN: usize = 24;
const PASSES_MAX: usize = 400;

/// Which proposals are columns, in the order of the report.
pub(crate) struct Columns<'a> {
    /// Their places among the table's cards, ascending.
    pub(crate) places: &'a [usize],
    /// Those that everybody counts as having seen and nobody as having an opinion on.
    pub(crate) set_aside: &'a [bool],
}

/// What the votes say of groups, by the place of a proposal among the columns.
#[derive(Default)]
pub(crate) struct Opinions {
    pub(crate) projection: Option<Projection>,
    pub(crate) grouping: Option<Grouping>,
    pub(crate) groups: Vec<GroupResult>,
    /// Counts of each of the groups.
    pub(crate) votes: Vec<ColumnCounts>,
    pub(crate) measures: Vec<Measures>,
    pub(crate) majority: Majority,
    pub(crate) map: Option<OpinionMap>,
}

/// Polis' figures of one proposal; the latter two need groups.
#[derive(Clone, Copy)]
pub(crate) struct Measures {
    pub(crate) extremity: f64,
    pub(crate) group_informed_consensus: Option<f64>,
    pub(crate) priority: Option<f64>,
}

/// The opinion groups of a table's published proposals, without anything else that a report says.
#[must_use]
pub fn opinion_groups(table: &VoteTable, method: &Method) -> OpinionGroups {
    let is_published = |place: &usize| table.cards()[*place].status == ModerationStatus::Published;
    let places: Vec<usize> = (0..table.cards().len()).filter(is_published).collect();
    let columns = Columns { places: &places, set_aside: &vec![false; places.len()] };
    let Opinions { groups, grouping, majority, projection, map, .. } = study(table, &columns, method);
    OpinionGroups { groups, grouping, majority, projection, opinion_map: map }
}

/// Positions, groups and lists of these columns.
pub(crate) fn study(table: &VoteTable, columns: &Columns<'_>, method: &Method) -> Opinions {
    let matrix = Matrix::of(table, columns.places);
    if matrix.rows() == 0 {
        return Opinions::default();
    }
    let counts = matrix.counts();
    let majority = majority(table, columns, &counts);
    let voted: Vec<bool> = counts.iter().map(|column| *column != [0; 3]).collect();
    let structure = match table.given_groups() {
        Some(_) => None,
        None => structure::structure(&matrix, columns.set_aside, method.seed),
    };
    let centred = Centred::of(&matrix, &counts, columns.set_aside);
    let components = centred.components(passes_max(matrix.cell_count()));
    let stretch = Stretch::of(columns.set_aside, &voted);
    let positions = positions::of_participants(&matrix, &centred, &components, &stretch);
    let placed = placed(table, &matrix, positions, &stretch, structure, method);
    let votes = group_votes::count(&matrix, &placed.group_of, placed.names.len());
    let extremities = positions::of_columns(&components, &stretch).into_iter().map(positions::length);
    let groups = described(table, columns, &placed, &votes);
    Opinions {
        projection: Some(projection(components)),
        grouping: Some(placed.grouping),
        measures: extremities.enumerate().map(|(column, one)| Measures::of(&votes, column, one)).collect(),
        map: map::map(&placed.points, &groups),
        groups,
        votes,
        majority,
    }
}

fn passes_max(cells: usize) -> usize {
    (PASS_CELLS_MAX / cells.max(1)).clamp(PASSES_MIN, PASSES_MAX)
}

fn majority(table: &VoteTable, columns: &Columns<'_>, counts: &ColumnCounts) -> Majority {
    let numbers =
        |listed: Vec<usize>| listed.into_iter().map(|column| columns.number(table, column)).collect();
    let [agree, disagree] = representative::majority(counts, columns.set_aside);
    Majority { agree: numbers(agree), disagree: numbers(disagree) }
}

/// Participants with their positions and groups.
struct Placed {
    /// Positions of those looked at.
    points: Vec<Point>,
    /// The group of each row of the matrix.
    group_of: Vec<u8>,
    names: Vec<Slug>,
    sizes: Vec<u64>,
    centers: Vec<Point>,
    grouping: Grouping,
}

fn placed(
    table: &VoteTable,
    matrix: &Matrix,
    positions: Vec<Point>,
    stretch: &Stretch,
    structure: Option<Structure>,
    method: &Method,
) -> Placed {
    let votes_min = stretch.votes_min();
    let mut grouping = Grouping { given: false, votes_min, participants: 0, silhouette: None, structure };
    let (names, group_of, points) = if let Some(given) = table.given_groups() {
        grouping.given = true;
        // Polis lists whatever groups there are; what our own report shows has five people at least.
        let people_min = if method.kind == MethodKind::Polis { 1 } else { PEOPLE_SHOWN_MIN };
        let (names, group_of) = given.of_rows(matrix.participants(), people_min);
        let rows = positions.iter().zip(&group_of).filter(|(_, group)| **group != NO_GROUP);
        let points = rows.map(|(point, _)| *point).collect();
        (names, group_of, points)
    } else {
        let looked_at = |row: usize| matrix.row(row).len() >= votes_min;
        let points: Vec<Point> = positions
            .iter()
            .enumerate()
            .filter(|(row, _)| looked_at(*row))
            .map(|(_, point)| *point)
            .collect();
        let people_min = usize::try_from(PEOPLE_SHOWN_MIN).unwrap_or(usize::MAX);
        let found = structure
            .filter(|structure| structure.found)
            .and_then(|_| groups::partition(&points, people_min, method.seed));
        grouping.silhouette = found.as_ref().map(|found| rounded(found.silhouette));
        let centers = found.map_or_else(Vec::new, |found| found.centers);
        let group = |row: usize, point: Point| {
            if centers.is_empty() || !looked_at(row) { NO_GROUP } else { small(nearest(&centers, point).0) }
        };
        let group_of = positions.iter().enumerate().map(|(row, &point)| group(row, point)).collect();
        ((0..centers.len()).map(letter).collect(), group_of, points)
    };
    let (sizes, centers) = means(&positions, &group_of, names.len());
    grouping.participants = points.len();
    Placed { points, group_of, names, sizes, centers, grouping }
}

/// People and mean position of each group.
#[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
fn means(positions: &[Point], group_of: &[u8], groups: usize) -> (Vec<u64>, Vec<Point>) {
    let parts = parallel::map(parallel::ranges(positions.len()), |range| {
        let mut sums = vec![(0_u64, [0.0; 2]); groups];
        for row in range.filter(|&row| group_of[row] != NO_GROUP) {
            let (size, sum) = &mut sums[usize::from(group_of[row])];
            *size += 1;
            *sum = [sum[0] + positions[row][0], sum[1] + positions[row][1]];
        }
        sums
    });
    let mut all = vec![(0_u64, [0.0; 2]); groups];
    for part in &parts {
        for ((size, sum), (more, moved)) in all.iter_mut().zip(part) {
            *size += more;
            *sum = [sum[0] + moved[0], sum[1] + moved[1]];
        }
    }
    all.into_iter().map(|(size, sum)| (size, sum.map(|part| rounded(part / size.max(1) as f64)))).unzip()
}

fn described(
    table: &VoteTable,
    columns: &Columns<'_>,
    placed: &Placed,
    votes: &[ColumnCounts],
) -> Vec<GroupResult> {
    let group = |place: usize| {
        let listed = representative::representatives(votes, place, columns.set_aside).into_iter();
        GroupResult {
            id: placed.names[place].clone(),
            size: placed.sizes[place],
            center: placed.centers[place],
            representative: listed
                .map(|one| RepresentativeResult {
                    proposal: columns.number(table, one.column),
                    direction: one.direction,
                    score: rounded(one.score),
                })
                .collect(),
        }
    };
    parallel::map((0..placed.names.len()).collect(), group)
}

fn projection(components: Components) -> Projection {
    let Components { center, vectors, strengths, total, converged } = components;
    let printed = |numbers: Vec<f64>| numbers.into_iter().map(rounded_score).collect();
    Projection {
        center: printed(center),
        components: vectors.map(printed),
        explained: strengths.map(|strength| if total > 0.0 { rounded(strength / total) } else { 0.0 }),
        converged,
    }
}

impl Measures {
    fn of(votes: &[ColumnCounts], column: usize, extremity: f64) -> Self {
        let among_groups = |value: f64| (!votes.is_empty()).then(|| rounded(value));
        Self {
            extremity: rounded(extremity),
            group_informed_consensus: among_groups(group_informed_consensus(votes, column)),
            priority: among_groups(priority(votes, column, extremity)),
        }
    }
}

impl Columns<'_> {
    fn number(&self, table: &VoteTable, column: usize) -> ProposalNumber {
        table.cards()[self.places[column]].number
    }
}

/// The name of the group found at this place: a, b, c…
fn letter(place: usize) -> Slug {
    let letter = char::from(b'a' + small(place));
    letter.to_string().parse().expect("a letter is a short name")
}

fn small(place: usize) -> u8 {
    u8::try_from(place).expect("there are five groups at most")
}
