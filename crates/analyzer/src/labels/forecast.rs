//! The probability that a label is claimed once more people have voted.
//!
//! The posterior predictive, prior and threshold frozen; docs/METHOD.md, "What more votes would settle".

#![expect(clippy::cast_precision_loss, reason = "places in a table of a few thousand cells")]

use std::sync::{Arc, OnceLock};

use gd_report::Dirichlet;

use crate::labels::assess::Frozen;
use crate::labels::cumulative::{COARSE, Cumulative};
use crate::labels::odds::{COLUMNS, Cell, LEVELS, Odds, ROWS, column_share, level, ln_odds, place};

/// More votes on one proposal, for which the forecast is made.
pub(crate) const FURTHER_VOTES: [u32; 5] = [30, 100, 300, 1_000, 3_000];

/// Votes are worth asking for from this probability of a claim on.
pub(crate) const SETTLED: f64 = 0.8;

/// Decimals of a forecast.
const DECIMALS: f64 = 1e4;

/// The borders of each label, at some numbers of votes and shares of neutral ones.
pub(crate) struct Forecast<'a> {
    frozen: Frozen<'a>,
    odds: Arc<Odds>,
    borders: Vec<OnceLock<Borders>>,
}

impl<'a> Forecast<'a> {
    pub(crate) fn new(frozen: Frozen<'a>, odds: Arc<Odds>) -> Self {
        let borders = std::iter::repeat_with(OnceLock::new).take(LEVELS * (ROWS + 1)).collect();
        Self { frozen, odds, borders }
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
        let sides = Cumulative::<COARSE>::of(agree, disagree);
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
        let (level, up) = level(weight);
        let (row, across) = place(n * ROWS as f64, ROWS);
        let below = self.known(level, row).towards(self.known(level, row + 1), across);
        let above = self.known(level + 1, row).towards(self.known(level + 1, row + 1), across);
        below.towards(&above, up)
    }

    fn known(&self, level: usize, row: usize) -> &Borders {
        self.borders[level * (ROWS + 1) + row]
            .get_or_init(|| Borders::at(self.odds.cell(level, row), self.frozen.error_max))
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

/// The stretches of u = agree / (agree + disagree) ≥ ½ on which labels are claimed.
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

    /// The probability that u falls on a stretch with a claim, given the cumulative probability of u.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labels::assess::assess;
    use crate::sampling::{drawn, generator, shares, votes};
    use crate::{Label, Method};

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
        let forecast = Forecast::new(assessment.frozen(), Odds::of(method.thresholds));
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
