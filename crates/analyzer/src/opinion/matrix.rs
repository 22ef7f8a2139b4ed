//! Participants × proposals, what was voted on only: rows of cells, each one number.
//!
//! Rows stand in an order that their own cells decide, so that no sum over them depends on how the
//! participants were numbered. Knows nothing of texts, groups or methods.

use std::ops::Range;

use rayon::prelude::*;

use crate::VoteTable;
use crate::partition;

/// Choices a cell can hold: agree, disagree, neutral.
pub(crate) const CHOICES: usize = 3;

/// The value of each choice, in the order of [`gd_domain::Choice::index`].
pub(crate) const VALUES: [f64; CHOICES] = [1.0, -1.0, 0.0];

/// A card that is no column.
const NO_COLUMN: u32 = u32::MAX;

/// The votes as rows.
#[derive(Clone, Debug)]
pub(crate) struct Matrix {
    /// Row r holds the cells from `starts[r]` to before `starts[r + 1]`.
    starts: Vec<u32>,
    /// 3 · column + choice, ascending within a row.
    cells: Vec<u32>,
    /// The table's participant of each row.
    participants: Vec<u32>,
    columns: usize,
}

impl Matrix {
    /// The votes on the cards at these places, ascending: the i-th is column i. Participants without
    /// such a vote have no row.
    ///
    /// # Panics
    /// With 2³² ballots or more, or a third as many cards: the numbers of rows and cells have 32 bits.
    pub(crate) fn of(table: &VoteTable, places: &[usize]) -> Self {
        let mut column_of = vec![NO_COLUMN; table.cards().len()];
        for (&place, column) in places.iter().zip(0_u32..) {
            column_of[place] = column;
        }
        let order = order_of_rows(table, &column_of);
        let starts = starts_of(&order);
        let participants: Vec<u32> = order.into_iter().map(|(_, participant, _)| participant).collect();
        let mut matrix = Self { starts, cells: Vec::new(), participants, columns: places.len() };
        let mut cells = vec![0; matrix.starts[matrix.rows()] as usize];
        let ranges = matrix.parts();
        let cell_ranges = ranges.iter().map(|rows| matrix.cells_of(rows)).collect();
        let pieces = partition::pieces(&mut cells, cell_ranges);
        let work: Vec<_> = ranges.into_iter().zip(pieces.into_iter().map(|(_, piece)| piece)).collect();
        work.into_par_iter().for_each(|(rows, piece)| {
            let mine = matrix.participants[rows].iter();
            let votes = mine.flat_map(|&one| votes_of(table, &column_of, one));
            for (cell, vote) in piece.iter_mut().zip(votes) {
                *cell = vote;
            }
        });
        matrix.cells = cells;
        matrix
    }

    pub(crate) fn rows(&self) -> usize {
        self.participants.len()
    }

    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    pub(crate) fn cell_count(&self) -> usize {
        self.starts[self.rows()] as usize
    }

    /// The table's participant of each row.
    pub(crate) fn participants(&self) -> &[u32] {
        &self.participants
    }

    pub(crate) fn row(&self, row: usize) -> &[u32] {
        &self.cells[self.starts[row] as usize..self.starts[row + 1] as usize]
    }

    /// Ranges of rows with about as many cells each.
    pub(crate) fn parts(&self) -> Vec<Range<usize>> {
        partition::row_ranges(&self.starts)
    }

    /// Votes of each choice in each column.
    pub(crate) fn counts(&self) -> Vec<[u64; CHOICES]> {
        let sums: Vec<_> = self
            .parts()
            .into_par_iter()
            .map(|rows| {
                let mut counts = vec![0_u32; CHOICES * self.columns];
                for &cell in &self.cells[self.cells_of(&rows)] {
                    counts[cell as usize] += 1;
                }
                counts
            })
            .collect();
        let mut counts = vec![[0; CHOICES]; self.columns];
        for part in sums {
            for (column, more) in counts.iter_mut().zip(part.as_chunks::<CHOICES>().0) {
                for (count, more) in column.iter_mut().zip(more) {
                    *count += u64::from(*more);
                }
            }
        }
        counts
    }

    /// Every `step`-th row: as good as drawn, since the order of rows is that of a hash.
    pub(crate) fn every(&self, step: usize) -> Self {
        let mut sample =
            Self { starts: vec![0], cells: Vec::new(), participants: Vec::new(), columns: self.columns };
        for row in (0..self.rows()).step_by(step) {
            sample.cells.extend_from_slice(self.row(row));
            sample.starts.push(number(sample.cells.len()));
            sample.participants.push(self.participants[row]);
        }
        sample
    }

    /// The same people having voted on the same proposals, each cell's choice replaced.
    pub(crate) fn with_choices(&self, mut choice_at: impl FnMut(usize) -> usize) -> Self {
        let replaced = self.cells.iter().map(|&cell| {
            let column = cell as usize / CHOICES;
            number(column * CHOICES + choice_at(column))
        });
        Self { cells: replaced.collect(), ..self.clone_without_cells() }
    }

    fn clone_without_cells(&self) -> Self {
        Self {
            starts: self.starts.clone(),
            cells: Vec::new(),
            participants: self.participants.clone(),
            columns: self.columns,
        }
    }

    fn cells_of(&self, rows: &Range<usize>) -> Range<usize> {
        self.starts[rows.start] as usize..self.starts[rows.end] as usize
    }
}

/// The cells of one participant, ascending.
fn votes_of<'a>(
    table: &'a VoteTable,
    column_of: &'a [u32],
    participant: u32,
) -> impl Iterator<Item = u32> + 'a {
    let rows = table.columns.rows_of(participant as usize);
    let proposals = &table.columns.proposal[rows.clone()];
    let cells = proposals.iter().zip(&table.columns.choice[rows]);
    cells.filter_map(|(&card, choice)| {
        let column = column_of[card as usize];
        (column != NO_COLUMN).then(|| number(column as usize * CHOICES + choice.index()))
    })
}

/// Participants with a cell, by a hash of their cells: (hash, participant, cells).
fn order_of_rows(table: &VoteTable, column_of: &[u32]) -> Vec<(u64, u32, u32)> {
    let ranges = table.columns.parts();
    let hashed: Vec<_> = ranges
        .into_par_iter()
        .map(|participants| {
            let mut rows = Vec::with_capacity(participants.len());
            for participant in participants {
                let participant = number(participant);
                let (mut hash, mut cells) = (0_u64, 0_u32);
                for cell in votes_of(table, column_of, participant) {
                    hash = mixed(hash ^ u64::from(cell));
                    cells += 1;
                }
                if cells > 0 {
                    rows.push((mixed(hash), participant, cells));
                }
            }
            rows
        })
        .collect();
    let mut order = hashed.concat();
    order.par_sort_unstable();
    order
}

fn starts_of(order: &[(u64, u32, u32)]) -> Vec<u32> {
    let mut starts = Vec::with_capacity(order.len() + 1);
    let mut next = 0_u32;
    starts.push(next);
    for (_, _, cells) in order {
        next += cells;
        starts.push(next);
    }
    starts
}

/// A bijection of 64 bits in which every bit of the input moves about half of the output (Stafford's variant
/// 13 of the finalizer of `MurmurHash3`).
fn mixed(bits: u64) -> u64 {
    let bits = bits.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).expect("a table of fewer than 2^32 ballots and 2^30 cards")
}
