//! Counts of the ballots on each proposal, in all, by qualification and by audience: a pass over the columns for each
//! of these that there are.

use std::ops::Range;

use gd_domain::{AudienceCode, Qualifications, Slug};

use crate::VoteTable;
use crate::make_org::CountSet;
use crate::partition;
use crate::table::Columns;
use rayon::prelude::*;

/// Counts per card, in the order of the table's cards.
#[derive(Clone, Debug)]
pub(crate) struct Tallies {
    /// Choices and qualifications of each card.
    pub(crate) cards: Vec<CountSet>,
    /// Agree, disagree, neutral of each audience with a ballot: by name, then by card.
    pub(crate) audiences: Vec<(Slug, Vec<[u64; 3]>)>,
}

impl Tallies {
    pub(crate) fn of(table: &VoteTable) -> Self {
        let (columns, card_count) = (&table.columns, table.cards().len());
        let choices = choices(columns, card_count);
        let mut cards: Vec<CountSet> =
            choices.into_iter().map(|choices| CountSet { choices, ..CountSet::default() }).collect();
        if columns.qualifications.all_same() != Some(Qualifications::NONE) {
            for (row, &card) in columns.proposal.iter().enumerate() {
                for qualification in columns.qualifications.at(row).iter() {
                    cards[card as usize].qualifications[qualification.index()] += 1;
                }
            }
        }
        Self { cards, audiences: by_audience(table) }
    }
}

/// Agree, disagree, neutral of each card.
pub(crate) fn choices(columns: &Columns, card_count: usize) -> Vec<[u64; 3]> {
    let parts: Vec<_> = partition::ranges(columns.len())
        .into_par_iter()
        .map(|rows: Range<usize>| {
            let mut counts = vec![0_u32; 4 * card_count];
            for (&card, &choice) in columns.proposal[rows.clone()].iter().zip(&columns.choice[rows]) {
                counts[card as usize * 4 + choice.index()] += 1;
            }
            counts
        })
        .collect();
    let mut sums = vec![[0; 3]; card_count];
    for part in parts {
        for (sum, more) in sums.iter_mut().zip(part.as_chunks::<4>().0) {
            *sum = [0, 1, 2].map(|choice| sum[choice] + u64::from(more[choice]));
        }
    }
    sums
}

fn by_audience(table: &VoteTable) -> Vec<(Slug, Vec<[u64; 3]>)> {
    let columns = &table.columns;
    if columns.audience.all_same() == Some(AudienceCode::UNDECLARED) {
        return Vec::new();
    }
    let mut cells = vec![vec![[0_u64; 3]; table.cards().len()]; table.audiences().len() + 1];
    for (row, (&card, &choice)) in columns.proposal.iter().zip(&columns.choice).enumerate() {
        cells[usize::from(columns.audience.at(row).0)][card as usize][choice.index()] += 1;
    }
    let named = table.audiences().iter().cloned().zip(cells.into_iter().skip(1));
    let mut audiences: Vec<_> = named.filter(|(_, cells)| cells.iter().any(|one| *one != [0; 3])).collect();
    audiences.sort_by(|one, other| one.0.cmp(&other.0));
    audiences
}
