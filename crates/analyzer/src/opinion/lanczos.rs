//! Leading eigenpairs of a symmetric positive matrix that is only known by its products with vectors.
//!
//! Lanczos' iteration with every new vector made orthogonal to all before it (Golub & Van Loan 2013, ch. 10):
//! in exact terms the Krylov space's best approximations, to rounding free of ghosts. Same input, same bits.
//!
//! faer has a Lanczos iteration too; ours stays, because the bytes of a report depend on the order of every sum.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::tridiagonal::{Eigen, eigen};

/// A vector lies in the space already spanned when this part of it, or less, is left outside.
const SPANNED: f64 = 1e-12;

/// The start only has to be none of the votes' making.
const START: u64 = 0x6f70_696e_696f_6e73;

/// The aim and the limits of a search.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Search {
    /// Rows of the matrix.
    pub(crate) size: usize,
    /// The number of eigenpairs to find.
    pub(crate) wanted: usize,
    /// Products that may be taken.
    pub(crate) steps_max: usize,
    /// Greatest angle, in radians, that an eigenvector may be off.
    pub(crate) angle_max: f64,
}

/// Eigenvalues with their unit vectors, greatest first; fewer than wanted if the matrix has fewer above 0.
#[derive(Debug)]
pub(crate) struct Eigenpairs {
    pub(crate) pairs: Vec<(f64, Vec<f64>)>,
    pub(crate) converged: bool,
}

/// The leading eigenpairs of the matrix that `multiply` multiplies with. The search starts from `near`, a vector
/// that the matrix can give and that is thought to lie near to what is wanted: then it is sooner there.
pub(crate) fn leading(
    search: Search,
    near: Option<Vec<f64>>,
    mut multiply: impl FnMut(&[f64]) -> Vec<f64>,
) -> Eigenpairs {
    let mut space = Space::default();
    let mut generator = ChaCha8Rng::seed_from_u64(START);
    let mut next = near.and_then(unit).or_else(|| fresh(search.size, &mut generator, &mut multiply, &space));
    let mut check_at = 6;
    while let Some(vector) = next.take() {
        let mut product = multiply(&vector);
        space.diagonal.push(dot(&vector, &product));
        space.basis.push(vector);
        let before = norm(&product);
        space.make_orthogonal(&mut product);
        let rest = norm(&product);
        let spanned = rest <= before * SPANNED || rest == 0.0;
        space.off_diagonal.push(if spanned { 0.0 } else { rest });
        let steps = space.basis.len();
        if steps >= search.size.min(search.steps_max) {
            break;
        }
        if !spanned && steps >= check_at {
            if space.converged(search) {
                break;
            }
            check_at += (steps / 10).max(1);
        }
        next = if spanned {
            fresh(search.size, &mut generator, &mut multiply, &space)
        } else {
            scale(&mut product, 1.0 / rest);
            Some(product)
        };
    }
    space.found(search)
}

/// A unit vector orthogonal to the space; none when the matrix has nothing outside of it. One product puts
/// it among the vectors that the matrix can give, so columns that are all 0 stay exactly 0.
fn fresh(
    size: usize,
    generator: &mut ChaCha8Rng,
    multiply: &mut impl FnMut(&[f64]) -> Vec<f64>,
    space: &Space,
) -> Option<Vec<f64>> {
    let drawn: Vec<f64> = (0..size).map(|_| generator.random::<f64>() - 0.5).collect();
    let mut vector = multiply(&drawn);
    let before = norm(&vector);
    space.make_orthogonal(&mut vector);
    let rest = norm(&vector);
    // Not spanned: well above what rounding leaves of a vector taken apart.
    if rest == 0.0 || rest <= before * SPANNED.sqrt() {
        return None;
    }
    scale(&mut vector, 1.0 / rest);
    space.make_orthogonal(&mut vector);
    let rest = norm(&vector);
    scale(&mut vector, 1.0 / rest);
    Some(vector)
}

/// The Krylov space spanned so far: in its basis the matrix is tridiagonal.
#[derive(Default)]
struct Space {
    basis: Vec<Vec<f64>>,
    diagonal: Vec<f64>,
    /// Between each vector and the next; the last leads out of the space.
    off_diagonal: Vec<f64>,
}

impl Space {
    /// Twice, since once leaves rounding of the size of what was taken away.
    fn make_orthogonal(&self, vector: &mut [f64]) {
        for _ in 0..2 {
            for one in &self.basis {
                let along = dot(one, vector);
                vector.iter_mut().zip(one).for_each(|(part, of)| *part -= along * of);
            }
        }
    }

    fn eigen(&self) -> Eigen {
        eigen(&self.diagonal, &self.off_diagonal[..self.basis.len() - 1])
    }

    /// Whether the wanted pairs are as near as asked for, by one of two bounds of the sine of the angle: the residual
    /// over the distance to the other eigenvalues (Parlett 1998, ch. 11); or, for wanted eigenvalues that lie close
    /// to each other, how far their plane is off, ε over its distance δ to the others (Davis & Kahan 1970), and how
    /// far they are turned within it, which is of second order: ε²/δ over the distance between them. ε is the
    /// residuals of them all.
    fn converged(&self, Search { wanted, angle_max, .. }: Search) -> bool {
        let Eigen { values, vectors } = self.eigen();
        let out = self.off_diagonal.last().copied().unwrap_or(0.0);
        let wanted = wanted.min(values.len() - 1);
        let residual = |place: usize| out * vectors[place].last().copied().unwrap_or(0.0);
        let all = (0..wanted).map(|place| residual(place).powi(2)).sum::<f64>();
        let plane_to_others = if wanted == 0 { 0.0 } else { values[wanted - 1] - values[wanted] };
        (0..wanted).all(|place| {
            let below = values[place] - values[place + 1];
            let above = if place == 0 { f64::INFINITY } else { values[place - 1] - values[place] };
            let within = if place + 1 == wanted { above } else { below.min(above) };
            let turned = all / plane_to_others / within;
            residual(place).abs() <= angle_max * below.min(above)
                || all.sqrt() / plane_to_others + turned <= angle_max
        })
    }

    fn found(&self, search: Search) -> Eigenpairs {
        if self.basis.is_empty() {
            return Eigenpairs { pairs: Vec::new(), converged: true };
        }
        let eigen = self.eigen();
        let complete = self.off_diagonal.last().is_some_and(|out| *out == 0.0)
            || self.basis.len() == self.basis[0].len();
        let converged = complete || self.converged(search);
        let greatest = eigen.values[0];
        let pairs = eigen.values.iter().zip(&eigen.vectors).take(search.wanted);
        let pairs = pairs.filter(|(value, _)| **value > greatest * SPANNED);
        Eigenpairs { pairs: pairs.map(|(value, parts)| (*value, self.combined(parts))).collect(), converged }
    }

    fn combined(&self, parts: &[f64]) -> Vec<f64> {
        let mut vector = vec![0.0; self.basis[0].len()];
        for (one, part) in self.basis.iter().zip(parts) {
            vector.iter_mut().zip(one).for_each(|(sum, of)| *sum += part * of);
        }
        let length = norm(&vector);
        scale(&mut vector, 1.0 / length);
        vector
    }
}

/// The vector at length 1; none of length 0.
fn unit(mut vector: Vec<f64>) -> Option<Vec<f64>> {
    let length = norm(&vector);
    scale(&mut vector, 1.0 / length);
    (length > 0.0).then_some(vector)
}

/// In eight sums side by side, which processors add at once, put together in a fixed order.
fn dot(one: &[f64], other: &[f64]) -> f64 {
    let ((ones, last_ones), (others, last_others)) = (one.as_chunks::<8>(), other.as_chunks::<8>());
    let mut sums = [0.0; 8];
    for (ones, others) in ones.iter().zip(others) {
        for (sum, (a, b)) in sums.iter_mut().zip(ones.iter().zip(others)) {
            *sum += a * b;
        }
    }
    let rest: f64 = last_ones.iter().zip(last_others).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f64>() + rest
}

fn norm(vector: &[f64]) -> f64 {
    dot(vector, vector).sqrt()
}

pub(super) fn scale(vector: &mut [f64], by: f64) {
    for part in vector {
        *part *= by;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn multiply(rows: &[Vec<f64>]) -> impl FnMut(&[f64]) -> Vec<f64> {
        move |vector| rows.iter().map(|row| dot(row, vector)).collect()
    }

    fn two_of(size: usize, steps_max: usize) -> Search {
        Search { size, wanted: 2, steps_max, angle_max: 1e-8 }
    }

    #[test]
    fn known_eigenpairs_are_found() {
        // Second differences of 40 points: the eigenvalues are 2 − 2·cos(πk/41).
        let size = 40_u32;
        let at = |row: u32, column: u32| match row.abs_diff(column) {
            0 => 2.0,
            1 => -1.0,
            _ => 0.0,
        };
        let rows: Vec<Vec<f64>> =
            (0..size).map(|row| (0..size).map(|column| at(row, column)).collect()).collect();
        let found = leading(two_of(40, 100), None, multiply(&rows));
        assert!(found.converged);
        for ((value, vector), k) in found.pairs.iter().zip([40.0, 39.0]) {
            let angle = std::f64::consts::PI * k / 41.0;
            assert!((value - (2.0 - 2.0 * angle.cos())).abs() < 1e-12);
            let exact: Vec<f64> = (1..=size).map(|place| (angle * f64::from(place)).sin()).collect();
            assert!((dot(vector, &exact).abs() / norm(&exact) - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn a_start_near_by_gives_the_same_pairs_in_fewer_products() {
        let diagonal: Vec<f64> = (1..=200_u32).map(|place| 1.0 / f64::from(place)).collect();
        let products = |near: Option<Vec<f64>>| {
            let mut products = 0;
            let found = leading(two_of(200, 200), near, |vector| {
                products += 1;
                vector.iter().zip(&diagonal).map(|(part, value)| part * value).collect()
            });
            assert!(found.converged);
            for (place, (value, vector)) in found.pairs.iter().enumerate() {
                assert!((value - diagonal[place]).abs() < 1e-12 && vector[place].abs() > 1.0 - 1e-12);
            }
            products
        };
        let near = (0..200).map(|place| if place < 2 { 1.0 } else { 1e-4 }).collect();
        let (without, with) = (products(None), products(Some(near)));
        assert!(4 * with <= 3 * without, "{with} products for {without}");
        assert_eq!(products(Some(vec![0.0; 200])), without);
    }

    #[test]
    fn two_eigenvalues_close_to_each_other_are_told_apart_as_well_as_asked_for() {
        for apart in [1e-1, 1e-2, 1e-3] {
            let at =
                |place: u32| if place < 2 { 2.0 - f64::from(place) * apart } else { 1.0 / f64::from(place) };
            let diagonal: Vec<f64> = (0..300).map(at).collect();
            for angle_max in [1e-3, 1e-5, 1e-7] {
                let search = Search { size: 300, wanted: 2, steps_max: 300, angle_max };
                let found = leading(search, None, |vector| {
                    vector.iter().zip(&diagonal).map(|(part, value)| part * value).collect()
                });
                assert!(found.converged);
                for (place, (_, vector)) in found.pairs.iter().enumerate() {
                    let off = (1.0 - vector[place].powi(2)).max(0.0).sqrt();
                    assert!(
                        off <= angle_max,
                        "{apart} apart, {angle_max} asked for: {place} is off by {off}"
                    );
                }
            }
        }
    }

    #[test]
    fn equal_eigenvalues_give_two_vectors_and_rank_one_gives_one() {
        let identity = |vector: &[f64]| vector.to_vec();
        let found = leading(two_of(7, 50), None, identity);
        assert_eq!(found.pairs.len(), 2);
        assert!(dot(&found.pairs[0].1, &found.pairs[1].1).abs() < 1e-12);
        let rank_one = |vector: &[f64]| vec![vector.iter().sum::<f64>(); vector.len()];
        let found = leading(two_of(7, 50), None, rank_one);
        assert!(found.converged && found.pairs.len() == 1 && (found.pairs[0].0 - 7.0).abs() < 1e-12);
        let zero = |vector: &[f64]| vec![0.0; vector.len()];
        assert!(leading(two_of(7, 50), None, zero).pairs.is_empty());
        assert!(leading(two_of(0, 50), None, zero).pairs.is_empty());
    }
}
