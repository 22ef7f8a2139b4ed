//! From a population to weights, and from weights to shares beside the raw ones.

use gd_report::{MarginResult, Report, Share, Shares, Weighted, Weighting};

use super::PEOPLE_MIN;
use super::population::{Population, PopulationError};
use super::raking::{Target, float, rake, shares, trimmed};
use super::respondents::{NO_CELL, Respondents};
use crate::VoteTable;
use crate::interval::share_of_effective;
use crate::rounding::rounded;

/// Weights are added up in whole numbers of this part, so that no sum depends on the order of the rows.
const PARTS: f64 = 4_294_967_296.0;

/// Adds to the report of a table what the votes say when participants are weighted to a population: `weighting`,
/// and `weighted` of each proposal on which every value of every card has five voters or more.
///
/// # Errors
/// [`PopulationError`] when the population does not fit the participants; the report is left as it was.
pub fn weigh(table: &VoteTable, report: &mut Report, population: &Population) -> Result<(), PopulationError> {
    let respondents = Respondents::of(table, population)?;
    let raked = rake(&respondents.people, &respondents.targets);
    let (weights, iterations) = raked.ok_or(PopulationError::Unreachable)?;
    let (weights, cut) = match population.weight_max {
        Some(weight_max) => trimmed(&respondents.people, weights, weight_max),
        None => (weights, 0),
    };
    let weighting = describe(population, &respondents, &weights, iterations, cut);
    let ballots = WeightedBallots::of(table, &respondents, &weights);
    let mut left_out = 0;
    for proposal in &mut report.proposals {
        let place = table.cards().binary_search_by_key(&proposal.number, |card| card.number);
        proposal.weighted = place.ok().and_then(|place| ballots.shares(place));
        left_out += usize::from(proposal.weighted.is_none() && proposal.counts.total() > 0);
    }
    report.limits.extend(limits(&weighting, left_out));
    report.weighting = Some(weighting);
    Ok(())
}

fn describe(
    population: &Population,
    respondents: &Respondents,
    weights: &[f64],
    iterations: u32,
    cut: u64,
) -> Weighting {
    let people = &respondents.people;
    let equal = vec![1.0; weights.len()];
    let margins = population.margins.iter().zip(&respondents.targets).flat_map(|(margin, target)| {
        let participants = shares(people, &equal, target);
        let achieved = shares(people, weights, target);
        let of_value = move |(place, (value, share)): (usize, &(String, f64))| MarginResult {
            card: margin.card.clone(),
            value: value.clone(),
            population: rounded(*share),
            participants: rounded(participants[place]),
            achieved: rounded(achieved[place]),
        };
        margin.shares.iter().enumerate().map(of_value)
    });
    let used = || people.iter().zip(weights).filter(|(people, _)| **people > 0);
    let sum: f64 = used().map(|(&people, weight)| float(people) * weight).sum();
    let squares: f64 = used().map(|(&people, weight)| float(people) * weight * weight).sum();
    Weighting {
        participants: people.iter().sum(),
        undeclared: respondents.undeclared as u64,
        margins: margins.collect(),
        iterations,
        effective_participants: rounded(sum * sum / squares),
        weight_min: rounded(used().map(|(_, weight)| *weight).fold(f64::INFINITY, f64::min)),
        weight_max: rounded(used().map(|(_, weight)| *weight).fold(0.0, f64::max)),
        weight_limit: population.weight_max,
        trimmed: cut,
    }
}

/// The weights of each card's voters by choice.
struct WeightedBallots {
    /// In [`PARTS`] of a mean weight.
    choices: Vec<[u64; 3]>,
    /// Sums of squares, in [`PARTS`] squared.
    squares: Vec<u128>,
    /// Per target, the voters of each card by value; row-major, cards × values.
    people: Vec<Vec<u32>>,
    values: Vec<usize>,
}

impl WeightedBallots {
    fn of(table: &VoteTable, respondents: &Respondents, weights: &[f64]) -> Self {
        let (columns, cards) = (&table.columns, table.cards().len());
        let parts: Vec<u64> = weights.iter().map(|weight| in_parts(*weight)).collect();
        let values: Vec<usize> = respondents.targets.iter().map(|target| target.shares.len()).collect();
        let mut sums = Self {
            choices: vec![[0; 3]; cards],
            squares: vec![0; cards],
            people: values.iter().map(|values| vec![0; values * cards]).collect(),
            values,
        };
        let with_cell = respondents.cell_of.iter().enumerate().filter(|(_, cell)| **cell != NO_CELL);
        let rows =
            with_cell.flat_map(|(one, &cell)| columns.rows_of(one).map(move |row| (row, cell as usize)));
        for (row, cell) in rows {
            let card = columns.proposal[row] as usize;
            sums.choices[card][columns.choice[row].index()] += parts[cell];
            sums.squares[card] += u128::from(parts[cell]) * u128::from(parts[cell]);
            for ((people, values), Target { value_of, .. }) in
                sums.people.iter_mut().zip(&sums.values).zip(&respondents.targets)
            {
                people[card * values + value_of[cell]] += 1;
            }
        }
        sums
    }

    /// The weighted figures of a card; none where a value has too few voters: its weight would rest on them, and its
    /// raw figures could be computed from the weighted ones.
    fn shares(&self, card: usize) -> Option<Weighted> {
        let enough = |(people, values): (&Vec<u32>, &usize)| {
            people[card * values..(card + 1) * values].iter().all(|people| u64::from(*people) >= PEOPLE_MIN)
        };
        if !self.people.iter().zip(&self.values).all(enough) {
            return None;
        }
        let choices = self.choices[card];
        let total = float(choices.iter().sum());
        let effective = total / wide_float(self.squares[card]) * total;
        let share = |weight: u64| -> Share { share_of_effective(float(weight) / total, effective) };
        let [agree, disagree, neutral] = choices.map(share);
        Some(Weighted { shares: Shares { agree, disagree, neutral }, effective_ballots: rounded(effective) })
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a weight is positive and below the number of participants, which fits 32 bits"
)]
fn in_parts(weight: f64) -> u64 {
    (weight * PARTS).round() as u64
}

#[expect(clippy::cast_precision_loss, reason = "a sum of squares is printed to nine digits")]
fn wide_float(sum: u128) -> f64 {
    sum as f64
}

fn limits(weighting: &Weighting, left_out: usize) -> Vec<String> {
    let mut sentences = vec![
        "Weighted figures give each declared value its share of the population; who takes part within it stays a \
         matter of choice, and what is declared stays what participants said of themselves."
            .to_owned(),
        format!(
            "The weights make {} participants tell as much as {:.0} of equal weight.",
            weighting.participants, weighting.effective_participants
        ),
    ];
    if weighting.undeclared > 0 {
        sentences.push(format!(
            "Participants left out of the weighted figures because they declared nothing to weight by: {}.",
            weighting.undeclared
        ));
    }
    if left_out > 0 {
        sentences.push(format!(
            "Proposals without weighted figures, because fewer than five voters declared one of the values: {left_out}."
        ));
    }
    if weighting.trimmed > 0 {
        sentences.push(format!(
            "Participants whose weight was cut to the greatest allowed, which moves the weighted figures off the \
             population's shares: {}.",
            weighting.trimmed
        ));
    }
    sentences
}
