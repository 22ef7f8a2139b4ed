//! Participants who agree with each candidate, from one pass over the columns.

use std::ops::Range;

use gd_domain::Choice;
use rayon::prelude::*;

use super::candidates::Candidate;
use crate::VoteTable;

/// A participant with ballots on so many candidates is a judge: whoever has fewer can hardly be represented.
const JUDGED_MIN: u8 = 5;

/// No candidate: the proposal of this card may not be listed.
const NONE: u32 = u32::MAX;

/// The participants who agree with each candidate.
#[derive(Clone, Debug)]
pub(super) struct Approvals {
    /// The supporters of candidate c are `supporters[starts[c]..starts[c + 1]]`.
    starts: Vec<usize>,
    supporters: Vec<u32>,
    /// Per participant of the table, the candidates they have ballots on; 5 stands for five or more.
    judged: Vec<u8>,
    /// Participants with a ballot on a candidate.
    pub(super) participants: u64,
}

impl Approvals {
    pub(super) fn of(table: &VoteTable, candidates: &[Candidate]) -> Self {
        let rows = Rows::of(table, candidates);
        let parts: Vec<_> =
            table.columns.parts().into_par_iter().map(|participants| rows.part(participants)).collect();
        let mut starts = vec![0];
        let mut supporters = Vec::with_capacity(parts.iter().map(|part| part.supporters.len()).sum());
        for candidate in 0..candidates.len() {
            for part in &parts {
                supporters.extend_from_slice(part.supporters_of(candidate));
            }
            starts.push(supporters.len());
        }
        let judged = parts.into_iter().flat_map(|part| part.judged).collect();
        Self::new(starts, supporters, judged)
    }

    pub(super) fn new(starts: Vec<usize>, supporters: Vec<u32>, judged: Vec<u8>) -> Self {
        let participants = judged.iter().filter(|count| **count > 0).count() as u64;
        Self { starts, supporters, judged, participants }
    }

    pub(super) fn candidate_count(&self) -> usize {
        self.starts.len() - 1
    }

    /// Distinct participants who agree with it.
    pub(super) fn supporters(&self, candidate: usize) -> &[u32] {
        &self.supporters[self.starts[candidate]..self.starts[candidate + 1]]
    }

    /// With how many of these candidates each participant agrees.
    pub(super) fn agreed_with(&self, list: &[usize]) -> Vec<u8> {
        let mut agreed = vec![0; self.judged.len()];
        for &candidate in list {
            for &participant in self.supporters(candidate) {
                agreed[participant as usize] += 1;
            }
        }
        agreed
    }

    pub(super) fn judge_count(&self) -> u64 {
        self.judged.iter().map(|&count| u64::from(count == JUDGED_MIN)).sum()
    }

    /// Judges who agree with nothing of a list.
    pub(super) fn judges_left_out(&self, agreed: &[u8]) -> u64 {
        let left_out = |(count, agreed): &(&u8, &u8)| **count == JUDGED_MIN && **agreed == 0;
        self.judged.iter().zip(agreed).filter(left_out).count() as u64
    }
}

/// The same of some participants who follow one another.
struct Part {
    judged: Vec<u8>,
    starts: Vec<usize>,
    supporters: Vec<u32>,
}

impl Part {
    /// Sorts pairs (participant, candidate) by candidate; participants stay in order.
    fn of(judged: Vec<u8>, pairs: &[(u32, u32)], candidate_count: usize) -> Self {
        let mut starts = vec![0; candidate_count + 1];
        for (_, candidate) in pairs {
            starts[*candidate as usize + 1] += 1;
        }
        for candidate in 0..candidate_count {
            starts[candidate + 1] += starts[candidate];
        }
        let mut next = starts.clone();
        let mut supporters = vec![0; pairs.len()];
        for &(participant, candidate) in pairs {
            let place = &mut next[candidate as usize];
            supporters[*place] = participant;
            *place += 1;
        }
        Self { judged, starts, supporters }
    }

    fn supporters_of(&self, candidate: usize) -> &[u32] {
        &self.supporters[self.starts[candidate]..self.starts[candidate + 1]]
    }
}

/// The ballots on candidates.
struct Rows<'a> {
    table: &'a VoteTable,
    /// Per card, its candidate or [`NONE`].
    candidate_of: Vec<u32>,
    candidate_count: usize,
}

impl<'a> Rows<'a> {
    fn of(table: &'a VoteTable, candidates: &[Candidate]) -> Self {
        let mut candidate_of = vec![NONE; table.cards().len()];
        for (candidate, index) in candidates.iter().zip(0..) {
            for number in &candidate.numbers {
                if let Ok(place) = table.cards().binary_search_by_key(number, |card| card.number) {
                    candidate_of[place] = index;
                }
            }
        }
        Self { table, candidate_of, candidate_count: candidates.len() }
    }

    /// The candidates that each participant has a ballot on and those they agree with, each once however many of its
    /// proposals they voted on.
    fn part(&self, participants: Range<usize>) -> Part {
        let columns = &self.table.columns;
        let mut seen = vec![NONE; self.candidate_count];
        let mut agrees = vec![NONE; self.candidate_count];
        let mut pairs = Vec::new();
        let judged = participants.map(|place| {
            let participant = u32::try_from(place).expect("a table has fewer participants than that");
            let mut count = 0_u8;
            for row in columns.rows_of(place) {
                let candidate = self.candidate_of[columns.proposal[row] as usize];
                if candidate == NONE {
                    continue;
                }
                if std::mem::replace(&mut seen[candidate as usize], participant) != participant {
                    count = (count + 1).min(JUDGED_MIN);
                }
                if columns.choice[row] == Choice::Agree
                    && std::mem::replace(&mut agrees[candidate as usize], participant) != participant
                {
                    pairs.push((participant, candidate));
                }
            }
            count
        });
        let judged = judged.collect();
        Part::of(judged, &pairs, self.candidate_count)
    }
}
