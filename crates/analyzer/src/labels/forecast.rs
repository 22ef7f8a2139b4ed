//! How likely a label is claimed once more people have voted: what more votes would settle.
//!
//! The posterior predictive, prior and threshold frozen; docs/METHOD.md, "What more votes would settle".

#![expect(clippy::cast_precision_loss, reason = "places in a table of a few thousand cells")]

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::labels::assess::Frozen;
use crate::labels::cumulative::Cumulative;
use crate::labels::label::Regions;
use crate::labels::posterior::region_probabilities;
use crate::labels::prior::Dirichlet;
use crate::labels::quick::quick_probabilities;
use crate::{Label, Thresholds};

/// More votes on one proposal, for which the forecast is made.
pub(crate) const FURTHER_VOTES: [u32; 5] = [30, 100, 300, 1_000, 3_000];

/// Votes are worth asking for from this probability of a claim on.
pub(crate) const SETTLED: f64 = 0.8;

/// Decimals of a forecast.
const DECIMALS: f64 = 1e4;

/// What each label's borders are, at some numbers of votes and shares of neutral ones.
pub(crate) struct Forecast<'a> {
    frozen: Frozen<'a>,
    table: Arc<Table>,
    borders: Vec<OnceLock<Borders>>,
}

impl<'a> Forecast<'a> {
    pub(crate) fn new(frozen: Frozen<'a>, thresholds: Thresholds) -> Self {
        let borders = std::iter::repeat_with(OnceLock::new).take(LEVELS * (ROWS + 1)).collect();
        Self { frozen, table: Table::of(thresholds), borders }
    }

    /// The probability that a label is claimed after each of [`FURTHER_VOTES`] on a proposal with these counts.
    pub(crate) fn settles(&self, counts: [u64; 3]) -> [f64; 5] {
        FURTHER_VOTES.map(|more| {
            let probability = if self.frozen.judge.enough([counts[0] + u64::from(more), counts[1], counts[2]])
            {
                self.after(self.frozen.judge.priors.fitted.after(counts), f64::from(more))
            } else {
                0.0
            };
            (probability.clamp(0.0, 1.0) * DECIMALS).round() / DECIMALS
        })
    }

    /// After `more` votes the posterior's mean is a draw with the mean of now and, of n and of u apart, the
    /// spread of Dirichlet(ν·mean) with 1/(ν + 1) = more / ((S + 1)(S + more)), S the weight of now.
    fn after(&self, now: Dirichlet, more: f64) -> f64 {
        let weight = now.agree + now.disagree + now.neutral;
        let nu = (weight + 1.0) * (weight + more) / more - 1.0;
        let [agree, disagree, neutral] =
            [now.agree, now.disagree, now.neutral].map(|part| nu * part / weight);
        let sides = Cumulative::of(agree, disagree);
        let angle = (neutral / nu).sqrt().asin();
        let spread = 0.5 / (nu + 1.0).sqrt();
        let claimed = NORMAL_TENTHS.map(|z| {
            let n = (angle + z * spread).clamp(0.0, std::f64::consts::FRAC_PI_2).sin().powi(2);
            self.borders(weight + more, n).claimed(|u| sides.at(u))
        });
        claimed.iter().sum::<f64>() / 10.0
    }

    /// The borders at this weight of votes and prior and this share of neutral votes, between those of the table.
    fn borders(&self, weight: f64, n: f64) -> Borders {
        let (level, up) = place((weight / WEIGHT_LEAST).ln() / WEIGHT_STEP.ln(), LEVELS - 1);
        let (row, across) = place(n * ROWS as f64, ROWS);
        let below = self.known(level, row).towards(self.known(level, row + 1), across);
        let above = self.known(level + 1, row).towards(self.known(level + 1, row + 1), across);
        below.towards(&above, up)
    }

    fn known(&self, level: usize, row: usize) -> &Borders {
        self.borders[level * (ROWS + 1) + row]
            .get_or_init(|| Borders::at(self.table.cell(level, row), self.frozen.error_max))
    }
}

/// The first of [`FURTHER_VOTES`] that reaches [`SETTLED`].
pub(crate) fn further_votes(settles: &[f64; 5]) -> Option<u32> {
    settles
        .iter()
        .zip(FURTHER_VOTES)
        .find(|(probability, _)| **probability >= SETTLED)
        .map(|(_, votes)| votes)
}

/// The tenths of a bell curve, each at its middle.
const NORMAL_TENTHS: [f64; 10] = [
    -1.644_854, -1.036_433, -0.674_490, -0.385_320, -0.125_661, 0.125_661, 0.385_320, 0.674_490, 1.036_433,
    1.644_854,
];

/// Weights of the table: `WEIGHT_LEAST`·`WEIGHT_STEP`^level.
const WEIGHT_LEAST: f64 = 12.0;
const WEIGHT_STEP: f64 = 1.5;
const LEVELS: usize = 24;
/// Shares of neutral votes: row / `ROWS`.
const ROWS: usize = 64;
/// Shares of agree among those who take a side: ½ + column / 2·`COLUMNS`; below ½ all is mirrored.
const COLUMNS: usize = 64;

/// How probable each label is with the posterior's mean at each place, whatever the consultation: the posterior
/// alone decides. Filled where somebody looks.
struct Table {
    regions: Regions,
    cells: Vec<OnceLock<Cell>>,
}

/// ln of the odds of consensus, controversy, indifference and mixed, by column.
type Cell = [[f64; COLUMNS + 1]; 4];

/// Tables kept for thresholds that are asked for again.
const TABLES_MAX: usize = 4;
static TABLES: Mutex<Vec<(Thresholds, Arc<Table>)>> = Mutex::new(Vec::new());

impl Table {
    fn of(thresholds: Thresholds) -> Arc<Self> {
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

    fn cell(&self, level: usize, row: usize) -> &Cell {
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

const IN_CELL: [Label; 4] = [Label::Consensus, Label::Controversy, Label::Indifference, Label::Mixed];

/// Surer than this the odds are not known, and need not be.
fn ln_odds(probability: f64) -> f64 {
    let probability = probability.clamp(1e-4, 1.0 - 1e-4);
    (probability / (1.0 - probability)).ln()
}

fn column_share(column: f64) -> f64 {
    0.5 + column / (2.0 * COLUMNS as f64)
}

/// Where labels are claimed along u = agree / (agree + disagree), for u ≥ ½.
#[derive(Clone, Copy, Debug)]
struct Borders {
    consensus_from: f64,
    controversy_to: f64,
    indifference_to: f64,
    mixed: (f64, f64),
}

impl Borders {
    fn at(cell: &Cell, error_max: f64) -> Self {
        let [consensus, controversy, indifference, mixed] = cell;
        let enough = ln_odds(1.0 - error_max);
        let crossing = |odds: &[f64], column: usize| {
            let (one, next) = (odds[column], odds[column + 1]);
            column_share(column as f64 + ((enough - one) / (next - one)).clamp(0.0, 1.0))
        };
        let rise = |odds: &[f64], from: usize| {
            (from..COLUMNS).find(|&column| odds[column] < enough && odds[column + 1] >= enough)
        };
        let fall = |odds: &[f64], from: usize| {
            (from..COLUMNS).find(|&column| odds[column] >= enough && odds[column + 1] < enough)
        };
        let until = |odds: &[f64]| {
            let falls = || fall(odds, 0).map_or(1.0, |column| crossing(odds, column));
            if odds[0] >= enough { falls() } else { 0.5 }
        };
        let best =
            (0..=COLUMNS).fold(0, |best, column| if mixed[column] > mixed[best] { column } else { best });
        let around = column_share(best as f64);
        let mixed = if mixed[best] < enough {
            (around, around)
        } else {
            let from = rise(mixed, 0).map_or(0.5, |column| crossing(mixed, column));
            (from, fall(mixed, best).map_or(1.0, |column| crossing(mixed, column)))
        };
        let consensus_from = if consensus[0] >= enough {
            0.5
        } else {
            rise(consensus, 0).map_or(1.0, |column| crossing(consensus, column))
        };
        Self {
            consensus_from,
            controversy_to: until(controversy),
            indifference_to: until(indifference),
            mixed,
        }
    }

    fn towards(&self, other: &Self, part: f64) -> Self {
        let between = |one: f64, other: f64| one + (other - one) * part;
        Self {
            consensus_from: between(self.consensus_from, other.consensus_from),
            controversy_to: between(self.controversy_to, other.controversy_to),
            indifference_to: between(self.indifference_to, other.indifference_to),
            mixed: (between(self.mixed.0, other.mixed.0), between(self.mixed.1, other.mixed.1)),
        }
    }

    /// How probably u falls where a label is claimed, given the cumulative probability of u.
    fn claimed(&self, cdf: impl Fn(f64) -> f64) -> f64 {
        let inside = |from: f64, to: f64| if from < to { cdf(to) - cdf(from) } else { 0.0 };
        let around = |to: f64| inside(1.0 - to, to);
        let (from, to) = self.mixed;
        inside(self.consensus_from, 1.0)
            + inside(0.0, 1.0 - self.consensus_from)
            + around(self.controversy_to)
            + around(self.indifference_to)
            + inside(from, to)
            + inside(1.0 - to, 1.0 - from)
    }
}

/// The whole part of a place, at most `last` − 1, and what is beyond it, in 0–1.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
fn place(at: f64, last: usize) -> (usize, f64) {
    let at = at.clamp(0.0, last as f64);
    let whole = (at as usize).min(last - 1);
    (whole, at - whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Method;
    use crate::labels::assess::assess;
    use crate::sampling::{drawn, generator, shares, votes};

    /// Truths from the posterior, votes from the truths, claims by the exact rule: no table, no bell curve.
    fn by_draws(frozen: Frozen<'_>, counts: [u64; 3], more: u64, draws: u32) -> f64 {
        let mut generator = generator(u64::from(draws) + more);
        let mut claimed = 0;
        for _ in 0..draws {
            let truth = shares(&mut generator, frozen.judge.priors.fitted.after(counts));
            let new = votes(&mut generator, truth, more);
            let after = [0, 1, 2].map(|k| counts[k] + new[k]);
            claimed += u32::from(Label::REGIONS.into_iter().any(|label| frozen.claims(after, label)));
        }
        f64::from(claimed) / f64::from(draws)
    }

    #[test]
    fn forecasts_are_what_draws_of_more_votes_give() {
        let mut counts = drawn(31, Dirichlet { agree: 3.0, disagree: 1.5, neutral: 1.5 }, 200, 60);
        let looked_at = [
            [0, 0, 0],
            [6, 1, 2],
            [14, 3, 3],
            [35, 20, 15],
            [50, 48, 20],
            [10, 30, 30],
            [120, 60, 40],
            [600, 280, 160],
        ];
        counts.extend(looked_at);
        let method = Method::default();
        let assessment = assess(&counts, &method);
        let forecast = Forecast::new(assessment.frozen(), method.thresholds);
        let (mut sum, mut compared) = (0.0, 0.0);
        for one in looked_at {
            for (place, more) in FURTHER_VOTES.into_iter().enumerate().take(4) {
                let found = forecast.settles(one)[place];
                let expected = by_draws(assessment.frozen(), one, u64::from(more), 150);
                let noise = (expected.max(0.02) * (1.02 - expected) / 150.0).sqrt();
                println!("{one:?} after {more}: {found:.3} for {expected:.3}");
                assert!(
                    (found - expected).abs() < 0.05 + 4.0 * noise,
                    "{one:?} after {more}: {found}, {expected}"
                );
                (sum, compared) = (sum + found - expected, compared + 1.0);
            }
        }
        assert!(f64::abs(sum / compared) < 0.02, "off by {} in the mean", sum / compared);
    }

    #[test]
    fn more_votes_are_asked_for_until_four_in_five_are_settled() {
        assert_eq!(further_votes(&[0.1, 0.5, 0.8, 0.9, 0.95]), Some(300));
        assert_eq!(further_votes(&[0.1, 0.2, 0.3, 0.5, 0.79]), None);
    }
}
