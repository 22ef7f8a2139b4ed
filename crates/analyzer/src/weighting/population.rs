//! The population that participants are weighted to: shares of the values of each card.

use std::collections::BTreeSet;

use thiserror::Error;

/// Shares may add up to 1 within this: people round to a tenth of a percent.
const SUM_TOLERANCE: f64 = 0.005;

/// The shares of a card's values in the population.
#[derive(Clone, Debug, PartialEq)]
pub struct Margin {
    /// The card: `audience`, or a question's short name.
    pub card: String,
    /// Each value with its share, between 0 and 1.
    pub shares: Vec<(String, f64)>,
}

/// The reason why a population cannot be used.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum PopulationError {
    /// No share at all.
    #[error("the population has no shares: give at least one card with its values")]
    Empty,
    /// A card or value named twice.
    #[error("`{value}` has two shares on the card `{card}`: keep the right one")]
    ValueTwice {
        /// The name of the card.
        card: String,
        /// The value of the card.
        value: String,
    },
    /// Not a share.
    #[error("the share of `{value}` on the card `{card}` is {share}: it should be above 0 and at most 1")]
    NoShare {
        /// The name of the card.
        card: String,
        /// The value of the card.
        value: String,
        /// The share given for it.
        share: f64,
    },
    /// The shares of a card are not those of a whole.
    #[error("the shares of the card `{card}` add up to {sum:.4}: they should add up to 1")]
    Sum {
        /// The name of the card.
        card: String,
        /// The sum of the shares.
        sum: f64,
    },
    /// The greatest weight allowed is below the mean.
    #[error("the greatest weight is {0}: it should be a number above 1, the mean weight")]
    WeightMax(f64),
    /// A card nobody has.
    #[error("participants declare no card `{card}`: the cards are {known}")]
    UnknownCard {
        /// The card that the population names.
        card: String,
        /// The names that exist, separated by commas.
        known: String,
    },
    /// A value that the card does not have.
    #[error("`{value}` is no value of the card `{card}`: its values are {known}")]
    UnknownValue {
        /// The name of the card.
        card: String,
        /// The value that the population names.
        value: String,
        /// The names that exist, separated by commas.
        known: String,
    },
    /// Participants whose value has no share.
    #[error(
        "participants declared `{value}` on the card `{card}`, which has no share in the population: give it one"
    )]
    WithoutShare {
        /// The name of the card.
        card: String,
        /// The value of the card.
        value: String,
    },
    /// A value that next to nobody declared.
    #[error(
        "fewer than 5 participants declared `{value}` on the card `{card}`: they cannot stand for a share of the population; merge it with another or leave the card out"
    )]
    TooFew {
        /// The name of the card.
        card: String,
        /// The value of the card.
        value: String,
    },
    /// Too many cards together.
    #[error("the cards have {0} combinations of values, too many to weight: leave some out")]
    TooManyCells(usize),
    /// The margins contradict one another in these participants.
    #[error(
        "the shares of these cards cannot all be met: combinations of values that the population needs are missing among the participants"
    )]
    Unreachable,
}

/// Checked shares of the population, card by card.
#[derive(Clone, Debug, PartialEq)]
pub struct Population {
    pub(super) margins: Vec<Margin>,
    pub(super) weight_max: Option<f64>,
}

impl Population {
    /// A population of these margins. Shares are scaled to add up to exactly 1.
    ///
    /// # Errors
    /// [`PopulationError`] when a share is none, comes twice, or a card's shares do not add up to 1.
    pub fn new(margins: Vec<Margin>) -> Result<Self, PopulationError> {
        if margins.is_empty() {
            return Err(PopulationError::Empty);
        }
        let mut named = BTreeSet::new();
        for Margin { card, shares } in &margins {
            for (value, share) in shares {
                if !named.insert((card.as_str(), value.as_str())) {
                    return Err(PopulationError::ValueTwice { card: card.clone(), value: value.clone() });
                }
                if !(*share > 0.0 && *share <= 1.0) {
                    let (card, value) = (card.clone(), value.clone());
                    return Err(PopulationError::NoShare { card, value, share: *share });
                }
            }
        }
        let margins = margins.into_iter().map(scaled).collect::<Result<_, _>>()?;
        Ok(Self { margins, weight_max: None })
    }

    /// From lines of card, value and share, in any order.
    ///
    /// # Errors
    /// As [`Population::new`].
    pub fn from_lines(
        lines: impl IntoIterator<Item = (String, String, f64)>,
    ) -> Result<Self, PopulationError> {
        let mut margins: Vec<Margin> = Vec::new();
        for (card, value, share) in lines {
            match margins.iter_mut().find(|margin| margin.card == card) {
                Some(margin) => margin.shares.push((value, share)),
                None => margins.push(Margin { card, shares: vec![(value, share)] }),
            }
        }
        margins.sort_by(|one, other| one.card.cmp(&other.card));
        for margin in &mut margins {
            margin.shares.sort_by(|one, other| one.0.cmp(&other.0));
        }
        Self::new(margins)
    }

    /// The same, with every weight cut to this many times the mean: less uncertain, and off the margins.
    ///
    /// # Errors
    /// [`PopulationError::WeightMax`] when that is not above 1.
    pub fn with_weight_max(mut self, weight_max: f64) -> Result<Self, PopulationError> {
        if !(weight_max > 1.0 && weight_max.is_finite()) {
            return Err(PopulationError::WeightMax(weight_max));
        }
        self.weight_max = Some(weight_max);
        Ok(self)
    }
}

fn scaled(margin: Margin) -> Result<Margin, PopulationError> {
    let sum: f64 = margin.shares.iter().map(|(_, share)| share).sum();
    if (sum - 1.0).abs() > SUM_TOLERANCE {
        return Err(PopulationError::Sum { card: margin.card, sum });
    }
    let shares = margin.shares.into_iter().map(|(value, share)| (value, share / sum)).collect();
    Ok(Margin { shares, ..margin })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(lines: &[(&str, &str, f64)]) -> String {
        let lines = lines.iter().map(|(card, value, share)| ((*card).into(), (*value).into(), *share));
        Population::from_lines(lines).unwrap_err().to_string()
    }

    #[test]
    fn shares_that_are_none_are_named() {
        let audience =
            |shares: [f64; 2]| refusal(&[("audience", "users", shares[0]), ("audience", "staff", shares[1])]);
        assert!(audience([f64::NAN, 0.5]).contains("share of `users` on the card `audience` is NaN"));
        assert!(audience([0.5, f64::INFINITY]).contains("`staff`"));
        assert!(audience([1.0, 0.0]).contains("`staff`"));
        assert!(audience([1.5, 0.5]).contains("`users`"));
        assert!(audience([0.5, 0.4]).contains("add up to 0.9000"));
        assert!(refusal(&[("audience", "users", 0.5), ("audience", "users", 0.5)]).contains("two shares"));
        assert!(refusal(&[]).contains("no shares"));
    }

    #[test]
    fn rounded_shares_are_scaled_to_a_whole() {
        let lines = [("age", "young", 0.333), ("age", "middle", 0.333), ("age", "old", 0.333)];
        let lines = lines.map(|(card, value, share)| (card.to_owned(), value.to_owned(), share));
        let population = Population::from_lines(lines).unwrap();
        assert!(population.margins[0].shares.iter().all(|(_, share)| (share - 1.0 / 3.0).abs() < 1e-12));
        for nonsense in [1.0, 0.0, -2.0, f64::NAN, f64::INFINITY] {
            assert!(population.clone().with_weight_max(nonsense).is_err());
        }
    }
}
