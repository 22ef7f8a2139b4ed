//! What participants say of ideas: each counted once an idea, in one pass over the ballots.

use std::ops::Range;
use std::thread;

use gd_domain::Choice;

use crate::table::Columns;

/// The idea of a card that has none.
pub(super) const NO_IDEA: u32 = u32::MAX;

/// Rows for which another thread is worth its start.
const ROWS_PER_THREAD_MIN: usize = 1 << 20;

/// Threads at most.
const THREADS_MAX: usize = 8;

/// Participants by what they say of one idea.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Support {
    /// They agree with at least one of its proposals…
    pub(super) supporters: u64,
    /// …and of these, they disagree with another.
    pub(super) divided: u64,
    /// They agree with none and disagree with at least one.
    pub(super) opponents: u64,
    /// They are neutral on all they have voted on.
    pub(super) others: u64,
}

/// The support of each of `count` ideas; `idea_of` gives the idea of each card, or [`NO_IDEA`].
pub(super) fn supports(columns: &Columns, idea_of: &[u32], count: usize) -> Vec<Support> {
    if count == 0 {
        return Vec::new();
    }
    let available = thread::available_parallelism().map_or(1, usize::from).min(THREADS_MAX);
    let threads = available.min(columns.len() / ROWS_PER_THREAD_MIN).max(1);
    let cut = |part: usize| between_participants(&columns.participant, columns.len() * part / threads);
    let parts: Vec<Vec<Support>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|part| {
                let rows = cut(part)..cut(part + 1);
                scope.spawn(move || count_rows(columns, rows, idea_of, count))
            })
            .collect();
        let result = |worker: thread::ScopedJoinHandle<'_, _>| {
            worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        workers.into_iter().map(result).collect()
    });
    parts.into_iter().reduce(added).unwrap_or_default()
}

/// The first row from this one on with which a participant begins.
fn between_participants(participants: &[u32], row: usize) -> usize {
    match (row.checked_sub(1).map(|before| participants[before]), participants.get(row)) {
        (Some(before), Some(_)) => row + participants[row..].partition_point(|&one| one == before),
        _ => row,
    }
}

/// Rows are in the order of participants: what one of them says is complete when the next begins.
fn count_rows(columns: &Columns, rows: Range<usize>, idea_of: &[u32], count: usize) -> Vec<Support> {
    let mut supports = vec![Support::default(); count];
    let mut said = vec![0_u8; count];
    let mut spoken_of: Vec<u32> = Vec::new();
    let mut participant = None;
    for row in rows {
        if participant != Some(columns.participant[row]) {
            participant = Some(columns.participant[row]);
            close(&mut supports, &mut said, &mut spoken_of);
        }
        let idea = idea_of[columns.proposal[row] as usize];
        if idea != NO_IDEA {
            let said = &mut said[idea as usize];
            if *said == 0 {
                spoken_of.push(idea);
            }
            *said |= bit(columns.choice[row]);
        }
    }
    close(&mut supports, &mut said, &mut spoken_of);
    supports
}

fn close(supports: &mut [Support], said: &mut [u8], spoken_of: &mut Vec<u32>) {
    for idea in spoken_of.drain(..) {
        let (support, said) = (&mut supports[idea as usize], std::mem::take(&mut said[idea as usize]));
        let [agrees, disagrees] = [Choice::Agree, Choice::Disagree].map(|choice| said & bit(choice) != 0);
        support.supporters += u64::from(agrees);
        support.divided += u64::from(agrees && disagrees);
        support.opponents += u64::from(disagrees && !agrees);
        support.others += u64::from(!agrees && !disagrees);
    }
}

fn bit(choice: Choice) -> u8 {
    1 << choice.index()
}

fn added(mut sums: Vec<Support>, part: Vec<Support>) -> Vec<Support> {
    for (sum, one) in sums.iter_mut().zip(part) {
        sum.supporters += one.supporters;
        sum.divided += one.divided;
        sum.opponents += one.opponents;
        sum.others += one.others;
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use gd_domain::{AudienceCode, Channel, Qualifications, Timestamp};

    fn columns(rows: &[(u32, u32, Choice)]) -> Columns {
        Columns {
            participant: rows.iter().map(|row| row.0).collect(),
            proposal: rows.iter().map(|row| row.1).collect(),
            choice: rows.iter().map(|row| row.2).collect(),
            qualifications: vec![Qualifications::default(); rows.len()],
            audience: vec![AudienceCode::UNDECLARED; rows.len()],
            channel: vec![Channel::Import; rows.len()],
            cast_at: vec![Timestamp::default(); rows.len()],
        }
    }

    #[test]
    fn a_participant_counts_once_an_idea() {
        use Choice::{Agree, Disagree, Neutral};
        // Cards 0 and 1 are one idea, 2 is none, 3 another.
        let rows = [
            (0, 0, Agree),
            (0, 1, Agree),
            (0, 2, Disagree),
            (1, 0, Agree),
            (1, 1, Disagree),
            (2, 0, Neutral),
            (2, 1, Disagree),
            (3, 1, Neutral),
            (3, 3, Agree),
        ];
        let supports = supports(&columns(&rows), &[0, 0, NO_IDEA, 1], 2);
        assert_eq!(supports[0], Support { supporters: 2, divided: 1, opponents: 1, others: 1 });
        assert_eq!(supports[1], Support { supporters: 1, ..Support::default() });
    }

    #[test]
    fn ballots_are_cut_between_participants() {
        let participants = [0, 0, 1, 1, 1, 2];
        let cuts: Vec<usize> = (0..=6).map(|row| between_participants(&participants, row)).collect();
        assert_eq!(cuts, [0, 2, 2, 5, 5, 5, 6]);
    }
}
