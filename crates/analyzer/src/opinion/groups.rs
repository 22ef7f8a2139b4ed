//! Groups of participants who lie near each other: how many, and where their centres are.
//!
//! As Polis does it, base clusters first and groups of these by the best mean silhouette; then the centres are
//! moved until no participant's group would change. Knows positions only.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::clusters::{Clusters, WeightedPoints};
use super::positions::{Point, nearest};
use super::silhouette::mean_silhouette;
use crate::partition;

/// Base clusters at most.
const BASE_MAX: usize = 100;

/// Participants that base clusters are made of; of more, every so-manieth.
const BASE_POINTS_MAX: usize = 8_192;

/// Lloyd's rounds that make base clusters.
const BASE_ROUNDS_MAX: usize = 100;

/// Groups at most.
const GROUPS_MAX: usize = 5;

/// Base clusters for every group beyond the second.
const BASE_PER_GROUP: usize = 12;

/// Lloyd's rounds and starts that make groups of base clusters.
const GROUP_ROUNDS_MAX: usize = 20;
const GROUP_STARTS: usize = 16;

/// Participants up to whom the last rounds have starts of their own beside the base clusters' result.
const STARTED_POINTS_MAX: usize = 50_000;

/// The number of those starts.
const POINT_STARTS: usize = 8;

/// Last rounds over all participants, of a few and of many.
const LAST_ROUNDS_FEW_MAX: usize = 300;
const LAST_ROUNDS_MANY_MAX: usize = 12;

/// Groups by their centres.
#[derive(Clone, Debug)]
pub(crate) struct Partition {
    pub(crate) centers: Vec<Point>,
    /// Mean silhouette over base clusters, weighted by their people.
    pub(crate) silhouette: f64,
    /// Sum over the participants of the squared distance to their centre.
    #[cfg_attr(not(test), expect(dead_code, reason = "tests compare it with other partitions"))]
    pub(crate) inertia: f64,
}

/// The best partition in which every group has at least `people_min` people; none if no k gives one.
pub(crate) fn partition(points: &[Point], people_min: usize, seed: u64) -> Option<Partition> {
    let base = Base::of(points, seed);
    let k_max = GROUPS_MAX.min(2 + base.centers.len() / BASE_PER_GROUP);
    let mut candidates: Vec<_> = (2..=k_max).filter_map(|k| base.groups(k, seed)).collect();
    // Stable: of equally good ones the fewer groups come first.
    candidates.sort_by(|one, other| other.silhouette.total_cmp(&one.silhouette));
    let finished = candidates.into_iter().map(|one| finish(points, one, seed));
    finished.into_iter().find(|one| sizes(points, &one.centers).iter().all(|size| *size >= people_min))
}

/// The best partition into `k` groups.
#[cfg(test)]
pub(crate) fn partition_into(points: &[Point], k: usize, seed: u64) -> Option<Partition> {
    Base::of(points, seed).groups(k, seed).map(|found| finish(points, found, seed))
}

/// People nearest to each centre.
fn sizes(points: &[Point], centers: &[Point]) -> Vec<usize> {
    let counted: Vec<_> = partition::ranges(points.len())
        .into_par_iter()
        .map(|range| {
            let mut sizes = vec![0; centers.len()];
            for point in &points[range] {
                sizes[nearest(centers, *point).0] += 1;
            }
            sizes
        })
        .collect();
    let sum =
        |all: Vec<usize>, part: Vec<usize>| all.iter().zip(part).map(|(one, more)| one + more).collect();
    counted.into_iter().fold(vec![0; centers.len()], sum)
}

/// Base clusters with their people.
struct Base {
    centers: Vec<Point>,
    weights: Vec<f64>,
}

impl Base {
    fn of(points: &[Point], seed: u64) -> Self {
        let step = points.len().div_ceil(BASE_POINTS_MAX).max(1);
        let sample: Vec<Point> = points.iter().copied().step_by(step).collect();
        let mut centers = distinct(&sample, BASE_MAX);
        if centers.len() > BASE_MAX {
            let mut generator = generator(seed, BASE_MAX);
            let weighted = WeightedPoints::once(&sample);
            centers = weighted.clusters(BASE_MAX, 1, BASE_ROUNDS_MAX, &mut generator).centers;
        }
        let mut weights = vec![0.0; centers.len()];
        for &point in &sample {
            weights[nearest(&centers, point).0] += 1.0;
        }
        Self { centers, weights }
    }

    /// Groups of base clusters; none when fewer than `k` have people.
    fn groups(&self, k: usize, seed: u64) -> Option<Partition> {
        if self.centers.len() < k {
            return None;
        }
        let weighted = WeightedPoints { points: &self.centers, weights: Some(&self.weights) };
        let found = weighted.clusters(k, GROUP_STARTS, GROUP_ROUNDS_MAX, &mut generator(seed, k));
        let groups: Vec<usize> =
            self.centers.iter().map(|&center| nearest(&found.centers, center).0).collect();
        let all_have_people = (0..k).all(|group| groups.contains(&group));
        all_have_people.then(|| Partition {
            silhouette: mean_silhouette(&self.centers, &self.weights, &groups, k),
            centers: found.centers,
            inertia: found.inertia,
        })
    }
}

/// The last rounds, over the participants themselves; the greatest group comes first.
fn finish(points: &[Point], found: Partition, seed: u64) -> Partition {
    let all = WeightedPoints::once(points);
    let k = found.centers.len();
    let few = points.len() <= STARTED_POINTS_MAX;
    let rounds_max = if few { LAST_ROUNDS_FEW_MAX } else { LAST_ROUNDS_MANY_MAX };
    let mut best = all.improved(found.centers, rounds_max);
    if few {
        let other = all.clusters(k, POINT_STARTS, LAST_ROUNDS_FEW_MAX, &mut generator(seed, k + BASE_MAX));
        if other.centers.len() == k && other.inertia < best.inertia {
            best = other;
        }
    }
    Partition { centers: by_size(points, best.clone()), silhouette: found.silhouette, inertia: best.inertia }
}

fn by_size(points: &[Point], clusters: Clusters) -> Vec<Point> {
    let sizes = sizes(points, &clusters.centers);
    let mut order: Vec<(usize, Point)> = sizes.into_iter().zip(clusters.centers).collect();
    order.sort_by(|(size, center), (other_size, other)| {
        other_size.cmp(size).then(center[0].total_cmp(&other[0])).then(center[1].total_cmp(&other[1]))
    });
    order.into_iter().map(|(_, center)| center).collect()
}

/// The different points, or more than `max` of them.
fn distinct(points: &[Point], max: usize) -> Vec<Point> {
    let mut found: Vec<Point> = Vec::new();
    for point in points {
        if !found.contains(point) {
            found.push(*point);
            if found.len() > max {
                break;
            }
        }
    }
    found
}

/// Each draw of its own, so that one more start here moves nothing there.
fn generator(seed: u64, purpose: usize) -> ChaCha8Rng {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream(purpose as u64);
    generator
}
