//! The ballots that stand, in columns, in the order (participant, proposal).
//!
//! Built without a map over rows: participants get their places by counting, each one's few ballots are sorted
//! apart, and every column is then moved in one pass. Files that are in order already, as exports of ours are,
//! cost one look at them.

use std::ops::Range;

use gd_domain::{
    AudienceCode, BallotColumns, Channel, Choice, Column, ProposalPlaces, Qualifications, Timestamp,
};
use rayon::prelude::*;

use super::error::TableError;
use super::order::{self, Duplicates, Order, number_of};
use crate::partition;

/// One row a ballot, in the order (participant, proposal).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Columns {
    /// The rows of participant p are `starts[p]..starts[p + 1]`; participants are in the order of their numbers.
    starts: Vec<u32>,
    /// The card's place.
    pub(crate) proposal: Vec<u32>,
    pub(crate) choice: Vec<Choice>,
    pub(crate) qualifications: Column<Qualifications>,
    pub(crate) audience: Column<AudienceCode>,
    pub(crate) channel: Column<Channel>,
    pub(crate) cast_at: Vec<Timestamp>,
}

impl Columns {
    /// The columns of these ballots, on cards at these places.
    pub(super) fn of(
        ballots: BallotColumns,
        places: &ProposalPlaces,
        audience_count: usize,
        twice: Duplicates,
    ) -> Result<Self, TableError> {
        check(&ballots, audience_count)?;
        let Order { starts, rows } = order::order(&ballots, twice)?;
        let (ballots, starts) = match rows {
            Some(rows) => (reordered(ballots, &rows), starts),
            None => (ballots, starts),
        };
        let mut unknown = None;
        let place = |number| {
            places.place(number).map_or_else(
                || {
                    unknown.get_or_insert(number);
                    0
                },
                number_of,
            )
        };
        let proposal: Vec<u32> = ballots.proposal.into_iter().map(place).collect();
        if let Some(number) = unknown {
            return Err(TableError::UnknownProposal(number));
        }
        Ok(Self {
            starts,
            proposal,
            choice: ballots.choice,
            qualifications: ballots.qualifications,
            audience: ballots.audience,
            channel: ballots.channel,
            cast_at: ballots.cast_at,
        })
    }

    /// The number of ballots.
    pub(crate) fn len(&self) -> usize {
        self.proposal.len()
    }

    /// The number of participants with a ballot.
    pub(crate) fn participant_count(&self) -> usize {
        self.starts.len() - 1
    }

    /// The rows of a participant.
    pub(crate) fn rows_of(&self, participant: usize) -> Range<usize> {
        self.starts[participant] as usize..self.starts[participant + 1] as usize
    }

    /// Agree, disagree, neutral; one entry per card.
    pub(crate) fn choices(&self, card_count: usize) -> Vec<[u64; 3]> {
        let parts: Vec<_> = partition::ranges(self.len())
            .into_par_iter()
            .map(|rows: Range<usize>| {
                let mut counts = vec![0_u32; 4 * card_count];
                for (&card, &choice) in self.proposal[rows.clone()].iter().zip(&self.choice[rows]) {
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

    /// Ranges of participants with about as many ballots each.
    pub(crate) fn parts(&self) -> Vec<Range<usize>> {
        partition::row_ranges(&self.starts)
    }
}

fn check(ballots: &BallotColumns, audience_count: usize) -> Result<(), TableError> {
    let rows = ballots.len();
    let lengths = [
        ballots.participant.len(),
        ballots.choice.len(),
        ballots.qualifications.len(),
        ballots.audience.len(),
        ballots.channel.len(),
        ballots.cast_at.len(),
    ];
    assert!(lengths.iter().all(|length| *length == rows), "columns of equal length");
    if u32::try_from(rows).is_err() {
        return Err(TableError::TooManyBallots { found: rows, max: u32::MAX });
    }
    let told = if ballots.audience.all_same().is_some() { rows.min(1) } else { rows };
    let mut named = (0..told).map(|row| ballots.audience.at(row));
    match named.find(|code| usize::from(code.0) > audience_count) {
        Some(code) => Err(TableError::UnknownAudience(code)),
        None => Ok(()),
    }
}

/// Each column moved before the next is, so that no more than one is held twice.
fn reordered(ballots: BallotColumns, rows: &[u32]) -> BallotColumns {
    let len = rows.len();
    BallotColumns {
        participant: Vec::new(),
        proposal: chosen(&ballots.proposal, rows),
        choice: chosen(&ballots.choice, rows),
        qualifications: ballots.qualifications.rows(len, |all| chosen(all, rows)),
        audience: ballots.audience.rows(len, |all| chosen(all, rows)),
        channel: ballots.channel.rows(len, |all| chosen(all, rows)),
        cast_at: chosen(&ballots.cast_at, rows),
    }
}

fn chosen<T: Copy + Send + Sync>(all: &[T], rows: &[u32]) -> Vec<T> {
    let parts = partition::ranges(rows.len());
    let part = |range: Range<usize>| rows[range].iter().map(|&row| all[row as usize]).collect::<Vec<T>>();
    let mut moved = Vec::with_capacity(rows.len());
    for part in parts.into_par_iter().map(part).collect::<Vec<_>>() {
        moved.extend(part);
    }
    moved
}
