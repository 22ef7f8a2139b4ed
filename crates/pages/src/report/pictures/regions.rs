//! The regions of the labels on the triangle of agree, disagree and neutral, as polygons.
//!
//! They are painted one over the other in the order the definition decides: what is a consensus is painted last,
//! so that what remains of a region is what the definition leaves to it.

use gd_domain::{Label, Thresholds};

use super::point::Point;

/// A label's polygons, some of which lie below those of labels painted later.
#[derive(Debug)]
pub(crate) struct Region {
    pub(crate) label: Label,
    pub(crate) polygons: Vec<Vec<Point>>,
    /// The middle of what is seen of it, on the right half where it has two.
    pub(crate) middle: Option<Point>,
}

/// The half plane where `constant + agree·a + disagree·d` is at least 0.
#[derive(Clone, Copy)]
struct HalfPlane {
    constant: f64,
    agree: f64,
    disagree: f64,
}

/// Steps from one corner of the triangle to the next when looking for the middles of regions.
const STEPS: u32 = 60;

/// The regions in the order they are painted.
pub(crate) fn regions(thresholds: Thresholds) -> Vec<Region> {
    let share = |percent: u8| f64::from(percent) / 100.0;
    let at_least = |agree: f64, disagree: f64, constant: f64| HalfPlane { constant, agree, disagree };
    let mirrored = |planes: &[HalfPlane]| -> Vec<HalfPlane> {
        planes
            .iter()
            .map(|plane| HalfPlane { agree: plane.disagree, disagree: plane.agree, ..*plane })
            .collect()
    };
    let gap = share(thresholds.split_gap_percent);
    let side = share(thresholds.split_side_percent);
    let split = [
        at_least(1.0, 0.0, -side),
        at_least(0.0, 1.0, -side),
        at_least(1.0, -1.0, gap),
        at_least(-1.0, 1.0, gap),
    ];
    let indifferent = [at_least(-1.0, -1.0, 1.0 - share(thresholds.neutral_percent))];
    let by_majority = [
        at_least(1.0, 0.0, -share(thresholds.majority_percent)),
        at_least(0.0, -1.0, share(thresholds.opposition_percent)),
    ];
    let by_few = [
        at_least(1.0, 1.0, share(thresholds.neutral_percent) - 1.0),
        at_least(0.0, -1.0, share(thresholds.hardly_any_percent)),
    ];
    [
        (Label::Mixed, vec![vec![]]),
        (Label::Controversy, vec![split.to_vec()]),
        (Label::Indifference, vec![indifferent.to_vec()]),
        (Label::Rejection, vec![mirrored(&by_majority), mirrored(&by_few)]),
        (Label::Consensus, vec![by_majority.to_vec(), by_few.to_vec()]),
    ]
    .into_iter()
    .map(|(label, parts)| {
        let polygons: Vec<Vec<Point>> =
            parts.iter().map(|planes| polygon(planes)).filter(|polygon| polygon.len() > 2).collect();
        Region { label, polygons, middle: middle(thresholds, label) }
    })
    .filter(|region| !region.polygons.is_empty())
    .collect()
}

/// The part of the triangle that lies in every half-plane: each cuts off what is outside (Sutherland and Hodgman).
fn polygon(planes: &[HalfPlane]) -> Vec<Point> {
    let corners = vec![
        Point { agree: 0.0, disagree: 1.0 },
        Point { agree: 1.0, disagree: 0.0 },
        Point { agree: 0.0, disagree: 0.0 },
    ];
    planes.iter().fold(corners, |polygon, plane| cut(&polygon, *plane))
}

fn cut(polygon: &[Point], plane: HalfPlane) -> Vec<Point> {
    let height = |point: &Point| plane.constant + plane.agree * point.agree + plane.disagree * point.disagree;
    let edges = polygon.iter().zip(polygon.iter().cycle().skip(1));
    edges
        .flat_map(|(from, to)| {
            let (start, end) = (height(from), height(to));
            let kept = (start >= 0.0).then_some(*from);
            let crossed = ((start < 0.0) != (end < 0.0)).then(|| from.towards(*to, start / (start - end)));
            [kept, crossed]
        })
        .flatten()
        .collect()
}

/// The mean of the points of a fine grid that have this label; of what lies on both sides, the right side's.
fn middle(thresholds: Thresholds, label: Label) -> Option<Point> {
    let step = 1.0 / f64::from(STEPS);
    let (mut count, mut agree, mut disagree) = (0.0, 0.0, 0.0);
    for (for_it, against) in
        (0..=STEPS).flat_map(|a| (0..=STEPS - a).map(move |d| (f64::from(a), f64::from(d))))
    {
        let point = Point { agree: for_it * step, disagree: against * step };
        let is_on_side = label != Label::Mixed || point.agree > point.disagree;
        if is_on_side && thresholds.label_at(point.agree, point.disagree).as_str() == label.as_str() {
            count += 1.0;
            agree += point.agree;
            disagree += point.disagree;
        }
    }
    (count > 0.0).then(|| Point { agree: agree / count, disagree: disagree / count })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_inside(polygon: &[Point], point: Point) -> bool {
        let turns = polygon.iter().zip(polygon.iter().cycle().skip(1)).map(|(from, to)| {
            (to.agree - from.agree) * (point.disagree - from.disagree)
                - (to.disagree - from.disagree) * (point.agree - from.agree)
        });
        let turns: Vec<f64> = turns.collect();
        turns.iter().all(|turn| *turn >= 0.0) || turns.iter().all(|turn| *turn <= 0.0)
    }

    #[test]
    fn the_last_region_painted_at_a_point_is_its_label() {
        for thresholds in [
            Thresholds::default(),
            Thresholds { neutral_percent: 30, majority_percent: 70, ..Thresholds::default() },
        ] {
            let regions = regions(thresholds);
            for place in 0..2_000_u32 {
                // Points that fill the triangle evenly and lie on no border.
                let (one, other) = (f64::from(place) * 0.618_034 % 1.0, f64::from(place) * 0.754_878 % 1.0);
                let (agree, disagree) =
                    if one + other > 1.0 { (1.0 - one, 1.0 - other) } else { (one, other) };
                let point = Point { agree, disagree };
                let painted = regions
                    .iter()
                    .rev()
                    .find(|region| region.polygons.iter().any(|polygon| is_inside(polygon, point)));
                let expected = thresholds.label_at(agree, disagree);
                assert_eq!(painted.unwrap().label.as_str(), expected.as_str(), "at {agree} {disagree}");
            }
        }
    }

    #[test]
    fn a_regions_name_stands_inside_it() {
        let thresholds = Thresholds::default();
        for region in regions(thresholds) {
            let middle = region.middle.unwrap();
            let found = thresholds.label_at(middle.agree, middle.disagree);
            assert_eq!(found.as_str(), region.label.as_str());
        }
    }
}
