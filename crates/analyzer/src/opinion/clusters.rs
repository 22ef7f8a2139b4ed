//! k-means of weighted points on the plane: seeded starts (Arthur & Vassilvitskii 2007), Lloyd's rounds.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::positions::{Point, nearest, squared_distance};
use crate::partition;

/// Points, each as many times as its weight.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WeightedPoints<'a> {
    pub(crate) points: &'a [Point],
    /// One weight a point; none for weights of 1.
    pub(crate) weights: Option<&'a [f64]>,
}

/// Centres and the sum of squared distances to the nearest of them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Clusters {
    pub(crate) centers: Vec<Point>,
    pub(crate) inertia: f64,
}

impl<'a> WeightedPoints<'a> {
    pub(crate) fn once(points: &'a [Point]) -> Self {
        Self { points, weights: None }
    }

    fn weight(&self, place: usize) -> f64 {
        self.weights.map_or(1.0, |weights| weights[place])
    }

    /// The best of several seeded starts, each followed by Lloyd's rounds.
    pub(crate) fn clusters(
        &self,
        k: usize,
        starts: usize,
        rounds_max: usize,
        generator: &mut ChaCha8Rng,
    ) -> Clusters {
        let mut best = self.improved(self.seeds(k, generator), rounds_max);
        for _ in 1..starts {
            let other = self.improved(self.seeds(k, generator), rounds_max);
            if other.inertia < best.inertia {
                best = other;
            }
        }
        best
    }

    /// Lloyd's rounds from these centres, until nothing gets better or the rounds are over.
    pub(crate) fn improved(&self, centers: Vec<Point>, rounds_max: usize) -> Clusters {
        let (mut next, inertia) = self.round(&centers);
        let mut best = Clusters { centers, inertia };
        for _ in 0..rounds_max {
            let (after, inertia) = self.round(&next);
            if inertia >= best.inertia {
                break;
            }
            best = Clusters { centers: std::mem::replace(&mut next, after), inertia };
        }
        best
    }

    /// The means of the points nearest to each centre, and the sum of squared distances to the centres given.
    fn round(&self, centers: &[Point]) -> (Vec<Point>, f64) {
        let sums: Vec<_> = partition::ranges(self.points.len())
            .into_par_iter()
            .map(|range| {
                let mut sums = vec![[0.0; 3]; centers.len()];
                let mut inertia = 0.0;
                for place in range {
                    let (point, weight) = (self.points[place], self.weight(place));
                    let (center, distance) = nearest(centers, point);
                    let sum = &mut sums[center];
                    *sum = [sum[0] + weight * point[0], sum[1] + weight * point[1], sum[2] + weight];
                    inertia += weight * distance;
                }
                (sums, inertia)
            })
            .collect();
        let mut all = vec![[0.0; 3]; centers.len()];
        let mut inertia = 0.0;
        for (part, more) in sums {
            inertia += more;
            for (sum, more) in all.iter_mut().zip(part) {
                *sum = [sum[0] + more[0], sum[1] + more[1], sum[2] + more[2]];
            }
        }
        let mean = |(sum, center): (&[f64; 3], &Point)| {
            if sum[2] > 0.0 { [sum[0] / sum[2], sum[1] / sum[2]] } else { *center }
        };
        (all.iter().zip(centers).map(mean).collect(), inertia)
    }

    /// Points drawn as first centres: each with a chance proportional to its squared distance to those before.
    fn seeds(&self, k: usize, generator: &mut ChaCha8Rng) -> Vec<Point> {
        let weights = (0..self.points.len()).map(|place| self.weight(place)).collect::<Vec<_>>();
        let mut centers = vec![self.points[drawn(&weights, generator).unwrap_or(0)]];
        let mut distances = vec![f64::INFINITY; self.points.len()];
        while centers.len() < k {
            let newest = centers[centers.len() - 1];
            for (distance, &point) in distances.iter_mut().zip(self.points) {
                *distance = distance.min(squared_distance(newest, point));
            }
            let chances: Vec<f64> = distances.iter().zip(&weights).map(|(one, other)| one * other).collect();
            let Some(place) = drawn(&chances, generator) else { break };
            centers.push(self.points[place]);
        }
        centers
    }
}

/// A place drawn with these chances; none when all are 0.
fn drawn(chances: &[f64], generator: &mut ChaCha8Rng) -> Option<usize> {
    let total: f64 = chances.iter().sum();
    let mut left = generator.random::<f64>() * total;
    let mut last = None;
    for (place, &chance) in chances.iter().enumerate().filter(|(_, chance)| **chance > 0.0) {
        last = Some(place);
        left -= chance;
        if left < 0.0 {
            break;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn a_weight_is_so_many_points() {
        let points = [[0.0, 0.0], [1.0, 0.0], [8.0, 0.0], [9.0, 1.0]];
        let weights = [3.0, 1.0, 2.0, 2.0];
        let mut generator = ChaCha8Rng::seed_from_u64(1);
        let found =
            WeightedPoints { points: &points, weights: Some(&weights) }.clusters(2, 8, 20, &mut generator);
        let repeated: Vec<Point> = points
            .iter()
            .zip([3, 1, 2, 2])
            .flat_map(|(point, times)| std::iter::repeat_n(*point, times))
            .collect();
        let same = WeightedPoints::once(&repeated).clusters(2, 8, 20, &mut generator);
        assert!((found.inertia - same.inertia).abs() < 1e-12 && (found.inertia - 2.75).abs() < 1e-12);
    }

    #[test]
    fn fewer_places_than_clusters_are_no_clusters_apart() {
        let points = [[1.0, 2.0]; 5];
        let found = WeightedPoints::once(&points).clusters(3, 4, 20, &mut ChaCha8Rng::seed_from_u64(1));
        assert_eq!(found, Clusters { centers: vec![[1.0, 2.0]], inertia: 0.0 });
    }
}
