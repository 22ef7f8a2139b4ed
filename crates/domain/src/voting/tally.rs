//! Counts per proposal. A tally and a change of a tally are the same thing with another sign, so that
//! sums of changes are changes and the counters need no other arithmetic.

use std::collections::BTreeMap;

use crate::ids::{AudienceCode, ItemNumber};
use crate::timestamp::Minute;
use crate::voting::{CHOICES_MAX, Channel, Choice, Qualification, StandingBallot};

/// Ballots by choice. A poll of opinions fills the first three cells: agree, disagree, neutral.
pub type ChoiceCounts = [i64; CHOICES_MAX];

const NO_BALLOTS: ChoiceCounts = [0; CHOICES_MAX];

/// Counts of standing ballots on one item, or a change of such counts (then parts may be negative).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Ballots by choice: index with [`Choice::index`] or [`ChoiceCode::place`](crate::ChoiceCode::place).
    pub choices: ChoiceCounts,
    /// The nine qualifications: index with [`Qualification::index`].
    pub qualifications: [i64; 9],
    /// Ballots by choice of each audience that has any.
    pub by_audience: AudienceCounts,
    /// Ballots by choice of each channel: index with [`Channel::index`].
    pub by_channel: [ChoiceCounts; Channel::ALL.len()],
}

impl Tally {
    /// Ballots of this choice.
    #[must_use]
    pub const fn of(&self, choice: Choice) -> i64 {
        self.choices[choice.index()]
    }

    /// Ballots with this qualification.
    #[must_use]
    pub const fn with(&self, qualification: Qualification) -> i64 {
        self.qualifications[qualification.index()]
    }

    /// Ballots in all.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.choices.iter().sum()
    }

    /// Whether nothing is counted, or nothing changes.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.choices == NO_BALLOTS
            && self.qualifications == [0; 9]
            && self.by_audience.iter().all(|(_, counts)| counts == NO_BALLOTS)
            && self.by_channel == [NO_BALLOTS; Channel::ALL.len()]
    }

    /// Counts this ballot `times` times: 1 to add it, −1 to take it away.
    pub fn count(&mut self, ballot: &StandingBallot, times: i64) {
        let choice = ballot.opinion.code().place();
        self.choices[choice] += times;
        self.by_channel[ballot.channel.index()][choice] += times;
        for qualification in ballot.opinion.qualifications().iter() {
            self.qualifications[qualification.index()] += times;
        }
        let of_audience = self.by_audience.at(ballot.audience);
        of_audience[choice] += times;
        if *of_audience == NO_BALLOTS {
            self.by_audience.forget_empty();
        }
    }

    /// Adds another tally or change.
    pub fn add(&mut self, other: &Self) {
        add_each(&mut self.choices, &other.choices);
        add_each(&mut self.qualifications, &other.qualifications);
        for channel in Channel::ALL {
            add_each(&mut self.by_channel[channel.index()], &other.by_channel[channel.index()]);
        }
        for (audience, counts) in other.by_audience.iter() {
            add_each(self.by_audience.at(audience), &counts);
        }
        self.by_audience.forget_empty();
    }
}

/// Ballots by choice and audience: in order of the codes, each once. A consultation has thousands of
/// proposals with the counts of a handful of audiences each, so they lie side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AudienceCounts(Vec<(AudienceCode, ChoiceCounts)>);

impl AudienceCounts {
    /// Nothing of any audience.
    pub const NONE: Self = Self(Vec::new());

    /// The counts of this audience; zero if it has none.
    #[must_use]
    pub fn of(&self, audience: AudienceCode) -> ChoiceCounts {
        self.place(audience).map_or(NO_BALLOTS, |place| self.0[place].1)
    }

    /// The counts of this audience to change, from zero if it has none.
    pub fn at(&mut self, audience: AudienceCode) -> &mut ChoiceCounts {
        let place = self.place(audience).unwrap_or_else(|place| {
            if self.0.is_empty() {
                self.0.reserve_exact(1);
            }
            self.0.insert(place, (audience, NO_BALLOTS));
            place
        });
        &mut self.0[place].1
    }

    /// Each audience with its counts, by code.
    pub fn iter(&self) -> impl Iterator<Item = (AudienceCode, ChoiceCounts)> {
        self.0.iter().copied()
    }

    /// Lets go of audiences of which nothing is counted (any more).
    pub fn forget_empty(&mut self) {
        self.0.retain(|(_, counts)| *counts != NO_BALLOTS);
    }

    /// The index of this audience, or the index to insert it at.
    fn place(&self, audience: AudienceCode) -> Result<usize, usize> {
        self.0.binary_search_by_key(&audience, |&(code, _)| code)
    }
}

fn add_each<const N: usize>(sum: &mut [i64; N], other: &[i64; N]) {
    for (part, more) in sum.iter_mut().zip(other) {
        *part += more;
    }
}

/// The effect of a batch of events on the counts: the tallies it moves, the participants it adds, and the
/// minutes at which the standing ballots were cast.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deltas {
    /// The change of each proposal's tally; proposals that do not change are absent.
    pub proposals: BTreeMap<ItemNumber, Tally>,
    /// Change of the number of participants with at least one standing ballot.
    pub participants: i64,
    /// Standing ballots by the minute they were cast in; minutes that do not change are absent.
    pub activity: BTreeMap<Minute, i64>,
}

impl Deltas {
    /// Counts a ballot `times` times, on its proposal and in its minute.
    pub fn count(&mut self, ballot: &StandingBallot, times: i64) {
        self.count_on_proposal(ballot, times);
        self.count_in_minute(Minute::of(ballot.cast_at), times);
    }

    /// Counts a ballot `times` times on its proposal alone.
    pub fn count_on_proposal(&mut self, ballot: &StandingBallot, times: i64) {
        let tally = self.proposals.entry(ballot.proposal).or_default();
        tally.count(ballot, times);
        if tally.is_zero() {
            self.proposals.remove(&ballot.proposal);
        }
    }

    /// Counts `times` ballots in a minute.
    pub fn count_in_minute(&mut self, minute: Minute, times: i64) {
        let sum = self.activity.entry(minute).or_default();
        *sum += times;
        if *sum == 0 {
            self.activity.remove(&minute);
        }
    }

    /// Adds other deltas: the change over two stretches, one after the other.
    pub fn add(&mut self, other: &Self) {
        self.participants += other.participants;
        for (&minute, &times) in &other.activity {
            self.count_in_minute(minute, times);
        }
        for (&proposal, change) in &other.proposals {
            let sum = self.proposals.entry(proposal).or_default();
            sum.add(change);
            if sum.is_zero() {
                self.proposals.remove(&proposal);
            }
        }
    }

    /// Ballots in all: standing ones when this is a whole count, else their change.
    #[must_use]
    pub fn ballots(&self) -> i64 {
        self.proposals.values().map(Tally::total).sum()
    }

    /// The whole count of these standing ballots; `participants` is the number of distinct ones.
    pub fn recount<'a>(ballots: impl IntoIterator<Item = &'a StandingBallot>) -> Self {
        let mut deltas = Self::default();
        let mut participants = std::collections::BTreeSet::new();
        for ballot in ballots {
            deltas.count(ballot, 1);
            participants.insert(ballot.participant);
        }
        deltas.participants = i64::try_from(participants.len()).unwrap_or(i64::MAX);
        deltas
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn audiences_are_in_order_and_stay_while_anything_is_counted_of_them() {
        let mut counts = AudienceCounts::default();
        for (code, more) in [(7, 2), (1, 1), (7, 3), (4, -1), (4, 1), (0, 5)] {
            counts.at(AudienceCode(code))[2] += more;
        }
        assert_eq!(counts.of(AudienceCode(4)), NO_BALLOTS);
        assert_eq!(counts.of(AudienceCode(9)), NO_BALLOTS);
        counts.forget_empty();
        let held = counts.iter().map(|(AudienceCode(code), counts)| (code, counts)).collect::<Vec<_>>();
        assert_eq!(held, [(0, [0, 0, 5, 0, 0]), (1, [0, 0, 1, 0, 0]), (7, [0, 0, 5, 0, 0])]);
    }
}
