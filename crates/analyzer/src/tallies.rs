//! Counts of the ballots on each proposal, in all, by qualification and by audience: a pass over the columns for each
//! of these that there are.

use gd_domain::{AudienceCode, Qualifications, Slug};

use crate::VoteTable;
use crate::make_org::CountSet;

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
        let choices = columns.choices(card_count);
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
