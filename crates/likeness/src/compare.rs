//! Likeness of two readings: the cosine of their terms, unless something speaks against their
//! being the same proposal.

use crate::direction::{Direction, compatible, conflict};
use crate::reading::{Reading, Term};
use crate::spelling::{is_misspelt, is_slip};

/// The part of the likeness that remains where each text names a thing that the other does not: one has
/// probably been put for the other.
const SUBSTITUTION: f32 = 0.9;

impl Reading {
    /// Between 0 (nothing in common, or something speaks against it) and 1 (the same but for order, endings,
    /// and words that say little). The same whichever comes first.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> f32 {
        if self.bare == other.bare {
            return if self.bare.is_empty() { 0.0 } else { 1.0 };
        }
        match self.side_by_side(other) {
            Some(matched) if !matched.is_thin(self, other) => matched.cosine(),
            _ => 0.0,
        }
    }

    /// Whether the two could be as alike as this, going by where they lead, how much each says and which stems both
    /// have: less of one than of the other lowers the cosine whatever is common.
    pub(crate) fn may_reach(&self, other: &Self, likeness: f32) -> bool {
        const ROUNDING: f32 = 1.0 - f32::EPSILON * 8.0;
        if self.bare == other.bare {
            return true;
        }
        if !self.leads_as(other) {
            return false;
        }
        let says = |reading: &Self| reading.terms.iter().map(|term| term.weight * term.weight).sum::<f32>();
        let (ours, theirs) = (says(self), says(other));
        if ours.min(theirs) < likeness * likeness * ours.max(theirs) * ROUNDING {
            return false;
        }
        let (mut common, mut most) = (0, 0.0);
        for term in &self.terms {
            let same = other.terms.iter().filter(|other| other.key == term.key).map(|other| other.weight);
            if let Some(weight) = same.reduce(f32::max) {
                common += 1;
                most += term.weight * weight;
            }
        }
        is_half(common, &self.terms, &other.terms) || most >= likeness * (ours * theirs).sqrt() * ROUNDING
    }

    /// Whether neither numbers nor directions tell the two apart.
    fn leads_as(&self, other: &Self) -> bool {
        self.numbers == other.numbers && compatible(&self.directions, &other.directions)
    }

    /// The terms of both, unless numbers, directions or contrasts tell the two apart.
    fn side_by_side<'a>(&'a self, other: &'a Self) -> Option<TermPairs<'a>> {
        let matched = self.leads_as(other).then(|| TermPairs::of(&self.terms, &other.terms))?;
        (!matched.is_opposed() && !matched.puts_one_for_another()).then_some(matched)
    }
}

/// Whether half of the shorter text's terms are paired. Otherwise more than half would have to be typing
/// errors, and none is looked for.
fn is_half(pairs: usize, one: &[Term], other: &[Term]) -> bool {
    2 * pairs >= one.len().min(other.len())
}

/// The terms of two texts, side by side.
struct TermPairs<'a> {
    pairs: Vec<(&'a Term, &'a Term)>,
    only_one: Vec<&'a Term>,
    only_other: Vec<&'a Term>,
}

impl<'a> TermPairs<'a> {
    /// Equal stems first, those with equal directions before others; then words that are one but for a typing error.
    fn of(one: &'a [Term], other: &'a [Term]) -> Self {
        let mut matched = Self {
            pairs: Vec::with_capacity(one.len()),
            only_one: one.iter().collect(),
            only_other: other.iter().collect(),
        };
        matched.pair(|one, other| one.is_same_word_as(other) && one.direction == other.direction);
        matched.pair(Term::is_same_word_as);
        let half_is_equal = is_half(matched.pairs.len(), one, other);
        if half_is_equal && !matched.only_one.is_empty() && !matched.only_other.is_empty() {
            matched.pair(|one, other| {
                is_misspelt(&one.stem, &other.stem) || is_slip(&one.written, &other.written)
            });
        }
        matched
    }

    fn pair(&mut self, is_pair: impl Fn(&Term, &Term) -> bool) {
        let (pairs, only_other) = (&mut self.pairs, &mut self.only_other);
        self.only_one.retain(|one| match only_other.iter().position(|other| is_pair(one, other)) {
            Some(place) => {
                pairs.push((*one, only_other.remove(place)));
                false
            }
            None => true,
        });
    }

    /// One thing goes different ways, or two things have changed sides.
    fn is_opposed(&self) -> bool {
        let telling = || self.pairs.iter().filter(|(one, other)| one.weight.min(other.weight) >= 1.0);
        let crossed = |is: fn(&Term) -> bool| {
            telling().any(|(one, other)| is(one) && !is(other))
                && telling().any(|(one, other)| !is(one) && is(other))
        };
        telling().any(|(one, other)| conflict(one.direction, other.direction))
            || crossed(|term| term.direction.is_some_and(Direction::is_against))
            || crossed(|term| term.after)
    }

    fn puts_one_for_another(&self) -> bool {
        let contrasts = |terms: &[&Term]| terms.iter().filter_map(|term| term.contrast).collect::<Vec<_>>();
        let others = contrasts(&self.only_other);
        contrasts(&self.only_one)
            .iter()
            .any(|one| others.iter().any(|other| one.set == other.set && one.member != other.member))
    }

    /// One common word is enough only if nothing else is said.
    fn is_thin(&self, one: &Reading, other: &Reading) -> bool {
        self.pairs.is_empty()
            || (self.pairs.len() == 1 && one.directions.is_empty() != other.directions.is_empty())
    }

    fn cosine(&self) -> f32 {
        let norm =
            |terms: &mut dyn Iterator<Item = &Term>| terms.map(|term| term.weight * term.weight).sum::<f32>();
        let common: f32 = self.pairs.iter().map(|(one, other)| one.weight * other.weight).sum();
        let one = norm(&mut self.pairs.iter().map(|pair| pair.0).chain(self.only_one.iter().copied()));
        let other = norm(&mut self.pairs.iter().map(|pair| pair.1).chain(self.only_other.iter().copied()));
        let cosine = common / (one * other).sqrt();
        let substituted = !self.only_one.is_empty() && !self.only_other.is_empty();
        if substituted { cosine * SUBSTITUTION } else { cosine }
    }
}
