//! The triangle: every proposal between agree, disagree and neutral.
//!
//! Disagree is at the left, agree at the right, neutral at the top, as on the buttons people press. When there are
//! many, neighbours share a mark, larger for more proposals. Nothing is left out, and the drawing stays small
//! whatever the consultation.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use askama::Template;
use gd_domain::{Label, Thresholds};
use gd_report::ProposalResult;

use super::point::{HEIGHT, LEFT, Point, SIDE, TOP};
use super::regions::{self, Region};
use super::short;
use crate::report::view::ProposalView as _;

/// More proposals than this are gathered in marks.
const SINGLE_MAX: usize = 1_200;
/// Places from one corner to the next where they are gathered.
const GATHERED_STEPS: f64 = 40.0;
/// Sizes of gathered marks.
const SIZES: u32 = 6;
/// Half the width of the greatest gathered mark: neighbours hardly touch.
const GATHERED_RADIUS: f64 = 5.5;

/// From one line of names to the next.
const NAME_LINE: f64 = 24.0;

/// From the triangle to a number beside it, and from one number to the next.
const CALLOUT_DISTANCE: f64 = 19.0;
const CALLOUT_STEP: f64 = 21.0;
/// Least and greatest place of a number along a side: the names of the corners are beyond.
const CALLOUT_LIMITS: (f64, f64) = (50.0, SIDE - 50.0);

/// The drawing as SVG.
#[derive(Debug, Template)]
#[template(path = "report/pictures/triangle.svg")]
pub(crate) struct Triangle {
    title: String,
    description: String,
    /// Words at the corners: disagree, agree, neutral.
    corners: [String; 3],
    regions: Vec<DrawnRegion>,
    marks: Vec<DrawnMarks>,
    callouts: Vec<DrawnCallout>,
    /// The number of proposals in the drawing.
    pub(crate) drawn: u64,
    /// The number of proposals that the greatest mark stands for.
    pub(crate) most_in_a_mark: u64,
}

#[derive(Debug)]
struct DrawnRegion {
    label: Label,
    outline: String,
    name: Option<(String, String, String)>,
}

/// All marks of one label and size, as one path.
#[derive(Debug)]
struct DrawnMarks {
    label: Label,
    outline: String,
    /// Width of the line of marks that are drawn as points.
    width: String,
    /// Width of the hole of marks that are rings.
    hole: String,
}

/// A proposal pointed out by a number beside the triangle.
#[derive(Debug)]
struct DrawnCallout {
    label: Label,
    number: usize,
    from: (String, String),
    to: (String, String),
    base: String,
}

/// The words in and around the drawing.
pub(crate) struct Words {
    pub(crate) title: String,
    pub(crate) description: String,
    /// At the corners: disagree, agree, neutral.
    pub(crate) corners: [String; 3],
    /// The names of regions.
    pub(crate) names: BTreeMap<Label, String>,
}

impl Triangle {
    /// The drawing of these proposals; those `pointed_out` get numbers, 1 first.
    pub(crate) fn new(
        words: Words,
        thresholds: Option<Thresholds>,
        proposals: &[&ProposalResult],
        pointed_out: &[&ProposalResult],
    ) -> Self {
        let placed: Vec<(Label, Point)> = proposals
            .iter()
            .filter_map(|proposal| Some((proposal.shown_label(), Point::of(proposal)?)))
            .collect();
        let gathered = if placed.len() <= SINGLE_MAX { single(&placed) } else { gather(&placed) };
        let most_in_a_mark = gathered.iter().map(|mark| mark.proposals).max().unwrap_or(0);
        let regions = thresholds.map(regions::regions).unwrap_or_default();
        Self {
            regions: regions.iter().map(|region| draw_region(region, &words.names)).collect(),
            marks: draw_marks(&gathered, placed.len()),
            callouts: callouts(pointed_out),
            drawn: placed.len() as u64,
            most_in_a_mark,
            title: words.title,
            description: words.description,
            corners: words.corners,
        }
    }
}

/// A mark and the proposals it stands for.
struct Mark {
    label: Label,
    at: Point,
    proposals: u64,
}

fn single(placed: &[(Label, Point)]) -> Vec<Mark> {
    placed.iter().map(|&(label, at)| Mark { label, at, proposals: 1 }).collect()
}

/// One mark for all proposals of a label in a cell of the triangle, in their middle.
#[expect(clippy::cast_possible_truncation, reason = "shares are between 0 and 1")]
fn gather(placed: &[(Label, Point)]) -> Vec<Mark> {
    let mut cells: BTreeMap<(Label, i32, i32), (f64, f64, u32)> = BTreeMap::new();
    for (label, point) in placed {
        let cell = |share: f64| (share * GATHERED_STEPS).round() as i32;
        let sums = cells.entry((*label, cell(point.agree), cell(point.disagree))).or_default();
        *sums = (sums.0 + point.agree, sums.1 + point.disagree, sums.2 + 1);
    }
    let mark = |((label, _, _), (agree, disagree, count)): (&(Label, i32, i32), &(f64, f64, u32))| {
        let count_of = f64::from(*count);
        Mark {
            label: *label,
            at: Point { agree: agree / count_of, disagree: disagree / count_of },
            proposals: u64::from(*count),
        }
    };
    cells.iter().map(mark).collect()
}

/// Draws the least important marks first, so that the others lie over them.
#[expect(clippy::cast_precision_loss, reason = "counts of proposals, far below 2^53")]
fn draw_marks(marks: &[Mark], proposals: usize) -> Vec<DrawnMarks> {
    let most = marks.iter().map(|mark| mark.proposals).max().unwrap_or(1);
    let mut paths: BTreeMap<(std::cmp::Reverse<Label>, u32), String> = BTreeMap::new();
    for mark in marks {
        let size = if most == 1 { SIZES } else { size(mark.proposals as f64 / most as f64) };
        let radius = radius(size, most, proposals);
        let (x, y) = mark.at.place();
        paths
            .entry((std::cmp::Reverse(mark.label), size))
            .or_default()
            .push_str(&shape(mark.label, x, y, radius));
    }
    let drawn = |((label, size), outline): ((std::cmp::Reverse<Label>, u32), String)| {
        let radius = radius(size, most, proposals);
        DrawnMarks { label: label.0, outline, width: short(radius * 2.0), hole: short(radius) }
    };
    paths.into_iter().map(drawn).collect()
}

/// Areas are as the numbers they stand for, in [`SIZES`] steps.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and the number of sizes"
)]
fn size(part: f64) -> u32 {
    ((part.sqrt() * f64::from(SIZES)).ceil() as u32).clamp(1, SIZES)
}

/// Half the width of a mark: single ones the smaller the more there are.
fn radius(size: u32, most: u64, proposals: usize) -> f64 {
    match proposals {
        _ if most > 1 => GATHERED_RADIUS * f64::from(size) / f64::from(SIZES),
        0..=60 => 5.0,
        61..=250 => 3.8,
        251..=600 => 3.0,
        _ => 2.4,
    }
}

/// A mark as part of a path: a point that its line makes round, or an outline to be filled.
fn shape(label: Label, x: f64, y: f64, radius: f64) -> String {
    let at = |across: f64, down: f64| format!("M{} {}", short(x + across), short(y + down));
    let r = short(radius);
    match label {
        Label::Consensus | Label::Undetermined => format!("{}h0", at(0.0, 0.0)),
        Label::Controversy => {
            let r = short(radius * 1.25);
            format!("{}l{r} {r}-{r} {r}-{r}-{r}z", at(0.0, -radius * 1.25))
        }
        Label::Rejection => {
            let side = short(radius * 1.8);
            format!("{}h{side}v{side}h-{side}z", at(-radius * 0.9, -radius * 0.9))
        }
        Label::Indifference => {
            format!("{}l{r} {}h-{}z", at(0.0, -radius), short(radius * 1.8), short(radius * 2.0))
        }
        Label::Mixed => format!("{}l{r}-{}h-{}z", at(0.0, radius), short(radius * 1.8), short(radius * 2.0)),
    }
}

fn draw_region(region: &Region, names: &BTreeMap<Label, String>) -> DrawnRegion {
    let mut outline = String::new();
    for polygon in &region.polygons {
        for (place, point) in polygon.iter().enumerate() {
            let (x, y) = point.place();
            let command = if place == 0 { 'M' } else { 'L' };
            write!(outline, "{command}{} {}", short(x), short(y))
                .expect("writing into a string does not fail");
        }
        outline.push('z');
    }
    let name = region.middle.and_then(|middle| {
        let (x, y) = middle.place();
        // Neighbours on the base stand on different lines: together they would not fit.
        let line = match region.label {
            Label::Mixed => -NAME_LINE,
            Label::Controversy => NAME_LINE,
            _ => 0.0,
        };
        Some((short(x), short(y + line), names.get(&region.label)?.clone()))
    });
    DrawnRegion { label: region.label, outline, name }
}

/// The side of the triangle along which a label's numbers stand: its start, its direction, and the way out.
fn side_of(label: Label) -> ((f64, f64), (f64, f64), (f64, f64)) {
    let (slope_x, slope_y) = (0.5, -HEIGHT / SIDE);
    match label {
        Label::Rejection => ((LEFT, TOP + HEIGHT), (slope_x, slope_y), (slope_y, -slope_x)),
        Label::Controversy | Label::Mixed | Label::Undetermined => {
            ((LEFT, TOP + HEIGHT), (1.0, 0.0), (0.0, 1.0))
        }
        Label::Consensus | Label::Indifference => {
            ((LEFT + SIDE, TOP + HEIGHT), (-slope_x, slope_y), (-slope_y, -slope_x))
        }
    }
}

/// A proposal to point out: its label and number, its place, and the distance of that along its side.
struct Callout {
    label: Label,
    number: usize,
    from: (f64, f64),
    along: f64,
}

/// Numbers stand outside, each beside its proposal as near as the others let it.
fn callouts(pointed_out: &[&ProposalResult]) -> Vec<DrawnCallout> {
    let mut sides: BTreeMap<(i8, i8), Vec<Callout>> = BTreeMap::new();
    for (number, proposal) in (1..).zip(pointed_out) {
        let Some(point) = Point::of(proposal) else { continue };
        let label = proposal.shown_label();
        let (start, direction, _) = side_of(label);
        let from = point.place();
        let along = (from.0 - start.0) * direction.0 + (from.1 - start.1) * direction.1;
        let side = (signum(direction.0), signum(direction.1));
        sides.entry(side).or_default().push(Callout { label, number, from, along });
    }
    let mut drawn: Vec<DrawnCallout> = sides.into_values().flat_map(one_side).collect();
    drawn.sort_by_key(|callout| callout.number);
    drawn
}

fn one_side(mut callouts: Vec<Callout>) -> Vec<DrawnCallout> {
    callouts.sort_by(|one, other| one.along.total_cmp(&other.along).then(one.number.cmp(&other.number)));
    let along: Vec<f64> = callouts.iter().map(|callout| callout.along).collect();
    let places = apart(&along, CALLOUT_STEP, CALLOUT_LIMITS);
    let draw = |(Callout { label, number, from, .. }, along): (Callout, f64)| {
        let (start, direction, out) = side_of(label);
        let x = start.0 + direction.0 * along + out.0 * CALLOUT_DISTANCE;
        let y = start.1 + direction.1 * along + out.1 * CALLOUT_DISTANCE;
        DrawnCallout {
            label,
            number,
            from: (short(from.0), short(from.1)),
            to: (short(x), short(y)),
            base: short(y + 4.4),
        }
    };
    callouts.into_iter().zip(places).map(draw).collect()
}

/// Moves places, given in increasing order, at least `step` apart within the limits. A sweep up and one down keep
/// each near its own place.
fn apart(places_along: &[f64], step: f64, (least, most): (f64, f64)) -> Vec<f64> {
    let mut places = Vec::with_capacity(places_along.len());
    let mut free = least;
    for place in places_along {
        let taken = place.max(free);
        places.push(taken);
        free = taken + step;
    }
    let mut limit = most;
    for place in places.iter_mut().rev() {
        *place = place.min(limit);
        limit = *place - step;
    }
    places
}

#[expect(clippy::cast_possible_truncation, reason = "-1, 0 or 1")]
fn signum(value: f64) -> i8 {
    if value == 0.0 { 0 } else { value.signum() as i8 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corners_are_where_they_are_said_to_be() {
        let place = |agree, disagree| {
            let (x, y) = Point { agree, disagree }.place();
            (short(x), short(y))
        };
        assert_eq!(place(0.0, 1.0), ("44".into(), "298.2".into()));
        assert_eq!(place(1.0, 0.0), ("356".into(), "298.2".into()));
        assert_eq!(place(0.0, 0.0), ("200".into(), "28".into()));
    }

    #[test]
    fn numbers_keep_apart_and_within_their_side() {
        assert_eq!(apart(&[10.0, 11.0, 50.0], 20.0, (0.0, 100.0)), [10.0, 30.0, 50.0]);
        assert_eq!(apart(&[90.0, 95.0, 99.0], 20.0, (0.0, 100.0)), [60.0, 80.0, 100.0]);
    }

    #[test]
    fn many_proposals_are_gathered_and_none_is_lost() {
        let place = |number: u32| {
            let share = f64::from(number % 1_000) / 2_000.0;
            (Label::Mixed, Point { agree: share, disagree: 0.5 - share })
        };
        let placed: Vec<(Label, Point)> = (0..50_000).map(place).collect();
        let marks = gather(&placed);
        assert_eq!(marks.iter().map(|mark| mark.proposals).sum::<u64>(), 50_000);
        assert!(marks.len() < 50, "{}", marks.len());
    }
}
