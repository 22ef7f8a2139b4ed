//! Whether participants differ in more than chance: the votes against the same votes shuffled.
//!
//! Shuffled means that, on each proposal, the choices are dealt anew among those who voted on it. Everybody
//! keeps whom they voted on and every proposal its counts; only what one vote says of another is gone.
#![expect(clippy::cast_precision_loss, reason = "counts of votes are far below 2^52")]

use gd_report::Structure;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::components::CentredMatrix;
use super::lanczos::{self, Search};
use super::matrix::{CHOICES, Matrix};
use crate::rounding::rounded;

/// Cells looked at, if there are no more than so many for each column; of more, those of every so-manieth
/// participant. What a direction stands out by depends on how many votes a proposal has.
const CELLS_MAX: usize = 2_000_000;
const CELLS_PER_COLUMN_MAX: usize = 160;

/// Cells shuffled in all, which bounds how often.
const SHUFFLED_CELLS_MAX: usize = 10_000_000;

/// Shuffles at least and at most.
const SHUFFLES_MIN: usize = 3;
const SHUFFLES_MAX: usize = 39;

/// Products taken for one strength, of the votes and of shuffled ones alike…
const STEPS_MAX: usize = 10;

/// …unless fewer bring the direction as near as this, in radians.
const ANGLE_MAX: f64 = 1e-8;

/// More than chance: so many standard deviations above the mean of shuffled votes…
const DEVIATIONS_MIN: f64 = 4.0;

/// …if it is also so many times the greatest of them: few shuffles tell little of their deviation.
const TIMES_GREATEST_MIN: f64 = 1.005;

/// The result of the comparison, and the direction it found on its way.
pub(crate) struct StructureTest {
    pub(crate) structure: Structure,
    /// A vector near the two strongest directions of the votes.
    pub(crate) direction: Vec<f64>,
}

/// Compares the votes with shuffled ones; none where there is no variance at all.
pub(crate) fn structure(matrix: &Matrix, set_aside: &[bool], seed: u64) -> Option<StructureTest> {
    let cells_max = CELLS_MAX.max(CELLS_PER_COLUMN_MAX * matrix.columns());
    let step = matrix.cell_count().div_ceil(cells_max).max(1);
    if step == 1 { compare(matrix, set_aside, seed) } else { compare(&matrix.every(step), set_aside, seed) }
}

fn compare(matrix: &Matrix, set_aside: &[bool], seed: u64) -> Option<StructureTest> {
    let counts = matrix.counts();
    let of_votes = strongest(matrix, &counts, set_aside, 2);
    let share = of_votes.share?;
    let shuffles = (SHUFFLED_CELLS_MAX / matrix.cell_count().max(1)).clamp(SHUFFLES_MIN, SHUFFLES_MAX);
    let chance = |stream: usize| {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(u64::MAX - stream as u64);
        strongest(&shuffled(matrix, &counts, &mut generator), &counts, set_aside, 1).share
    };
    let shares: Vec<f64> = (0..shuffles).into_par_iter().filter_map(chance).collect();
    let mean = shares.iter().sum::<f64>() / shares.len() as f64;
    let variance = shares.iter().map(|share| (share - mean).powi(2)).sum::<f64>() / (shares.len() - 1) as f64;
    let max = shares.iter().copied().fold(0.0, f64::max);
    let structure = Structure {
        share: rounded(share),
        shuffled_mean: rounded(mean),
        shuffled_max: rounded(max),
        shuffles: shuffles as u64,
        participants: matrix.rows() as u64,
        found: share > max * TIMES_GREATEST_MIN && share > mean + DEVIATIONS_MIN * variance.sqrt(),
    };
    Some(StructureTest { structure, direction: of_votes.direction })
}

/// The strongest directions of some votes.
struct Strongest {
    /// Share of the sum of squares along the first.
    share: Option<f64>,
    /// The sum of the directions found.
    direction: Vec<f64>,
}

fn strongest(matrix: &Matrix, counts: &[[u64; CHOICES]], set_aside: &[bool], wanted: usize) -> Strongest {
    let centred = CentredMatrix::of(matrix, counts, set_aside);
    let search = Search { size: counts.len(), wanted, steps_max: STEPS_MAX, angle_max: ANGLE_MAX };
    let found = lanczos::leading(search, None, |vector| centred.gram(vector));
    let mut direction = vec![0.0; counts.len()];
    for (_, vector) in &found.pairs {
        direction.iter_mut().zip(vector).for_each(|(sum, part)| *sum += part);
    }
    Strongest { share: found.pairs.first().map(|(strength, _)| strength / centred.total()), direction }
}

/// Each column's choices in an order drawn with equal chances: every cell takes one of those left.
fn shuffled(matrix: &Matrix, counts: &[[u64; CHOICES]], generator: &mut ChaCha8Rng) -> Matrix {
    let mut left: Vec<[u32; CHOICES]> =
        counts.iter().map(|column| column.map(|count| u32::try_from(count).unwrap_or(u32::MAX))).collect();
    matrix.with_choices(|column| {
        let left = &mut left[column];
        let total: u32 = left.iter().sum();
        // The high half of a product of 64 bits: even to one part in 2³² of the total.
        let drawn = (u64::from(generator.random::<u32>()) * u64::from(total)) >> 32;
        // Without a branch: nobody foresees a draw.
        let [agree, disagree, _] = left.map(u64::from);
        let choice = usize::from(drawn >= agree) + usize::from(drawn >= agree + disagree);
        left[choice] -= 1;
        choice
    })
}
