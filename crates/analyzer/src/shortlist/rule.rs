//! The rule of the shortlist: list the candidates that represent the most participants not represented yet, as long
//! as every group large enough to be due something gets it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::approvals::Approvals;
use super::size::ShortlistSize;

/// One share of a participant who agrees with r entries already: this / (r + 1). Whole numbers add up to the
/// same sum in any order of the participants.
const ONE: u64 = 1 << 24;

/// A listed candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ListedCandidate {
    pub(super) candidate: usize,
    /// Participants who agree with it and with none before it.
    pub(super) newly_represented: u64,
    /// The level and size of the group whose claim it answers.
    pub(super) claim: Option<(u8, u64)>,
}

/// Chooses as many candidates as asked for, or all there are. Candidates of lower place win ties.
///
/// The list is filled by coverage. If then some group's claim is not answered, only half of it is, claims are
/// answered next, and coverage fills the rest; and so on to none, where claims come first: then their answers
/// always fit (Brill & Peters 2023, the greedy justified candidate rule).
pub(super) fn choose(approvals: &Approvals, size: ShortlistSize) -> Vec<ListedCandidate> {
    let entries = usize::from(size.entries());
    let mut free_seats = entries;
    loop {
        let mut list = List::new(approvals, size);
        list.cover(free_seats);
        if list.answer_claims() || free_seats == 0 {
            list.cover(entries);
            return list.chosen;
        }
        free_seats /= 2;
    }
}

struct List<'a> {
    approvals: &'a Approvals,
    size: ShortlistSize,
    chosen: Vec<ListedCandidate>,
    is_listed: Vec<bool>,
    /// With how many entries each participant agrees.
    agreed: Vec<u8>,
}

impl<'a> List<'a> {
    fn new(approvals: &'a Approvals, size: ShortlistSize) -> Self {
        Self {
            approvals,
            size,
            chosen: Vec::new(),
            is_listed: vec![false; approvals.candidate_count()],
            agreed: approvals.agreed_with(&[]),
        }
    }

    /// Adds candidates until there are `entries`: each time the one with most supporters who agree with nothing
    /// listed; of equals the one whose supporters agree with the least that is listed.
    ///
    /// Gains only shrink as the list grows, so a gain computed earlier bounds today's from above and most
    /// candidates are never looked at again.
    fn cover(&mut self, entries: usize) {
        let bound = |candidate: usize| {
            let supporters = self.approvals.supporters(candidate).len() as u64;
            ((supporters, supporters * ONE), Reverse(candidate), None)
        };
        let mut heap: BinaryHeap<_> = self.unlisted().map(bound).collect();
        while self.chosen.len() < entries {
            let Some((gain, Reverse(candidate), computed_at)) = heap.pop() else { return };
            if computed_at == Some(self.chosen.len()) {
                self.add(candidate, gain.0, None);
            } else {
                heap.push((self.gain(candidate), Reverse(candidate), Some(self.chosen.len())));
            }
        }
    }

    /// Supporters not represented yet, then the shares of all supporters.
    fn gain(&self, candidate: usize) -> (u64, u64) {
        let supporters = self.approvals.supporters(candidate).iter();
        supporters.fold((0, 0), |(newly, shares), &participant| {
            let agreed = self.agreed[participant as usize];
            (newly + u64::from(agreed == 0), shares + ONE / (u64::from(agreed) + 1))
        })
    }

    /// Lists the candidates of all groups with a claim, the highest level first; false when more claims are
    /// left than entries.
    fn answer_claims(&mut self) -> bool {
        for level in (1..=self.size.entries()).rev() {
            let bound = |candidate: usize| {
                (self.approvals.supporters(candidate).len() as u64, Reverse(candidate), None)
            };
            let mut heap: BinaryHeap<_> = self.unlisted().map(bound).collect();
            while let Some((group, Reverse(candidate), computed_at)) = heap.pop() {
                if !is_due(group, level, self.size, self.approvals.participants) {
                    break;
                }
                if computed_at != Some(self.chosen.len()) {
                    heap.push((self.below(candidate, level), Reverse(candidate), Some(self.chosen.len())));
                } else if self.chosen.len() == usize::from(self.size.entries()) {
                    return false;
                } else {
                    self.add(candidate, self.gain(candidate).0, Some((level, group)));
                }
            }
        }
        true
    }

    /// Supporters who agree with fewer entries than `level`.
    fn below(&self, candidate: usize, level: u8) -> u64 {
        let supporters = self.approvals.supporters(candidate).iter();
        supporters.filter(|&&participant| self.agreed[participant as usize] < level).count() as u64
    }

    fn unlisted(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.is_listed.len()).filter(|&candidate| !self.is_listed[candidate])
    }

    fn add(&mut self, candidate: usize, newly_represented: u64, claim: Option<(u8, u64)>) {
        self.is_listed[candidate] = true;
        for &participant in self.approvals.supporters(candidate) {
            self.agreed[participant as usize] += 1;
        }
        self.chosen.push(ListedCandidate { candidate, newly_represented, claim });
    }
}

/// Whether a group of so many is due `level` entries: it holds `level` times the participants per entry.
pub(super) fn is_due(group: u64, level: u8, size: ShortlistSize, participants: u64) -> bool {
    group > 0 && group * u64::from(size.entries()) >= u64::from(level) * participants
}
