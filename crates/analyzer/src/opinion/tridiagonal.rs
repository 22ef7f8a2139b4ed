//! All eigenpairs of a small symmetric tridiagonal matrix, by implicit QL steps with Wilkinson's shift
//! (Golub & Van Loan 2013, ch. 8.3).

/// Eigenvalues, greatest first, each with its unit vector.
#[derive(Debug)]
pub(crate) struct Eigen {
    pub(crate) values: Vec<f64>,
    pub(crate) vectors: Vec<Vec<f64>>,
}

/// Steps that one eigenvalue may take; it takes two or three.
const STEPS_MAX: usize = 200;

/// The eigenpairs of the matrix with this diagonal and, beside it, these entries, one fewer.
pub(crate) fn eigen(diagonal: &[f64], beside: &[f64]) -> Eigen {
    let size = diagonal.len();
    let mut matrix = Tridiagonal { d: diagonal.to_vec(), e: beside.to_vec(), vectors: identity(size) };
    matrix.e.push(0.0);
    for first in 0..size {
        for _ in 0..STEPS_MAX {
            let last = matrix.block_end(first);
            if last == first {
                break;
            }
            matrix.step(first, last);
        }
    }
    let mut order: Vec<usize> = (0..size).collect();
    order.sort_by(|&one, &other| matrix.d[other].total_cmp(&matrix.d[one]));
    Eigen {
        values: order.iter().map(|&place| matrix.d[place]).collect(),
        vectors: order.iter().map(|&place| std::mem::take(&mut matrix.vectors[place])).collect(),
    }
}

struct Tridiagonal {
    d: Vec<f64>,
    e: Vec<f64>,
    vectors: Vec<Vec<f64>>,
}

impl Tridiagonal {
    /// The end of the block that starts at `first`: the first entry beside the diagonal that is as good as 0.
    fn block_end(&self, first: usize) -> usize {
        let negligible = |place: &usize| {
            let size = self.d[*place].abs() + self.d[place + 1].abs();
            self.e[*place].abs() <= f64::EPSILON * size
        };
        (first..self.d.len() - 1).find(negligible).unwrap_or(self.d.len() - 1)
    }

    /// One QL step on the block: a rotation at its lower end, chased up to its start.
    #[expect(clippy::many_single_char_names, reason = "the names of the literature")]
    fn step(&mut self, first: usize, last: usize) {
        let half = (self.d[first + 1] - self.d[first]) / (2.0 * self.e[first]);
        let away = half.signum() * length(half, 1.0) + half;
        let mut g = self.d[last] - self.d[first] + self.e[first] / away;
        let (mut s, mut c, mut p) = (1.0, 1.0, 0.0);
        for place in (first..last).rev() {
            let (f, b) = (s * self.e[place], c * self.e[place]);
            let r = length(f, g);
            self.e[place + 1] = r;
            if r == 0.0 {
                self.d[place + 1] -= p;
                self.e[last] = 0.0;
                return;
            }
            (s, c) = (f / r, g / r);
            g = self.d[place + 1] - p;
            let turn = (self.d[place] - g) * s + 2.0 * c * b;
            p = s * turn;
            self.d[place + 1] = g + p;
            g = c * turn - b;
            self.rotate(place, s, c);
        }
        self.d[first] -= p;
        self.e[first] = g;
        self.e[last] = 0.0;
    }

    fn rotate(&mut self, place: usize, s: f64, c: f64) {
        let (before, after) = self.vectors.split_at_mut(place + 1);
        for (one, other) in before[place].iter_mut().zip(after[0].iter_mut()) {
            let (low, high) = (*one, *other);
            *other = s * low + c * high;
            *one = c * low - s * high;
        }
    }
}

/// Not the library's `hypot`, whose last bit differs between machines.
fn length(one: f64, other: f64) -> f64 {
    (one * one + other * other).sqrt()
}

fn identity(size: usize) -> Vec<Vec<f64>> {
    let unit = |place: usize| (0..size).map(|at| if at == place { 1.0 } else { 0.0 }).collect();
    (0..size).map(unit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pairs_make_up_the_matrix() {
        let diagonal = [4.0, 1.0, -2.0, 7.0, 7.0, 0.5];
        let beside = [1.0, -3.0, 0.0, 2.0, 1e-9];
        let eigen = eigen(&diagonal, &beside);
        assert!(eigen.values.windows(2).all(|pair| pair[0] >= pair[1]));
        let entry = |row: usize, column: usize| match row.abs_diff(column) {
            0 => diagonal[row],
            1 => beside[row.min(column)],
            _ => 0.0,
        };
        for row in 0..6 {
            for column in 0..6 {
                let pairs = eigen.values.iter().zip(&eigen.vectors);
                let sum: f64 = pairs.map(|(value, vector)| value * vector[row] * vector[column]).sum();
                assert!((sum - entry(row, column)).abs() < 1e-12, "{row} {column}: {sum}");
            }
        }
    }
}
