//! Who agrees with which candidate: lists of participants, from two passes over the columns.

use gd_domain::Choice;

use super::candidates::Candidate;
use crate::VoteTable;

/// A participant with ballots on so many candidates is a judge: whoever has fewer can hardly be represented.
const JUDGED_MIN: u8 = 5;

/// No candidate: the proposal of this card may not be listed.
const NONE: u32 = u32::MAX;

/// The participants who agree with each candidate.
#[derive(Clone, Debug)]
pub(super) struct Approvals {
    /// Where each candidate's supporters start in `supporters`, and where the last one's end.
    starts: Vec<usize>,
    supporters: Vec<u32>,
    /// Of each participant of the table, on how many candidates they have ballots: 5 is five or more.
    judged: Vec<u8>,
    /// How many participants have a ballot on a candidate.
    pub(super) participants: u64,
}

impl Approvals {
    pub(super) fn of(table: &VoteTable, candidates: &[Candidate]) -> Self {
        let rows = Rows::of(table, candidates);
        let mut judged = vec![0_u8; table.participant_count()];
        let mut starts = vec![0_usize; candidates.len() + 1];
        rows.each(
            |_| true,
            |participant, _| {
                let count = &mut judged[participant as usize];
                *count = (*count + 1).min(JUDGED_MIN);
            },
        );
        rows.each(|choice| choice == Choice::Agree, |_, candidate| starts[candidate as usize + 1] += 1);
        for candidate in 0..candidates.len() {
            starts[candidate + 1] += starts[candidate];
        }
        let mut next = starts.clone();
        let mut supporters = vec![0; starts[candidates.len()]];
        rows.each(
            |choice| choice == Choice::Agree,
            |participant, candidate| {
                let place = &mut next[candidate as usize];
                supporters[*place] = participant;
                *place += 1;
            },
        );
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

/// The ballots on candidates.
struct Rows<'a> {
    table: &'a VoteTable,
    /// By card.
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

    /// Visits each participant and candidate once that have a ballot of such a choice between them, however
    /// many proposals of the candidate the participant voted on; participants in increasing order.
    fn each(&self, wanted: impl Fn(Choice) -> bool, mut visit: impl FnMut(u32, u32)) {
        let columns = &self.table.columns;
        let mut latest = vec![NONE; self.candidate_count];
        for (participant, place) in (0_u32..).zip(0..columns.participant_count()) {
            for row in columns.rows_of(place) {
                let candidate = self.candidate_of[columns.proposal[row] as usize];
                let counts = candidate != NONE && wanted(columns.choice[row]);
                if counts && latest[candidate as usize] != participant {
                    latest[candidate as usize] = participant;
                    visit(participant, candidate);
                }
            }
        }
    }
}
