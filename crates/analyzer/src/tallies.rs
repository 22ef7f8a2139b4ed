//! Counts of the ballots on each proposal, in all and by audience: one pass over the columns.

use gd_domain::Slug;

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
        let card_count = table.cards().len();
        let columns = &table.columns;
        let mut cards = vec![CountSet::default(); card_count];
        let mut cells = vec![vec![[0_u64; 3]; card_count]; table.audiences().len() + 1];
        for row in 0..columns.len() {
            let (card, choice) = (columns.proposal[row] as usize, columns.choice[row].index());
            cards[card].choices[choice] += 1;
            cells[usize::from(columns.audience[row].0)][card][choice] += 1;
            if !columns.qualifications[row].is_empty() {
                for qualification in columns.qualifications[row].iter() {
                    cards[card].qualifications[qualification.index()] += 1;
                }
            }
        }
        let named = table.audiences().iter().cloned().zip(cells.into_iter().skip(1));
        let mut audiences: Vec<_> =
            named.filter(|(_, cells)| cells.iter().any(|one| *one != [0; 3])).collect();
        audiences.sort_by(|one, other| one.0.cmp(&other.0));
        Self { cards, audiences }
    }
}
