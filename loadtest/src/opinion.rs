//! A voter's opinion on a proposal, and counts of it. The words are those of the HTTP contract.

use std::ops::Index;

use rand::{Rng, RngExt};

/// The choices, in the order of their counts.
pub(crate) const CHOICES: [&str; 3] = ["agree", "disagree", "neutral"];

/// The qualifications, three for each choice, in the order of the choices.
pub(crate) const QUALIFICATIONS: [&str; 9] = [
    "like_it",
    "doable",
    "platitude_agree",
    "no_way",
    "impossible",
    "platitude_disagree",
    "not_understood",
    "no_opinion",
    "do_not_care",
];

/// One voter in how many adds a qualification to the choice.
const QUALIFIED_ONE_IN: u32 = 3;

/// A choice, as its place in [`CHOICES`], and at most one qualification, as its place in [`QUALIFICATIONS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Opinion {
    choice: u8,
    qualification: Option<u8>,
}

impl Opinion {
    /// Draws an opinion of another choice than the one that stands, so that every ballot changes something.
    pub(crate) fn draw(standing: Option<Self>, random: &mut impl Rng) -> Self {
        let choice = match standing {
            None => random.random_range(0..3),
            Some(standing) => (standing.choice + random.random_range(1..3)) % 3,
        };
        let is_qualified = random.random_range(0..QUALIFIED_ONE_IN) == 0;
        Self { choice, qualification: is_qualified.then(|| choice * 3 + random.random_range(0..3)) }
    }

    /// Reads the words of the contract; nothing when they are not of one choice and at most one qualification.
    pub(crate) fn read(choice: &str, qualifications: &[String]) -> Option<Self> {
        let place = |words: &[&str], word: &str| {
            let place = words.iter().position(|known| *known == word)?;
            u8::try_from(place).ok()
        };
        let choice = place(&CHOICES, choice)?;
        match qualifications {
            [] => Some(Self { choice, qualification: None }),
            [one] => Some(Self { choice, qualification: Some(place(&QUALIFICATIONS, one)?) }),
            _ => None,
        }
    }

    pub(crate) fn choice(self) -> &'static str {
        CHOICES[usize::from(self.choice)]
    }

    pub(crate) fn qualification(self) -> Option<&'static str> {
        self.qualification.map(|place| QUALIFICATIONS[usize::from(place)])
    }
}

/// Ballots on one proposal, by choice and by qualification.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts([i64; 12]);

impl Counts {
    /// The words counted, in the order of the counts.
    pub(crate) fn words() -> impl Iterator<Item = &'static str> {
        CHOICES.into_iter().chain(QUALIFICATIONS)
    }

    /// Counts given by word; words that are not given count nothing.
    pub(crate) fn by_word(count_of: impl Fn(&str) -> Option<i64>) -> Self {
        let mut counts = Self::default();
        for (count, word) in counts.0.iter_mut().zip(Self::words()) {
            *count = count_of(word).unwrap_or_default();
        }
        counts
    }

    pub(crate) fn add(&mut self, opinion: Opinion) {
        self.0[usize::from(opinion.choice)] += 1;
        if let Some(place) = opinion.qualification {
            self.0[CHOICES.len() + usize::from(place)] += 1;
        }
    }

    /// Ballots of all choices.
    pub(crate) fn ballots(&self) -> i64 {
        self.0[..CHOICES.len()].iter().sum()
    }
}

impl Index<usize> for Counts {
    type Output = i64;

    fn index(&self, place: usize) -> &i64 {
        &self.0[place]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::SmallRng;

    #[test]
    fn a_change_is_a_change_and_qualifications_fit_their_choice() {
        let mut random = SmallRng::seed_from_u64(1);
        let mut standing = None;
        for _ in 0..1_000 {
            let opinion = Opinion::draw(standing, &mut random);
            assert_ne!(standing.map(Opinion::choice), Some(opinion.choice()));
            assert!(opinion.qualification.is_none_or(|place| place / 3 == opinion.choice));
            standing = Some(opinion);
        }
    }

    #[test]
    fn opinions_are_counted_under_their_words() {
        let mut counts = Counts::default();
        counts.add(Opinion::read("disagree", &["impossible".to_owned()]).unwrap());
        counts.add(Opinion::read("neutral", &[]).unwrap());
        let expected =
            Counts::by_word(|word| ["disagree", "impossible", "neutral"].contains(&word).then_some(1));
        assert_eq!(counts, expected);
        assert_eq!(counts.ballots(), 2);
        assert_eq!(Opinion::read("maybe", &[]), None);
        assert_eq!(Opinion::read("agree", &["lovely".to_owned()]), None);
    }
}
