//! The opinion map: participants on the plane of opinions. Each square has a mark, larger for more people; each
//! group has a soft shape and its name. No square stands for fewer than five people.

use std::collections::BTreeMap;

use askama::Template;
use gd_domain::Slug;
use gd_report::{GroupResult, MapCell, OpinionMap};

use super::short;

/// The drawing as SVG.
#[derive(Debug, Template)]
#[template(path = "report/pictures/opinion_map.svg")]
pub(crate) struct DrawnMap {
    title: String,
    description: String,
    width: String,
    height: String,
    /// Width of the soft line around each group.
    margin: String,
    groups: Vec<DrawnGroup>,
    /// Somebody's own place with its name, where one is shown.
    place: Option<(String, String, String)>,
    scale: Scale,
}

#[derive(Debug)]
struct DrawnGroup {
    tone: String,
    hull: String,
    /// x, y and radius of each square's mark.
    cells: Vec<(String, String, String)>,
    /// Its name and where it stands.
    name: Option<(String, String, String)>,
}

/// The longer side of the drawing, in its own units.
const EXTENT: f64 = 400.0;
/// Room around one's own place, in the drawing's units.
const PLACE_ROOM: f64 = 22.0;
/// Room around the squares, in squares.
const ROOM: f64 = 1.5;

/// From the plane to the drawing.
#[derive(Debug)]
struct Scale {
    left: f64,
    top: f64,
    by: f64,
}

impl Scale {
    fn place(&self, x: f64, y: f64) -> (f64, f64) {
        ((x - self.left) * self.by, (self.top - y) * self.by)
    }
}

impl DrawnMap {
    /// The drawing of a map; `tone` and `letter` say how a group is coloured and called. None of an empty map.
    pub(crate) fn new(
        (title, description): (String, String),
        map: &OpinionMap,
        groups: &[GroupResult],
        tone: impl Fn(Option<&Slug>) -> String,
        letter: impl Fn(&Slug) -> String,
    ) -> Option<Self> {
        let reach = |value: fn(&MapCell) -> f64| {
            map.cells.iter().map(value).fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            })
        };
        let ((left, right), (bottom, top)) = (reach(|cell| cell.x), reach(|cell| cell.y));
        let room = map.side * ROOM;
        let (width, height) = (right - left + 2.0 * room, top - bottom + 2.0 * room);
        if !(width.is_finite() && height.is_finite() && map.side > 0.0) {
            return None;
        }
        let by = EXTENT / width.max(height);
        let scale = Scale { left: left - room, top: top + room, by };
        let most = map.cells.iter().map(|cell| cell.size).max()?;
        let mut by_group: BTreeMap<Option<&Slug>, Vec<&MapCell>> = BTreeMap::new();
        for cell in &map.cells {
            by_group.entry(cell.group.as_ref()).or_default().push(cell);
        }
        let draw = |(id, cells): (Option<&Slug>, Vec<&MapCell>)| {
            let center = groups.iter().find(|group| Some(&group.id) == id).map(|group| group.center);
            let name = center.zip(id).map(|([x, y], id)| {
                let (x, y) = scale.place(x, y);
                (short(x), short(y), letter(id))
            });
            draw_group(&scale, tone(id), &cells, map.side * by / 2.0, most, name)
        };
        let groups = by_group.into_iter().map(draw).collect();
        Some(Self {
            title,
            description,
            width: short(width * by),
            height: short(height * by),
            margin: short(map.side * by * 1.5),
            groups,
            place: None,
            scale,
        })
    }

    /// The same with somebody's own place; one beyond the drawing is shown at its edge.
    pub(crate) fn with_place(self, [x, y]: [f64; 2], name: String) -> Self {
        let inside = |value: f64, side: &str| {
            let side = side.parse().unwrap_or(EXTENT);
            value.clamp(PLACE_ROOM, f64::max(side - PLACE_ROOM, PLACE_ROOM))
        };
        let (x, y) = self.scale.place(x, y);
        let place = (short(inside(x, &self.width)), short(inside(y, &self.height)), name);
        Self { place: Some(place), ..self }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of people, far below 2^53")]
fn draw_group(
    scale: &Scale,
    tone: String,
    cells: &[&MapCell],
    half_side: f64,
    most: u64,
    name: Option<(String, String, String)>,
) -> DrawnGroup {
    let drawn = |cell: &&MapCell| {
        let (x, y) = scale.place(cell.x, cell.y);
        // Areas are as the numbers of people.
        (short(x), short(y), short((half_side * (cell.size as f64 / most as f64).sqrt()).max(0.8)))
    };
    let points = cells.iter().map(|cell| scale.place(cell.x, cell.y)).collect();
    DrawnGroup { tone, hull: outline(&hull(points)), cells: cells.iter().map(drawn).collect(), name }
}

/// The convex hull, by Andrew's monotone chains.
fn hull(mut points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    points.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
    points.dedup();
    if points.len() < 3 {
        return points;
    }
    let mut lower = chain(points.iter().copied());
    let mut upper = chain(points.iter().rev().copied());
    lower.pop();
    upper.pop();
    lower.append(&mut upper);
    lower
}

fn chain(points: impl Iterator<Item = (f64, f64)>) -> Vec<(f64, f64)> {
    let mut chain: Vec<(f64, f64)> = Vec::new();
    for point in points {
        while let [.., before, last] = chain[..]
            && (last.0 - before.0) * (point.1 - before.1) <= (last.1 - before.1) * (point.0 - before.0)
        {
            chain.pop();
        }
        chain.push(point);
    }
    chain
}

fn outline(points: &[(f64, f64)]) -> String {
    let place = |(x, y): &(f64, f64)| format!("{} {}", short(*x), short(*y));
    let places: Vec<String> = points.iter().map(place).collect();
    match places.as_slice() {
        [] => String::new(),
        // A line of no length, which its round end makes visible.
        [only] => format!("M{only}h0"),
        several => format!("M{}z", several.join("L")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hull_holds_the_outer_points_only() {
        let points = vec![(0.0, 0.0), (2.0, 0.0), (1.0, 1.0), (2.0, 2.0), (0.0, 2.0), (1.0, 0.0)];
        assert_eq!(hull(points), [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)]);
        assert_eq!(hull(vec![(1.0, 1.0), (1.0, 1.0)]), [(1.0, 1.0)]);
        assert_eq!(outline(&[(1.0, 1.0)]), "M1 1h0");
    }

    #[test]
    fn a_place_of_ones_own_stays_inside_the_drawing() {
        let cell = |x, y| MapCell { x, y, size: 5, group: None };
        let map = OpinionMap { side: 1.0, cells: vec![cell(0.0, 0.0), cell(17.0, 7.0)], not_shown: 0 };
        let words = || (String::new(), String::new());
        let drawn = || DrawnMap::new(words(), &map, &[], |_| String::new(), |_| String::new()).unwrap();
        let at = |place| drawn().with_place(place, "You".into()).place.map(|(x, y, _)| (x, y)).unwrap();
        assert_eq!(at([8.5, 3.5]), ("200".to_owned(), "100".to_owned()));
        assert_eq!(at([900.0, -900.0]), ("378".to_owned(), "178".to_owned()));
    }

    #[test]
    fn an_empty_map_draws_nothing() {
        let map = OpinionMap { side: 1.0, cells: Vec::new(), not_shown: 3 };
        let words = || (String::new(), String::new());
        assert!(DrawnMap::new(words(), &map, &[], |_| String::new(), |_| String::new()).is_none());
    }
}
