//! Support of ideas: each participant counted once an idea, in one pass over the ballots.

use std::ops::Range;

use gd_domain::Choice;
use gd_report::Counts;
use rayon::prelude::*;

use crate::table::Columns;

/// The idea of a card that has none.
pub(super) const NO_IDEA: u32 = u32::MAX;

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

impl Support {
    /// Each voter once, by what they say in all.
    pub(super) fn counts(&self) -> Counts {
        Counts { agree: self.supporters, disagree: self.opponents, neutral: self.others }
    }
}

/// The support of each of `count` ideas; `idea_of` gives the idea of each card, or [`NO_IDEA`].
pub(super) fn supports(columns: &Columns, idea_of: &[u32], count: usize) -> Vec<Support> {
    if count == 0 {
        return Vec::new();
    }
    let parts: Vec<_> = columns
        .parts()
        .into_par_iter()
        .map(|participants| count_part(columns, participants, idea_of, count))
        .collect();
    parts.into_iter().reduce(added).unwrap_or_default()
}

/// Counts the participants of a part; a participant is complete with their last row.
fn count_part(columns: &Columns, participants: Range<usize>, idea_of: &[u32], count: usize) -> Vec<Support> {
    let mut supports = vec![Support::default(); count];
    let mut said = vec![0_u8; count];
    let mut spoken_of: Vec<u32> = Vec::new();
    for participant in participants {
        for row in columns.rows_of(participant) {
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
    }
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
    use crate::VoteTable;
    use crate::opinion::tests::{ballot, card};

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
        let ballots = rows.map(|(participant, proposal, choice)| ballot(participant, proposal, choice));
        let table = VoteTable::new((0..4).map(card).collect(), Vec::new(), ballots).unwrap();
        let supports = supports(&table.columns, &[0, 0, NO_IDEA, 1], 2);
        assert_eq!(supports[0], Support { supporters: 2, divided: 1, opponents: 1, others: 1 });
        assert_eq!(supports[1], Support { supporters: 1, ..Support::default() });
    }
}
