//! The ballots under suspicion: signs mark rows here, and the counts without them are made from it.

use gd_domain::ModerationStatus;

use crate::VoteTable;

/// The rows of a table, those on published proposals, and those that a sign is about.
pub(super) struct Rows<'a> {
    pub(super) table: &'a VoteTable,
    /// One entry per card: whether it is published.
    pub(super) published: Vec<bool>,
    /// One entry per row: whether a sign is about it.
    pub(super) suspicious: Vec<bool>,
}

impl<'a> Rows<'a> {
    pub(super) fn of(table: &'a VoteTable) -> Self {
        let published = table.cards().iter().map(|card| card.status == ModerationStatus::Published).collect();
        Self { table, published, suspicious: vec![false; table.ballot_count()] }
    }

    pub(super) fn is_published(&self, row: usize) -> bool {
        self.published[self.table.columns.proposal[row] as usize]
    }

    pub(super) fn counts_without(&self, places: &[usize], counts: &[[u64; 3]]) -> Vec<[u64; 3]> {
        let mut row_of_card = vec![usize::MAX; self.table.cards().len()];
        for (row, &place) in places.iter().enumerate() {
            row_of_card[place] = row;
        }
        let mut left = counts.to_vec();
        let columns = &self.table.columns;
        for row in (0..columns.len()).filter(|row| self.suspicious[*row]) {
            left[row_of_card[columns.proposal[row] as usize]][columns.choice[row].index()] -= 1;
        }
        left
    }
}
