//! The two directions in which participants differ most: principal components of the sparse matrix.
//!
//! A cell that nobody filled takes its column's mean, which centring turns into exactly 0: the centred matrix
//! is as sparse as the votes, and AᵀA·v takes one pass over them. See docs/METHOD.md, "Opinion groups".
#![expect(clippy::cast_precision_loss, reason = "counts of votes are far below 2^52")]

use std::ops::AddAssign;

use rayon::prelude::*;

use super::lanczos::{self, Search, scale};
use super::matrix::{CHOICES, Matrix, VALUES};

/// Components that are kept.
pub(crate) const COMPONENTS: usize = 2;

/// From this many cells on, tables are f32 (relative error 3e-8), so that twice as many numbers stay in the cache.
/// The errors go both ways: a component moves far less than its own votes leave open.
const HALVES_CELLS_MIN: usize = 1 << 20;

/// The most votes in one sum of f32 numbers.
const VOTES_IN_HALVES_MAX: u64 = 1 << 15;

/// The greatest angle, in radians, between a component and the exact one, below [`CELLS_MANY`] cells.
const ANGLE_MAX: f64 = 1e-8;
const CELLS_MANY: usize = 1 << 21;

/// The greatest angle from [`CELLS_MANY`] cells on: the cosine is then 1 to ten digits.
const ANGLE_MAX_OF_MANY: f64 = 1e-5;

/// The centre and the components.
#[derive(Clone, Debug)]
pub(crate) struct Components {
    /// Mean of each column over those who voted, 0 for a column that is set aside.
    pub(crate) center: Vec<f64>,
    /// Unit vectors, or all 0 where the votes have no further direction.
    pub(crate) vectors: [Vec<f64>; COMPONENTS],
    /// Sum of squares along each component.
    pub(crate) strengths: [f64; COMPONENTS],
    /// Sum of squares in all.
    pub(crate) total: f64,
    /// Whether both were found to the accuracy asked for.
    pub(crate) converged: bool,
}

/// The matrix minus its columns' means; 0 where nobody voted and in columns that are set aside.
pub(crate) struct CentredMatrix<'a> {
    matrix: &'a Matrix,
    center: Vec<f64>,
    /// The value of each cell of `matrix`: by column, then choice.
    values: Vec<f64>,
    total: f64,
    in_halves: bool,
}

impl<'a> CentredMatrix<'a> {
    /// `counts` are those of the matrix; columns set aside count as 0 for everyone.
    pub(crate) fn of(matrix: &'a Matrix, counts: &[[u64; CHOICES]], set_aside: &[bool]) -> Self {
        let mut center = Vec::with_capacity(counts.len());
        let mut values = Vec::with_capacity(counts.len() * CHOICES);
        let mut total = 0.0;
        for (counts, &set_aside) in counts.iter().zip(set_aside) {
            let votes: u64 = counts.iter().sum();
            let known = votes > 0 && !set_aside;
            let mean = if known { (counts[0] as f64 - counts[1] as f64) / votes as f64 } else { 0.0 };
            center.push(mean);
            for (value, &count) in VALUES.iter().zip(counts) {
                let centred = if known { value - mean } else { 0.0 };
                values.push(centred);
                total += count as f64 * centred * centred;
            }
        }
        let most = counts.iter().flatten().copied().max().unwrap_or(0);
        let in_halves = matrix.cell_count() >= HALVES_CELLS_MIN && most <= VOTES_IN_HALVES_MAX;
        Self { matrix, center, values, total, in_halves }
    }

    pub(crate) fn total(&self) -> f64 {
        self.total
    }

    /// AᵀA·v in one pass: the row's sum with v, then the row times that sum. Sums are kept by cell, so the
    /// inner loops only look up and add.
    pub(crate) fn gram(&self, vector: &[f64]) -> Vec<f64> {
        let weights = self.weights(vector);
        if self.in_halves {
            #[expect(clippy::cast_possible_truncation, reason = "this is what halves are for")]
            let half = |number: f64| number as f32;
            self.gram_by(&weights.into_iter().map(half).collect::<Vec<f32>>(), vector.len(), half)
        } else {
            self.gram_by(&weights, vector.len(), |number| number)
        }
    }

    /// With tables of numbers that `kept` makes.
    fn gram_by<N: Copy + Default + AddAssign + Into<f64> + Send + Sync>(
        &self,
        weights: &[N],
        columns: usize,
        kept: impl Fn(f64) -> N + Sync,
    ) -> Vec<f64> {
        let sums: Vec<_> = self
            .matrix
            .parts()
            .into_par_iter()
            .map(|rows| {
                let mut sums = vec![N::default(); weights.len()];
                for row in rows {
                    let cells = self.matrix.row(row);
                    let score = kept(looked_up(cells, weights));
                    for &cell in cells {
                        sums[cell as usize] += score;
                    }
                }
                sums
            })
            .collect();
        let mut product = vec![0.0; columns];
        for part in sums {
            let cells = part.as_chunks::<CHOICES>().0.iter().zip(self.values.as_chunks::<CHOICES>().0);
            for (target, (sums, values)) in product.iter_mut().zip(cells) {
                let sums = sums.map(Into::into);
                *target += sums[0] * values[0] + sums[1] * values[1] + sums[2] * values[2];
            }
        }
        product
    }

    /// The amount each cell adds to a row's product with `vector`.
    pub(crate) fn weights(&self, vector: &[f64]) -> Vec<f64> {
        let by_column = self.values.as_chunks::<CHOICES>().0.iter().zip(vector);
        by_column.flat_map(|(values, part)| values.map(|value| value * part)).collect()
    }

    /// The components, by at most `steps_max` passes, from a vector that is thought to lie near them.
    pub(crate) fn components(&self, steps_max: usize, near: Option<Vec<f64>>) -> Components {
        let angle_max = if self.matrix.cell_count() < CELLS_MANY { ANGLE_MAX } else { ANGLE_MAX_OF_MANY };
        let search = Search { size: self.center.len(), wanted: COMPONENTS, steps_max, angle_max };
        let found = lanczos::leading(search, near, |vector| self.gram(vector));
        let mut vectors = [vec![0.0; self.center.len()], vec![0.0; self.center.len()]];
        let mut strengths = [0.0; COMPONENTS];
        for (place, (value, vector)) in found.pairs.into_iter().take(COMPONENTS).enumerate() {
            strengths[place] = value.max(0.0);
            vectors[place] = pointed(vector);
        }
        Components {
            center: self.center.clone(),
            vectors,
            strengths,
            total: self.total,
            converged: found.converged,
        }
    }
}

/// The sum of what `weights` holds for these cells: four sums side by side, none of which waits for another.
fn looked_up<N: Copy + Into<f64>>(cells: &[u32], weights: &[N]) -> f64 {
    let (fours, rest) = cells.as_chunks::<4>();
    let at = |cell: u32| -> f64 { weights[cell as usize].into() };
    let mut sums = [0.0; 4];
    for four in fours {
        for (sum, &cell) in sums.iter_mut().zip(four) {
            *sum += at(cell);
        }
    }
    let rest: f64 = rest.iter().map(|&cell| at(cell)).sum();
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

/// A component's sign says nothing: its greatest part, the first of equal ones, is made positive.
fn pointed(mut vector: Vec<f64>) -> Vec<f64> {
    let greatest =
        vector.iter().fold(0.0_f64, |best, part| if part.abs() > best.abs() { *part } else { best });
    if greatest < 0.0 {
        scale(&mut vector, -1.0);
    }
    vector
}

#[cfg(test)]
mod tests {
    use gd_domain::Choice;

    use super::*;
    use crate::VoteTable;
    use crate::opinion::tests::{ballot, card};

    #[test]
    fn numbers_of_half_the_bits_give_the_same_product_to_seven_digits() {
        let choice = |participant: u32, proposal: u32| {
            Choice::ALL[(participant * 7 + proposal * proposal + participant % (proposal + 2)) as usize % 3]
        };
        let votes = (0..900).flat_map(|participant| {
            let voted = move |proposal: &u32| !(participant + proposal).is_multiple_of(3);
            (0..40)
                .filter(voted)
                .map(move |proposal| ballot(participant, proposal, choice(participant, proposal)))
        });
        let table = VoteTable::new((0..40).map(card).collect(), Vec::new(), votes).unwrap();
        let matrix = Matrix::of(&table, &(0..40).collect::<Vec<usize>>());
        let whole = CentredMatrix::of(&matrix, &matrix.counts(), &[false; 40]);
        assert!(!whole.in_halves);
        let vector: Vec<f64> = (0..40).map(|place| f64::from(place % 7) - 2.5).collect();
        let exact = whole.gram(&vector);
        let halves = CentredMatrix { in_halves: true, ..whole }.gram(&vector);
        let greatest = exact.iter().fold(0.0_f64, |most, part| most.max(part.abs()));
        assert!(greatest > 0.0);
        for (one, other) in halves.iter().zip(&exact) {
            assert!((one - other).abs() < 1e-6 * greatest, "{one} for {other}");
        }
    }
}
