//! Opinion groups: participants who vote alike, what sets each group apart and what crosses all of them.
//!
//! Owns the way from the sparse votes to positions, groups and lists, by the method of Polis (Small et al.
//! 2021), with a test against shuffled votes before any group is shown. Every formula: docs/METHOD.md, "Opinion
//! groups". Must not know how a report is rendered.

mod bridging;
mod clusters;
mod components;
mod group_votes;
mod groups;
mod lanczos;
mod limits;
mod map;
mod matrix;
mod placing;
mod positions;
mod representative;
mod silhouette;
mod stand;
mod structure;
#[cfg(test)]
pub(crate) mod tests;
mod tridiagonal;

use gd_domain::{ItemNumber, ModerationStatus};
use gd_report::{GroupResult, Grouping, Majority, OpinionMap, Projection, RepresentativeResult, Structure};
use rayon::prelude::*;

use crate::rounding::{rounded, rounded_score};
use crate::{Method, VoteTable};
use components::{CentredMatrix, Components};
use group_votes::{group_informed_consensus, priority};
use matrix::Matrix;
use placing::Placement;
use positions::Stretch;

pub use stand::{Stand, where_do_i_stand};

pub(crate) use bridging::{bridge, lists};
pub(crate) use group_votes::ColumnCounts;
pub(crate) use limits::limits;

/// Products of cells that the search for components may take, and how many passes that is at least and most.
const PASS_CELLS_MAX: usize = 600_000_000;
const NOISE_CELLS_MAX: usize = 60_000_000;
const PASSES_MIN: usize = 24;
const PASSES_MAX: usize = 400;

/// The proposals that are columns, in the order of the report.
pub(crate) struct Columns<'a> {
    /// Their places among the table's cards, ascending.
    pub(crate) places: &'a [usize],
    /// Per column, whether it is moderated: then everybody counts as having seen it and nobody as having an opinion.
    pub(crate) set_aside: &'a [bool],
}

/// Everything found about groups; vectors have one entry per column.
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

/// The part of a report on opinion groups.
#[derive(Clone, Debug, PartialEq)]
pub struct OpinionGroups {
    /// The greatest group first.
    pub groups: Vec<GroupResult>,
    /// The origin of the groups, or the reason why there are none.
    pub grouping: Option<Grouping>,
    /// Proposals that most participants agree or disagree with.
    pub majority: Majority,
    /// The plane on which participants are placed.
    pub projection: Option<Projection>,
    /// The number of participants in each square of that plane.
    pub opinion_map: Option<OpinionMap>,
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
    let compared = match table.given_groups() {
        Some(_) => None,
        None => structure::structure(&matrix, columns.set_aside, method.seed),
    };
    let (structure, near) = compared.map(|found| (found.structure, found.direction)).unzip();
    let centred = CentredMatrix::of(&matrix, &counts, columns.set_aside);
    let components = centred.components(passes_max(matrix.cell_count(), structure), near);
    let stretch = Stretch::of(columns.set_aside, &voted);
    let positions = positions::of_participants(&matrix, &centred, &components, &stretch);
    let placed = match table.given_groups() {
        Some(given) => Placement::given(given, &matrix, &positions, &stretch, method),
        None => Placement::found(&matrix, &positions, &stretch, structure, method.seed),
    };
    let by_group = group_votes::count(&matrix, &placed.group_of, placed.names.len());
    let extremities = positions::of_columns(&components, &stretch).into_iter().map(positions::length);
    let groups = described(table, columns, &placed, &by_group);
    Opinions {
        projection: Some(projection(components)),
        grouping: Some(placed.grouping),
        measures: extremities.enumerate().map(|(column, one)| Measures::of(&by_group, column, one)).collect(),
        map: map::map(&placed.points, &groups),
        groups,
        votes: by_group,
        majority,
    }
}

/// The most passes that the search for components may take. Fewer without structure: then no number of passes tells
/// the directions of many votes apart.
fn passes_max(cells: usize, structure: Option<Structure>) -> usize {
    let cells_max = if structure.is_some_and(|one| !one.found) { NOISE_CELLS_MAX } else { PASS_CELLS_MAX };
    (cells_max / cells.max(1)).clamp(PASSES_MIN, PASSES_MAX)
}

fn majority(table: &VoteTable, columns: &Columns<'_>, counts: &ColumnCounts) -> Majority {
    let numbers =
        |listed: Vec<usize>| listed.into_iter().map(|column| columns.number(table, column)).collect();
    let [agree, disagree] = representative::majority(counts, columns.set_aside);
    Majority { agree: numbers(agree), disagree: numbers(disagree) }
}

fn described(
    table: &VoteTable,
    columns: &Columns<'_>,
    placed: &Placement,
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
    (0..placed.names.len()).into_par_iter().map(group).collect()
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
    fn number(&self, table: &VoteTable, column: usize) -> ItemNumber {
        table.cards()[self.places[column]].number
    }
}
