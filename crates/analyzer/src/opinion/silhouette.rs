//! The silhouette: how much nearer points are to their own group than to the next one (Rousseeuw 1987).

use super::positions::{Point, squared_distance};

/// The mean silhouette of weighted points in `k` groups, from −1 to 1: 0 where groups are drawn through a
/// cloud, 1 where they are far apart. A point that is alone in its group counts as 0.
pub(crate) fn mean_silhouette(points: &[Point], weights: &[f64], groups: &[usize], k: usize) -> f64 {
    let mut sizes = vec![0.0; k];
    for (&group, weight) in groups.iter().zip(weights) {
        sizes[group] += weight;
    }
    let (mut sum, mut total) = (0.0, 0.0);
    for (place, (&point, &own)) in points.iter().zip(groups).enumerate() {
        let mut distances = vec![0.0; k];
        for ((&other, &group), weight) in points.iter().zip(groups).zip(weights) {
            distances[group] += weight * squared_distance(point, other).sqrt();
        }
        sum += weights[place] * silhouette(&distances, &sizes, own, weights[place]);
        total += weights[place];
    }
    if total > 0.0 { sum / total } else { 0.0 }
}

/// (b − a) / max(a, b): a, b the mean distances to the own group's others and to the nearest other group.
fn silhouette(distances: &[f64], sizes: &[f64], own: usize, weight: f64) -> f64 {
    let others = sizes[own] - weight;
    if others <= 0.0 {
        return 0.0;
    }
    let within = distances[own] / others;
    let outside = (0..sizes.len()).filter(|&group| group != own && sizes[group] > 0.0);
    let next = outside.map(|group| distances[group] / sizes[group]).fold(f64::INFINITY, f64::min);
    if !next.is_finite() || within.max(next) <= 0.0 { 0.0 } else { (next - within) / within.max(next) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_computed_by_hand() {
        // Own group: 1 away; the other: 9 and 10, or 10 and 11 away.
        let points = [[0.0, 0.0], [1.0, 0.0], [10.0, 0.0], [11.0, 0.0]];
        let expected = (9.5 / 10.5 + 8.5 / 9.5 + 8.5 / 9.5 + 9.5 / 10.5) / 4.0;
        let found = mean_silhouette(&points, &[1.0; 4], &[0, 0, 1, 1], 2);
        assert!((found - expected).abs() < 1e-12);
        assert!(mean_silhouette(&points, &[1.0; 4], &[0, 1, 0, 1], 2) < 0.0);
        assert!(mean_silhouette(&points, &[1.0; 4], &[0; 4], 1).abs() < 1e-12);
    }
}
