//! Ballots in columns: a nation's votes in some twenty bytes each.

use crate::ids::{AudienceCode, ItemNumber, ParticipantId};
use crate::timestamp::Timestamp;
use crate::voting::{BallotEvent, Channel, Choice, Opinion, Qualifications, StandingBallot};

/// Ballots that were cast, one a row, in columns of equal length. Of two by one participant on one proposal the
/// later stands; of two at the same instant the one in the later row.
///
/// The code that fills the columns keeps them equally long, and qualifications with their choices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BallotColumns {
    /// The voter of each row.
    pub participant: Vec<ParticipantId>,
    /// On which proposal.
    pub proposal: Vec<ItemNumber>,
    /// Agree, disagree or neutral.
    pub choice: Vec<Choice>,
    /// The nuances given.
    pub qualifications: Column<Qualifications>,
    /// The audience they had declared.
    pub audience: Column<AudienceCode>,
    /// The channel of each row.
    pub channel: Column<Channel>,
    /// When they were admitted.
    pub cast_at: Vec<Timestamp>,
}

impl BallotColumns {
    /// The number of ballots.
    #[must_use]
    pub fn len(&self) -> usize {
        self.proposal.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.proposal.is_empty()
    }

    /// Adds a row.
    pub fn push(&mut self, ballot: &StandingBallot) {
        self.participant.push(ballot.participant);
        self.proposal.push(ballot.proposal);
        self.choice.push(ballot.opinion.choice());
        self.qualifications.push(ballot.opinion.qualifications());
        self.audience.push(ballot.audience);
        self.channel.push(ballot.channel);
        self.cast_at.push(ballot.cast_at);
    }

    /// Adds the rows of another.
    pub fn append(&mut self, other: Self) {
        self.participant.extend(other.participant);
        self.proposal.extend(other.proposal);
        self.choice.extend(other.choice);
        self.qualifications.append(other.qualifications);
        self.audience.append(other.audience);
        self.channel.append(other.channel);
        self.cast_at.extend(other.cast_at);
    }

    /// The ballots, row by row.
    ///
    /// # Panics
    /// On a row whose qualifications do not go with its choice.
    pub fn iter(&self) -> impl Iterator<Item = StandingBallot> + '_ {
        (0..self.len()).map(|row| StandingBallot {
            participant: self.participant[row],
            proposal: self.proposal[row],
            opinion: Opinion::new(self.choice[row], self.qualifications.at(row))
                .expect("whoever filled the columns saw to it"),
            audience: self.audience.at(row),
            channel: self.channel.at(row),
            cast_at: self.cast_at[row],
        })
    }

    /// The ballots as a ledger would have them: in time order.
    #[must_use]
    pub fn events(&self) -> Vec<BallotEvent> {
        let event = |ballot: StandingBallot| {
            let StandingBallot { participant, proposal, opinion, audience, channel, cast_at } = ballot;
            BallotEvent { participant, proposal, opinion: Some(opinion), audience, channel, cast_at }
        };
        let mut events: Vec<BallotEvent> = self.iter().map(event).collect();
        events.sort_by_key(|event| event.cast_at);
        events
    }
}

impl FromIterator<StandingBallot> for BallotColumns {
    fn from_iter<I: IntoIterator<Item = StandingBallot>>(ballots: I) -> Self {
        let mut columns = Self::default();
        for ballot in ballots {
            columns.push(&ballot);
        }
        columns
    }
}

/// A column of which many tables have nothing to say: while all rows are the same, it is held once.
#[derive(Clone, Debug)]
pub struct Column<T> {
    held: ColumnValues<T>,
    len: usize,
}

#[derive(Clone, Debug)]
enum ColumnValues<T> {
    /// The value of every row, if there is any row.
    Same(Option<T>),
    Each(Vec<T>),
}

impl<T> Default for Column<T> {
    fn default() -> Self {
        Self { held: ColumnValues::Same(None), len: 0 }
    }
}

impl<T: Copy + PartialEq> Column<T> {
    /// A column of this many equal rows.
    #[must_use]
    pub fn same(value: T, len: usize) -> Self {
        Self { held: ColumnValues::Same(Some(value)), len }
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The value of a row.
    ///
    /// # Panics
    /// Past the last row.
    #[must_use]
    pub fn at(&self, row: usize) -> T {
        match &self.held {
            ColumnValues::Same(value) => value.expect("a row that is there"),
            ColumnValues::Each(values) => values[row],
        }
    }

    /// The value of all rows, if they all have the same one.
    #[must_use]
    pub fn all_same(&self) -> Option<T> {
        match &self.held {
            ColumnValues::Same(value) => *value,
            ColumnValues::Each(_) => None,
        }
    }

    /// Adds a row.
    pub fn push(&mut self, value: T) {
        match &mut self.held {
            ColumnValues::Same(same) if same.is_none_or(|same| same == value) => *same = Some(value),
            ColumnValues::Same(_) => self.each().push(value),
            ColumnValues::Each(values) => values.push(value),
        }
        self.len += 1;
    }

    /// Adds the rows of another.
    pub fn append(&mut self, other: Self) {
        let added = other.len;
        match other.held {
            ColumnValues::Same(None) => {}
            ColumnValues::Same(Some(value)) if self.is_empty() || self.all_same() == Some(value) => {
                self.held = ColumnValues::Same(Some(value));
            }
            ColumnValues::Same(Some(value)) => self.each().extend(std::iter::repeat_n(value, added)),
            ColumnValues::Each(values) => self.each().extend(values),
        }
        self.len += added;
    }

    /// The column with every value replaced.
    #[must_use]
    pub fn map(self, replaced: impl Fn(T) -> T) -> Self {
        let held = match self.held {
            ColumnValues::Same(value) => ColumnValues::Same(value.map(replaced)),
            ColumnValues::Each(values) => ColumnValues::Each(values.into_iter().map(replaced).collect()),
        };
        Self { held, len: self.len }
    }

    /// `len` of the rows in another order: `chosen` takes them from a slice of all.
    #[must_use]
    pub fn rows(self, len: usize, chosen: impl FnOnce(&[T]) -> Vec<T>) -> Self {
        let held = match self.held {
            ColumnValues::Each(values) => ColumnValues::Each(chosen(&values)),
            same @ ColumnValues::Same(_) => same,
        };
        Self { held, len }
    }

    /// A row each from now on.
    fn each(&mut self) -> &mut Vec<T> {
        if let ColumnValues::Same(value) = self.held {
            self.held = ColumnValues::Each(value.map_or_else(Vec::new, |value| vec![value; self.len]));
        }
        match &mut self.held {
            ColumnValues::Each(values) => values,
            ColumnValues::Same(_) => unreachable!("was replaced above"),
        }
    }
}

impl<T: Copy + PartialEq> FromIterator<T> for Column<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut column = Self::default();
        for value in values {
            column.push(value);
        }
        column
    }
}

/// Equal where the rows are, however they are held.
impl<T: Copy + PartialEq> PartialEq for Column<T> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && (0..self.len).all(|row| self.at(row) == other.at(row))
    }
}

impl<T: Copy + Eq> Eq for Column<T> {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_column_says_what_was_put_into_it(parts in prop::collection::vec(prop::collection::vec(0..2_u8, 0..4), 0..5)) {
            let mut column = Column::default();
            for part in &parts {
                column.append(part.iter().copied().collect());
            }
            let flat = parts.concat();
            prop_assert_eq!(column.len(), flat.len());
            prop_assert!(flat.iter().enumerate().all(|(row, value)| column.at(row) == *value));
            let same = flat.first().filter(|first| flat.iter().all(|one| one == *first));
            prop_assert!(same.is_none() || column.all_same() == same.copied());
            prop_assert_eq!(column, flat.into_iter().collect());
        }
    }
}
