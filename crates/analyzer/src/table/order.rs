//! The order of ballots by participant and proposal, found by counting.

use std::ops::Range;

use gd_domain::{BallotColumns, ItemNumber, ParticipantId, Timestamp};
use rayon::prelude::*;

use super::error::TableError;
use crate::partition;

/// Participants' numbers that lie in a range of no more than so many times the ballots are ranked by counting.
const SPARSE_MAX: u64 = 4;

/// The rule for two ballots of one participant on one proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Duplicates {
    /// The later one stands.
    LaterStands,
    /// Two are an error.
    Refused,
}

/// The order of a table's rows.
pub(super) struct Order {
    /// The rows of participant p are `starts[p]..starts[p + 1]`.
    pub(super) starts: Vec<u32>,
    /// The row of the ballots that each row of the table is; none where they are in order already.
    pub(super) rows: Option<Vec<u32>>,
}

/// The standing ballots in the order (participant, proposal).
pub(super) fn order(ballots: &BallotColumns, twice: Duplicates) -> Result<Order, TableError> {
    match starts_if_in_order(ballots) {
        Some(starts) => Ok(Order { starts, rows: None }),
        None => by_counting(ballots, twice),
    }
}

/// The starts of the participants, if each row is after the one before it.
fn starts_if_in_order(ballots: &BallotColumns) -> Option<Vec<u32>> {
    let (participants, proposals) = (&ballots.participant, &ballots.proposal);
    let mut starts = Vec::new();
    let mut before: Option<(ParticipantId, ItemNumber)> = None;
    for (row, now) in participants.iter().copied().zip(proposals.iter().copied()).enumerate() {
        match before {
            Some(before) if before >= now => return None,
            Some(before) if before.0 == now.0 => {}
            _ => starts.push(number_of(row)),
        }
        before = Some(now);
    }
    starts.push(number_of(participants.len()));
    Some(starts)
}

fn by_counting(ballots: &BallotColumns, twice: Duplicates) -> Result<Order, TableError> {
    let (ranks, participants) = ranks(&ballots.participant);
    let mut starts = vec![0_u32; participants + 1];
    for &rank in &ranks {
        starts[rank as usize + 1] += 1;
    }
    for participant in 0..participants {
        starts[participant + 1] += starts[participant];
    }
    let mut next = starts.clone();
    let mut rows = vec![0_u32; ranks.len()];
    for (row, &rank) in ranks.iter().enumerate() {
        let place = &mut next[rank as usize];
        rows[*place as usize] = number_of(row);
        *place += 1;
    }
    drop((ranks, next));
    sort_each(ballots, &starts, &mut rows);
    keep_the_last(ballots, &mut starts, &mut rows, twice)?;
    Ok(Order { starts, rows: Some(rows) })
}

/// The place of each row's participant in the order of their numbers, and how many participants there are.
fn ranks(participants: &[ParticipantId]) -> (Vec<u32>, usize) {
    let numbers = || participants.iter().map(|participant| participant.number());
    let (least, greatest) = (numbers().min().unwrap_or(0), numbers().max().unwrap_or(0));
    let width = least.abs_diff(greatest).saturating_add(1);
    if width <= SPARSE_MAX.saturating_mul(participants.len() as u64) {
        let at = |number: i64| usize::try_from(number.abs_diff(least)).expect("less than the width");
        let mut rank_of = vec![0_u32; usize::try_from(width).expect("a few times the ballots")];
        numbers().for_each(|number| rank_of[at(number)] = 1);
        let mut count = 0;
        for rank in &mut rank_of {
            let present = *rank;
            *rank = count;
            count += present;
        }
        return (numbers().map(|number| rank_of[at(number)]).collect(), count as usize);
    }
    let mut distinct = participants.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let rank = |participant: &ParticipantId| {
        number_of(distinct.binary_search(participant).expect("every participant is among them"))
    };
    let parts: Vec<_> = partition::ranges(participants.len())
        .into_par_iter()
        .map(|range: Range<usize>| participants[range].iter().map(rank).collect::<Vec<u32>>())
        .collect();
    (parts.concat(), distinct.len())
}

/// Sorts each participant's rows by proposal, then time; of one instant the later row stays the later.
fn sort_each(ballots: &BallotColumns, starts: &[u32], rows: &mut [u32]) {
    let key = |row: u32| -> (ItemNumber, Timestamp, u32) {
        (ballots.proposal[row as usize], ballots.cast_at[row as usize], row)
    };
    let parts = partition::row_ranges(starts);
    let of = |part: &Range<usize>| starts[part.start] as usize..starts[part.end] as usize;
    let pieces = partition::pieces(rows, parts.iter().map(of).collect());
    let work: Vec<_> = parts.into_iter().zip(pieces).collect();
    work.into_par_iter().for_each(
        |(participants, (range, mut piece)): (Range<usize>, (Range<usize>, &mut [u32]))| {
            let mut begin = range.start;
            for participant in participants {
                let end = starts[participant + 1] as usize;
                let (mine, rest) = std::mem::take(&mut piece).split_at_mut(end - begin);
                mine.sort_unstable_by_key(|row| key(*row));
                (piece, begin) = (rest, end);
            }
        },
    );
}

/// Keeps the last of each participant's rows on one proposal.
fn keep_the_last(
    ballots: &BallotColumns,
    starts: &mut [u32],
    rows: &mut Vec<u32>,
    twice: Duplicates,
) -> Result<(), TableError> {
    let mut kept = 0;
    for participant in 0..starts.len() - 1 {
        let range = starts[participant] as usize..starts[participant + 1] as usize;
        starts[participant] = number_of(kept);
        for place in range.clone() {
            let row = rows[place] as usize;
            let is_last =
                place + 1 == range.end || ballots.proposal[rows[place + 1] as usize] != ballots.proposal[row];
            if is_last {
                rows[kept] = rows[place];
                kept += 1;
            } else if twice == Duplicates::Refused {
                let (participant, proposal) = (ballots.participant[row], ballots.proposal[row]);
                return Err(TableError::BallotTwice { participant, proposal });
            }
        }
    }
    if let Some(end) = starts.last_mut() {
        *end = number_of(kept);
    }
    rows.truncate(kept);
    Ok(())
}

/// A place among fewer than 2³² cards or ballots.
pub(super) fn number_of(place: usize) -> u32 {
    u32::try_from(place).expect("fewer than 2^32, as was checked")
}
