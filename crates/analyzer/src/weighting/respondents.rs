//! The participants of the analysis in cells, one per combination of the cards' values.

use std::borrow::Cow;

use gd_domain::ModerationStatus;

use super::PEOPLE_MIN;
use super::population::{Margin, Population, PopulationError};
use super::raking::Target;
use crate::VoteTable;

/// A participant without a cell: a card is not declared, or no ballot is on a published proposal.
pub(super) const NO_CELL: u32 = u32::MAX;

/// More combinations than this leave next to nobody in each.
const CELLS_MAX: usize = 1 << 16;

/// The card that ballots bear.
const AUDIENCE: &str = "audience";

/// Participants in cells.
#[derive(Clone, Debug)]
pub(super) struct Respondents {
    /// Per participant, their cell or [`NO_CELL`].
    pub(super) cell_of: Vec<u32>,
    /// Participants in each cell.
    pub(super) people: Vec<u64>,
    /// A target a card, in the order of the population's margins.
    pub(super) targets: Vec<Target>,
    /// Participants of the analysis without a cell.
    pub(super) undeclared: usize,
}

/// The values that participants declared on one card.
struct DeclaredCard<'a> {
    name: &'a str,
    values: Cow<'a, [String]>,
    /// By participant the place of the value, plus one; 0 is nothing.
    of: Cow<'a, [u16]>,
}

impl Respondents {
    pub(super) fn of(table: &VoteTable, population: &Population) -> Result<Self, PopulationError> {
        let cards = declared_cards(table);
        let shapes: Vec<usize> = population.margins.iter().map(|margin| margin.shares.len()).collect();
        let cell_count = shapes.iter().try_fold(1_usize, |product, values| product.checked_mul(*values));
        let cell_count = cell_count.filter(|cells| *cells <= CELLS_MAX);
        let cell_count = cell_count.ok_or_else(|| PopulationError::TooManyCells(shapes.iter().sum()))?;

        let is_respondent = voters_on_published(table);
        let mut cell_of = vec![0_u32; table.participant_count()];
        for margin in &population.margins {
            let declared = find(&cards, margin)?;
            let place_of = places(declared, margin, &is_respondent)?;
            let width = u32::try_from(margin.shares.len()).expect("there are at most CELLS_MAX values");
            for (cell, &value) in cell_of.iter_mut().zip(declared.of.iter()) {
                *cell = match place_of[usize::from(value)] {
                    Some(place) if *cell != NO_CELL => *cell * width + place,
                    _ => NO_CELL,
                };
            }
        }
        let mut people = vec![0_u64; cell_count];
        let mut undeclared = 0;
        for (cell, is_respondent) in cell_of.iter_mut().zip(is_respondent) {
            match *cell {
                _ if !is_respondent => *cell = NO_CELL,
                NO_CELL => undeclared += 1,
                cell => people[cell as usize] += 1,
            }
        }
        let targets = targets(population, cell_count);
        enough_people(population, &targets, &people)?;
        Ok(Self { cell_of, people, targets, undeclared })
    }
}

/// The cards participants declare: the audience, and those given beside the ballots.
fn declared_cards(table: &VoteTable) -> Vec<DeclaredCard<'_>> {
    let given = table.participant_cards().iter().map(|card| DeclaredCard {
        name: &card.name,
        values: Cow::Borrowed(&card.values),
        of: Cow::Borrowed(&card.of),
    });
    std::iter::once(audiences(table)).chain(given).collect()
}

/// The audience, which every ballot bears; of a participant's ballots the latest that names one counts.
fn audiences(table: &VoteTable) -> DeclaredCard<'_> {
    let columns = &table.columns;
    let mut of = vec![0_u16; table.participant_count()];
    for (participant, of) in of.iter_mut().enumerate() {
        let declared = columns.rows_of(participant).filter(|&row| columns.audience.at(row).0 > 0);
        // The last of several rows of one instant counts: `max_by_key` returns the last maximum.
        if let Some(row) = declared.max_by_key(|&row| columns.cast_at[row]) {
            *of = columns.audience.at(row).0;
        }
    }
    let values = table.audiences().iter().map(ToString::to_string).collect();
    DeclaredCard { name: AUDIENCE, values: Cow::Owned(values), of: Cow::Owned(of) }
}

fn voters_on_published(table: &VoteTable) -> Vec<bool> {
    let columns = &table.columns;
    let is_published =
        |row: usize| table.cards()[columns.proposal[row] as usize].status == ModerationStatus::Published;
    (0..columns.participant_count()).map(|one| columns.rows_of(one).any(is_published)).collect()
}

fn find<'a>(cards: &'a [DeclaredCard<'a>], margin: &Margin) -> Result<&'a DeclaredCard<'a>, PopulationError> {
    cards.iter().find(|card| card.name == margin.card).ok_or_else(|| PopulationError::UnknownCard {
        card: margin.card.clone(),
        known: cards.iter().map(|card| format!("`{}`", card.name)).collect::<Vec<_>>().join(", "),
    })
}

/// The place in the margin of what participants can have declared, by its code.
fn places(
    declared: &DeclaredCard<'_>,
    margin: &Margin,
    is_respondent: &[bool],
) -> Result<Vec<Option<u32>>, PopulationError> {
    if let Some((value, _)) = margin.shares.iter().find(|(value, _)| !declared.values.contains(value)) {
        let known: Vec<String> = declared.values.iter().map(|value| format!("`{value}`")).collect();
        return Err(PopulationError::UnknownValue {
            card: margin.card.clone(),
            value: value.clone(),
            known: if known.is_empty() { "none".to_owned() } else { known.join(", ") },
        });
    }
    let place = |value: &String| margin.shares.iter().zip(0..).find(|((one, _), _)| one == value);
    let places: Vec<Option<u32>> = std::iter::once(None)
        .chain(declared.values.iter().map(|value| place(value).map(|(_, place)| place)))
        .collect();
    let mut used = vec![false; places.len()];
    for (&value, _) in declared.of.iter().zip(is_respondent).filter(|(_, is_respondent)| **is_respondent) {
        used[usize::from(value)] = true;
    }
    let without = (1..places.len()).filter(|&value| used[value] && places[value].is_none());
    let mut without: Vec<&String> = without.map(|value| &declared.values[value - 1]).collect();
    without.sort();
    match without.first() {
        Some(value) => {
            Err(PopulationError::WithoutShare { card: margin.card.clone(), value: (*value).clone() })
        }
        None => Ok(places),
    }
}

/// The values of each margin by cell: a cell's number is that of its values as digits, the last card's last.
fn targets(population: &Population, cell_count: usize) -> Vec<Target> {
    let mut below = cell_count;
    let mut target = |margin: &Margin| {
        let values = margin.shares.len();
        below /= values;
        let value_of = (0..cell_count).map(|cell| cell / below % values).collect();
        Target { value_of, shares: margin.shares.iter().map(|(_, share)| *share).collect() }
    };
    population.margins.iter().map(&mut target).collect()
}

fn enough_people(population: &Population, targets: &[Target], people: &[u64]) -> Result<(), PopulationError> {
    for (margin, target) in population.margins.iter().zip(targets) {
        let mut of_value = vec![0_u64; target.shares.len()];
        for (people, &value) in people.iter().zip(&target.value_of) {
            of_value[value] += people;
        }
        if let Some(place) = of_value.iter().position(|people| *people < PEOPLE_MIN) {
            let value = margin.shares[place].0.clone();
            return Err(PopulationError::TooFew { card: margin.card.clone(), value });
        }
    }
    Ok(())
}
