//! A set of proposals, each at its place in the order of their numbers.

use crate::ids::ItemNumber;

/// Proposals by number. Consultations number them without gaps as a rule, which makes looking one up a subtraction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalPlaces {
    numbers: Vec<ItemNumber>,
    /// The first number, where no number is left out after it.
    first: Option<u32>,
}

impl ProposalPlaces {
    /// These proposals; a number that comes twice counts once.
    pub fn of(numbers: impl IntoIterator<Item = ItemNumber>) -> Self {
        let mut numbers: Vec<ItemNumber> = numbers.into_iter().collect();
        numbers.sort_unstable();
        numbers.dedup();
        let has_no_gap =
            |(first, last): (&ItemNumber, &ItemNumber)| (last.0 - first.0) as usize == numbers.len() - 1;
        let first = numbers.first().zip(numbers.last()).filter(|ends| has_no_gap(*ends));
        let first = first.map(|(first, _)| first.0);
        Self { numbers, first }
    }

    /// The number of proposals.
    #[must_use]
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// The proposals, by number.
    #[must_use]
    pub fn numbers(&self) -> &[ItemNumber] {
        &self.numbers
    }

    /// The place of one, if it is among them.
    #[must_use]
    pub fn place(&self, number: ItemNumber) -> Option<usize> {
        match self.first {
            Some(first) => {
                let place = number.0.checked_sub(first)? as usize;
                (place < self.numbers.len()).then_some(place)
            }
            None => self.numbers.binary_search(&number).ok(),
        }
    }

    /// Whether one is among them.
    #[must_use]
    pub fn contains(&self, number: ItemNumber) -> bool {
        self.place(number).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_place_is_that_in_the_order_of_numbers(numbers in prop::collection::btree_set(0..12_u32, 0..8), asked in 0..14_u32) {
            let places = ProposalPlaces::of(numbers.iter().rev().copied().map(ItemNumber));
            prop_assert_eq!(places.place(ItemNumber(asked)), numbers.iter().position(|one| *one == asked));
        }
    }
}
