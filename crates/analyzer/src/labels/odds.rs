//! A table of label probabilities over the mean of the posterior, filled on demand.
//!
//! For forecasts, which ask for as many as there are futures, and for searches to know where to begin. No label
//! rests on these figures.

#![expect(clippy::cast_precision_loss, reason = "places in a table of a few thousand cells")]

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use gd_report::Dirichlet;

use crate::labels::label::Regions;
use crate::labels::posterior::region_probabilities;
use crate::labels::quick::quick_probabilities;
use crate::{Label, Thresholds};

/// Weights of the table: `WEIGHT_LEAST`·`WEIGHT_STEP`^level.
const WEIGHT_LEAST: f64 = 12.0;
const WEIGHT_STEP: f64 = 1.5;
pub(crate) const LEVELS: usize = 24;
/// Shares of neutral votes: row / `ROWS`.
pub(crate) const ROWS: usize = 64;
/// Shares of agree among those who take a side: ½ + column / 2·`COLUMNS`; below ½ all is mirrored.
pub(crate) const COLUMNS: usize = 64;

/// The table: one entry per place of the posterior's mean. It is the same for every consultation, because the
/// posterior alone decides.
pub(crate) struct Odds {
    regions: Regions,
    cells: Vec<OnceLock<Cell>>,
}

/// ln of the odds of consensus, controversy, indifference and mixed, by column.
pub(crate) type Cell = [[f64; COLUMNS + 1]; 4];

/// Tables kept for thresholds that are asked for again.
const TABLES_MAX: usize = 4;
static TABLES: Mutex<Vec<(Thresholds, Arc<Odds>)>> = Mutex::new(Vec::new());

impl Odds {
    /// ln of the odds of a label by this posterior, read off between the table's places: within a few hundredths of
    /// the probability where the weight is in the table.
    pub(crate) fn at(&self, posterior: Dirichlet, label: Label) -> f64 {
        let Dirichlet { agree, disagree, neutral } = posterior;
        let (sides, weight) = (agree + disagree, agree + disagree + neutral);
        let (part, greater) = match label {
            Label::Consensus => (0, agree),
            Label::Rejection => (0, disagree),
            Label::Controversy => (1, agree.max(disagree)),
            Label::Indifference => (2, agree.max(disagree)),
            _ => (3, agree.max(disagree)),
        };
        if greater < sides / 2.0 {
            // The table ends where both sides are equal: beyond, a side's label only gets less likely.
            return LEAST;
        }
        let (level, up) = level(weight);
        let (row, across) = place(neutral / weight * ROWS as f64, ROWS);
        let (column, along) = place((greater / sides - 0.5) * 2.0 * COLUMNS as f64, COLUMNS);
        let read = |level: usize, row: usize| {
            let odds = &self.cell(level, row)[part];
            odds[column] + (odds[column + 1] - odds[column]) * along
        };
        let between = |level: usize| {
            let (one, next) = (read(level, row), read(level, row + 1));
            one + (next - one) * across
        };
        let (below, above) = (between(level), between(level + 1));
        below + (above - below) * up
    }

    /// The table of these thresholds.
    pub(crate) fn of(thresholds: Thresholds) -> Arc<Self> {
        let mut tables = TABLES.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, table)) = tables.iter().find(|(known, _)| *known == thresholds) {
            return Arc::clone(table);
        }
        let cells = std::iter::repeat_with(OnceLock::new).take(LEVELS * (ROWS + 1)).collect();
        let table = Arc::new(Self { regions: Regions::new(thresholds), cells });
        tables.truncate(TABLES_MAX - 1);
        tables.insert(0, (thresholds, Arc::clone(&table)));
        table
    }

    pub(crate) fn cell(&self, level: usize, row: usize) -> &Cell {
        self.cells[level * (ROWS + 1) + row].get_or_init(|| {
            let weight = WEIGHT_LEAST * WEIGHT_STEP.powi(i32::try_from(level).unwrap_or(i32::MAX));
            let n = (row as f64 / ROWS as f64).clamp(0.002, 0.998);
            let mut cell = [[0.0; COLUMNS + 1]; 4];
            for column in 0..=COLUMNS {
                let u = column_share(column as f64).min(0.999);
                let [agree, disagree, neutral] =
                    [u * (1.0 - n), (1.0 - u) * (1.0 - n), n].map(|share| share * weight);
                let posterior = Dirichlet { agree, disagree, neutral };
                let probabilities = quick_probabilities(posterior, &self.regions)
                    .unwrap_or_else(|| region_probabilities(posterior, &self.regions));
                for (odds, label) in cell.iter_mut().zip(IN_CELL) {
                    odds[column] = ln_odds(probabilities[label.index()]);
                }
            }
            cell
        })
    }
}

/// The level at or below this weight, and how far it is on the way to the next.
pub(crate) fn level(weight: f64) -> (usize, f64) {
    place((weight / WEIGHT_LEAST).ln() / WEIGHT_STEP.ln(), LEVELS - 1)
}

const IN_CELL: [Label; 4] = [Label::Consensus, Label::Controversy, Label::Indifference, Label::Mixed];

/// Log odds of a label that is surely wrong.
const LEAST: f64 = -9.2;

/// Surer than this the odds are not known, and need not be.
pub(crate) fn ln_odds(probability: f64) -> f64 {
    let probability = probability.clamp(1e-4, 1.0 - 1e-4);
    (probability / (1.0 - probability)).ln()
}

pub(crate) fn column_share(column: f64) -> f64 {
    0.5 + column / (2.0 * COLUMNS as f64)
}

/// The whole part of a place, at most `last` − 1, and what is beyond it, in 0–1.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
pub(crate) fn place(at: f64, last: usize) -> (usize, f64) {
    let at = at.clamp(0.0, last as f64);
    let whole = (at as usize).min(last - 1);
    (whole, at - whole as f64)
}
