//! Minutes in which many more people vote than in the hour before and after.

use std::collections::BTreeMap;

use gd_report::Burst;
use rayon::prelude::*;

use super::rows::Rows;
use crate::rounding::rounded;

const MINUTE_MILLIS: i64 = 60_000;
const DAY_MINUTES: i64 = 1_440;
const DAY_LEN: usize = 1_440;

/// The neighbourhood: so many blocks of so many minutes on each side, the block of the minute itself left out.
const BLOCK_MINUTES: i64 = 10;
const BLOCKS_A_SIDE: i64 = 6;

/// Fewer participants in a minute are no burst, whatever is around them.
const PARTICIPANTS_MIN: u64 = 20;

/// A burst is this many standard deviations above the usual, when the variance of a minute is
/// [`VARIANCE_FACTOR`] times that of independent arrivals: people come in waves.
const DEVIATIONS: f64 = 8.0;
const VARIANCE_FACTOR: f64 = 4.0;

/// Participants by minute, in order of time.
type Minutes = Vec<(i64, u64)>;

pub(super) fn find(rows: &mut Rows<'_>) -> Vec<Burst> {
    let minutes = voters_by_minute(rows);
    let (Some(first), Some(last)) = (minutes.first(), minutes.last()) else { return Vec::new() };
    // Votes that all came at once, or were imported without their times, have no neighbourhood.
    if last.0 - first.0 < 2 * BLOCK_MINUTES * BLOCKS_A_SIDE {
        return Vec::new();
    }
    let blocks = by_block(&minutes);
    let surges = minutes.iter().filter_map(|&(minute, voters)| {
        let usual = usual(&blocks, minute);
        let limit = usual + DEVIATIONS * (VARIANCE_FACTOR * (usual + 1.0)).sqrt();
        (voters >= PARTICIPANTS_MIN && float(voters) > limit).then_some((minute, voters, usual))
    });
    let mut bursts: Vec<Burst> = Vec::new();
    for (minute, voters, usual) in surges {
        let from = minute.saturating_mul(MINUTE_MILLIS);
        match bursts.last_mut().filter(|latest| end(latest) == from) {
            Some(latest) => {
                latest.minutes += 1;
                latest.participants += voters;
                latest.usual = rounded(latest.usual + usual);
            }
            None => {
                bursts.push(Burst {
                    from,
                    minutes: 1,
                    participants: voters,
                    usual: rounded(usual),
                    ballots: 0,
                });
            }
        }
    }
    mark(rows, &mut bursts);
    bursts
}

/// The end of its last minute, or of all time.
fn end(burst: &Burst) -> i64 {
    burst.from.saturating_add(burst.minutes * MINUTE_MILLIS)
}

fn minute_of(rows: &Rows<'_>, row: usize) -> i64 {
    rows.table.columns.cast_at[row].as_millis().div_euclid(MINUTE_MILLIS)
}

fn voters_by_minute(rows: &Rows<'_>) -> Minutes {
    let columns = &rows.table.columns;
    let parts: Vec<_> = columns
        .parts()
        .into_par_iter()
        .map(|participants| {
            let mut minutes = MinuteCounts::default();
            let mut own: Vec<i64> = Vec::new();
            for participant in participants {
                own.clear();
                let published = columns.rows_of(participant).filter(|row| rows.is_published(*row));
                own.extend(published.map(|row| minute_of(rows, row)));
                own.sort_unstable();
                own.dedup();
                for minute in &own {
                    minutes.add(*minute, 1);
                }
            }
            minutes
        })
        .collect();
    let mut all = MinuteCounts::default();
    for (day, counts) in parts.into_iter().flat_map(|part| part.days) {
        for (minute, count) in (day * DAY_MINUTES..).zip(counts) {
            all.add(minute, count);
        }
    }
    all.in_order()
}

/// Counts by minute, those of a day side by side: room for the days there are, not for those between.
#[derive(Default)]
struct MinuteCounts {
    days: BTreeMap<i64, Vec<u64>>,
}

impl MinuteCounts {
    fn add(&mut self, minute: i64, count: u64) {
        let day = self.days.entry(minute.div_euclid(DAY_MINUTES)).or_insert_with(|| vec![0; DAY_LEN]);
        let place = usize::try_from(minute.rem_euclid(DAY_MINUTES)).expect("a remainder is not negative");
        day[place] += count;
    }

    /// The minutes that have any.
    fn in_order(self) -> Minutes {
        let by_minute = self.days.into_iter().flat_map(|(day, counts)| (day * DAY_MINUTES..).zip(counts));
        by_minute.filter(|(_, count)| *count > 0).collect()
    }
}

/// Participants by block, of the blocks that have any.
fn by_block(minutes: &Minutes) -> Minutes {
    let block = |minute: i64| minute.div_euclid(BLOCK_MINUTES);
    let same = |one: &(i64, u64), next: &(i64, u64)| block(one.0) == block(next.0);
    minutes.chunk_by(same).map(|part| (block(part[0].0), part.iter().map(|one| one.1).sum())).collect()
}

/// Participants usual in a minute: the median of the neighbouring blocks, a minute's part of it.
fn usual(blocks: &Minutes, minute: i64) -> f64 {
    let block = minute.div_euclid(BLOCK_MINUTES);
    let mut around: Vec<u64> = (-BLOCKS_A_SIDE..=BLOCKS_A_SIDE)
        .filter(|offset| *offset != 0)
        .map(|offset| match blocks.binary_search_by_key(&(block + offset), |one| one.0) {
            Ok(place) => blocks[place].1,
            Err(_) => 0,
        })
        .collect();
    around.sort_unstable();
    let middle = around.len() / 2;
    float(around[middle - 1] + around[middle]) / 2.0 / 10.0
}

fn mark(rows: &mut Rows<'_>, bursts: &mut [Burst]) {
    if bursts.is_empty() {
        return;
    }
    for row in 0..rows.suspicious.len() {
        // Saturating, since a file may say any instant there is a number for.
        let at = minute_of(rows, row).saturating_mul(MINUTE_MILLIS);
        let place = bursts.partition_point(|burst| burst.from <= at);
        let Some(burst) = place.checked_sub(1).map(|place| &mut bursts[place]) else { continue };
        if at < end(burst) && rows.is_published(row) {
            burst.ballots += 1;
            rows.suspicious[row] = true;
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
fn float(count: u64) -> f64 {
    count as f64
}
