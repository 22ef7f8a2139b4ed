//! The opinion map: participants counted in squares, none of fewer than five people.
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of people are far below 2^52; a square's place is bounded by the extent of the map"
)]

use gd_domain::Slug;
use gd_report::{GroupResult, MapCell, OpinionMap};

use super::positions::{Point, nearest};
use crate::audience::PEOPLE_SHOWN_MIN;
use crate::rounding::{rounded, significant};

/// Squares from the middle to the edge, from the finest map to the coarsest.
const HALF_SIDES: [i64; 8] = [16, 12, 9, 7, 5, 4, 3, 2];

/// The most participants, in percent, that a map may leave out before a coarser one is taken.
const NOT_SHOWN_PERCENT_MAX: u64 = 15;

/// Positions that the extent is read from; of more, every so-manieth.
const EXTENT_POINTS_MAX: usize = 20_000;

/// The map of these positions; none where it would show nobody.
pub(crate) fn map(points: &[Point], groups: &[GroupResult]) -> Option<OpinionMap> {
    let extent = extent(points);
    if extent <= 0.0 {
        return None;
    }
    let maps =
        HALF_SIDES.iter().map(|&half| counted(points, significant(extent / half as f64), half, groups));
    let mut last = None;
    for map in maps {
        let shows_enough = map.not_shown * 100 <= points.len() as u64 * NOT_SHOWN_PERCENT_MAX;
        last = Some(map);
        if shows_enough {
            break;
        }
    }
    last.filter(|map| !map.cells.is_empty())
}

/// From the middle to where 99 of a hundred participants lie, on the wider of the two axes.
fn extent(points: &[Point]) -> f64 {
    let step = points.len().div_ceil(EXTENT_POINTS_MAX).max(1);
    let widest = |point: &Point| point[0].abs().max(point[1].abs());
    let mut reach: Vec<f64> = points.iter().step_by(step).map(widest).collect();
    reach.sort_by(f64::total_cmp);
    reach.get(reach.len() * 99 / 100).copied().unwrap_or(0.0)
}

fn counted(points: &[Point], side: f64, half: i64, groups: &[GroupResult]) -> OpinionMap {
    let place = |part: f64| ((part / side).floor() as i64).clamp(-half, half - 1);
    let width = 2 * half;
    let mut grid = vec![0_u64; (width * width) as usize];
    for point in points {
        let at = (place(point[1]) + half) * width + place(point[0]) + half;
        grid[at as usize] += 1;
    }
    let centers: Vec<Point> = groups.iter().map(|group| group.center).collect();
    let cell = |(at, size): (i64, u64)| {
        let middle = [at % width, at / width].map(|place| rounded(((place - half) as f64 + 0.5) * side));
        let group: Option<Slug> =
            (!centers.is_empty()).then(|| groups[nearest(&centers, middle).0].id.clone());
        MapCell { x: middle[0], y: middle[1], size, group }
    };
    let shown = (0_i64..).zip(grid).filter(|(_, size)| *size >= PEOPLE_SHOWN_MIN);
    let cells: Vec<MapCell> = shown.map(cell).collect();
    let not_shown = points.len() as u64 - cells.iter().map(|cell| cell.size).sum::<u64>();
    OpinionMap { side, cells, not_shown }
}
