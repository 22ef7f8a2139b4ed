//! The two directions in which participants differ most: principal components of the sparse matrix.
//!
//! A cell that nobody filled takes its column's mean, which centring turns into exactly 0: the centred matrix
//! is as sparse as the votes, and AᵀA·v takes one pass over them. See docs/METHOD.md, "Opinion groups".
#![expect(clippy::cast_precision_loss, reason = "counts of votes are far below 2^52")]

use super::lanczos::{self, Search, scale};
use super::matrix::{CHOICES, Matrix, VALUES};
use crate::parallel;

/// Components that are kept.
pub(crate) const COMPONENTS: usize = 2;

/// From so many cells on, what they add to a product is looked up in numbers of 32 bits, of which twice as many
/// stay near the processor. Each is off by 3e-8 of itself, every which way, and so a component by far less than
/// what its own votes leave open.
const CELLS_IN_HALVES_MIN: usize = 1 << 21;

/// Greatest angle, in radians, that a component may be off, of fewer cells than that…
const ANGLE_MAX: f64 = 1e-8;

/// …and of as many or more: the cosine is then 1 to ten digits.
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
pub(crate) struct Centred<'a> {
    matrix: &'a Matrix,
    center: Vec<f64>,
    /// What each cell of `matrix` stands for: by column, then choice.
    values: Vec<f64>,
    total: f64,
}

impl<'a> Centred<'a> {
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
        Self { matrix, center, values, total }
    }

    pub(crate) fn total(&self) -> f64 {
        self.total
    }

    fn is_large(&self) -> bool {
        self.matrix.cell_count() >= CELLS_IN_HALVES_MIN
    }

    /// AᵀA·v in one pass: the row's sum with v, then the row times that sum. Sums are kept by cell, so the
    /// inner loops only look up and add.
    pub(crate) fn gram(&self, vector: &[f64]) -> Vec<f64> {
        let weights = self.weights(vector);
        if !self.is_large() {
            return self.gram_by(&weights, vector.len());
        }
        #[expect(clippy::cast_possible_truncation, reason = "this is what halves are for")]
        let halves: Vec<f32> = weights.into_iter().map(|weight| weight as f32).collect();
        self.gram_by(&halves, vector.len())
    }

    fn gram_by<W: Copy + Into<f64> + Sync>(&self, weights: &[W], columns: usize) -> Vec<f64> {
        let sums = parallel::map(self.matrix.parts(), |rows| {
            let mut sums = vec![0.0; weights.len()];
            for row in rows {
                let cells = self.matrix.row(row);
                let score: f64 = cells.iter().map(|&cell| -> f64 { weights[cell as usize].into() }).sum();
                for &cell in cells {
                    sums[cell as usize] += score;
                }
            }
            sums
        });
        let mut product = vec![0.0; columns];
        for part in sums {
            let cells = part.as_chunks::<CHOICES>().0.iter().zip(self.values.as_chunks::<CHOICES>().0);
            for (target, (sums, values)) in product.iter_mut().zip(cells) {
                *target += sums[0] * values[0] + sums[1] * values[1] + sums[2] * values[2];
            }
        }
        product
    }

    /// What each cell adds to a row's product with `vector`.
    pub(crate) fn weights(&self, vector: &[f64]) -> Vec<f64> {
        let by_column = self.values.as_chunks::<CHOICES>().0.iter().zip(vector);
        by_column.flat_map(|(values, part)| values.map(|value| value * part)).collect()
    }

    /// The components, by at most `steps_max` passes.
    pub(crate) fn components(&self, steps_max: usize) -> Components {
        let angle_max = if self.is_large() { ANGLE_MAX_OF_MANY } else { ANGLE_MAX };
        let search = Search { size: self.center.len(), wanted: COMPONENTS, steps_max, angle_max };
        let found = lanczos::leading(search, |vector| self.gram(vector));
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

/// A component's sign says nothing: its greatest part, the first of equal ones, is made positive.
fn pointed(mut vector: Vec<f64>) -> Vec<f64> {
    let greatest =
        vector.iter().fold(0.0_f64, |best, part| if part.abs() > best.abs() { *part } else { best });
    if greatest < 0.0 {
        scale(&mut vector, -1.0);
    }
    vector
}
