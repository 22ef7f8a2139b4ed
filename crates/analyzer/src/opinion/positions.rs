//! Positions of participants and proposals on the two components.
//!
//! Few votes move a participant less than many would: the projection is stretched by √(C / n), with n of C
//! proposals seen. See docs/METHOD.md, "Opinion groups".
#![expect(clippy::cast_precision_loss, reason = "counts of votes are far below 2^52")]

use rayon::prelude::*;

use super::components::{COMPONENTS, CentredMatrix, Components};
use super::matrix::{CHOICES, Matrix};
use crate::partition;

/// A place on the two components.
pub(crate) type Point = [f64; COMPONENTS];

/// Votes from which on a participant is placed in a group, where there are as many proposals.
const VOTES_MIN: usize = 7;

/// The factors that stretch positions.
#[derive(Clone, Debug)]
pub(crate) struct Stretch {
    /// Columns with a vote, those set aside included.
    columns: usize,
    set_aside: Vec<bool>,
    /// Columns set aside: everybody counts as having seen them.
    seen_by_all: usize,
}

impl Stretch {
    pub(crate) fn of(set_aside: &[bool], voted: &[bool]) -> Self {
        let columns = voted.iter().filter(|one| **one).count();
        let seen_by_all = set_aside.iter().filter(|one| **one).count();
        Self { columns, set_aside: set_aside.to_vec(), seen_by_all }
    }

    /// Votes a participant needs for a group.
    pub(crate) fn votes_min(&self) -> usize {
        VOTES_MIN.min(self.columns).max(1)
    }

    fn factor(&self, cells: &[u32]) -> f64 {
        let beside = if self.seen_by_all == 0 {
            0
        } else {
            cells.iter().filter(|&&cell| self.set_aside[cell as usize / CHOICES]).count()
        };
        stretch(self.columns, cells.len() - beside + self.seen_by_all)
    }
}

/// √(C / max(n, 1)).
pub(crate) fn stretch(columns: usize, seen: usize) -> f64 {
    (columns as f64 / seen.max(1) as f64).sqrt()
}

/// The position of every row.
pub(crate) fn of_participants(
    matrix: &Matrix,
    centred: &CentredMatrix<'_>,
    components: &Components,
    by: &Stretch,
) -> Vec<Point> {
    let [first, second] = components.vectors.each_ref().map(|vector| centred.weights(vector));
    let weights: Vec<Point> = first.into_iter().zip(second).map(|(x, y)| [x, y]).collect();
    let mut positions = vec![[0.0; COMPONENTS]; matrix.rows()];
    let pieces = partition::pieces(&mut positions, matrix.parts());
    pieces.into_par_iter().for_each(|(rows, piece)| {
        for (row, position) in rows.zip(piece) {
            let cells = matrix.row(row);
            let mut sum = [0.0; COMPONENTS];
            for &cell in cells {
                let weight = weights[cell as usize];
                sum = [sum[0] + weight[0], sum[1] + weight[1]];
            }
            let factor = by.factor(cells);
            *position = [sum[0] * factor, sum[1] * factor];
        }
    });
    positions
}

/// The position of each column, that of somebody who agreed with it and saw nothing else.
pub(crate) fn of_columns(components: &Components, by: &Stretch) -> Vec<Point> {
    let factor = stretch(by.columns, 1);
    let [first, second] = &components.vectors;
    let parts = components.center.iter().zip(first.iter().zip(second));
    parts.map(|(center, (x, y))| [x, y].map(|part| factor * (1.0 - center) * part)).collect()
}

/// Distance from the middle.
pub(crate) fn length(point: Point) -> f64 {
    (point[0] * point[0] + point[1] * point[1]).sqrt()
}

pub(crate) fn squared_distance(one: Point, other: Point) -> f64 {
    let (x, y) = (one[0] - other[0], one[1] - other[1]);
    x * x + y * y
}

/// The nearest of some places, the first of equally near ones.
///
/// # Panics
/// Without a place.
pub(crate) fn nearest(places: &[Point], point: Point) -> (usize, f64) {
    let mut best = (0, squared_distance(places[0], point));
    for (place, &at) in places.iter().enumerate().skip(1) {
        let distance = squared_distance(at, point);
        if distance < best.1 {
            best = (place, distance);
        }
    }
    best
}
