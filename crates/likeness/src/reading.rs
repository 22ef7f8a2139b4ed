//! A text as it is compared: what it is about, which way it goes with each thing, and its numbers.

use crate::direction::Direction;
use crate::lexicon::Contrast;

/// A text made ready for comparing.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Its terms, in the order of the stems.
    pub(crate) terms: Vec<Term>,
    /// Words that follow each other, as the index knows them.
    pub(crate) neighbours: Vec<u64>,
    /// The numbers in the text, in order.
    pub(crate) numbers: Vec<String>,
    /// Every way it goes, in order, each once.
    pub(crate) directions: Vec<Direction>,
    /// Letters and digits alone.
    pub(crate) bare: String,
}

/// One word that says what a text is about.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Term {
    /// Without its ending.
    pub(crate) stem: String,
    /// The stem as the index knows it: other keys are other stems.
    pub(crate) key: u64,
    /// The word as it stands here; nothing for a phrase.
    pub(crate) written: String,
    /// After a word of order: "must", "before".
    pub(crate) after: bool,
    /// Which way the text goes with it.
    pub(crate) direction: Option<Direction>,
    /// 1, or less for a word that hardly changes what is proposed.
    pub(crate) weight: f32,
    pub(crate) contrast: Option<Contrast>,
}

impl Term {
    /// Whether both have one stem. Most pairs have not, and their keys tell.
    pub(crate) fn is_same_word_as(&self, other: &Self) -> bool {
        self.key == other.key && self.stem == other.stem
    }
}

impl Reading {
    /// Equal for texts that nothing but order, endings and words that say little tells apart; empty for
    /// a text without anything to say.
    #[must_use]
    pub fn essence(&self) -> String {
        use std::fmt::Write as _;
        let mut essence = String::with_capacity(self.bare.len() + 16);
        if self.terms.is_empty() {
            essence.push_str(&self.bare);
            return essence;
        }
        for term in &self.terms {
            let _ = write!(essence, "{}{:?}{} ", term.stem, term.direction, term.after);
        }
        let _ = write!(essence, "{:?}{:?}", self.numbers, self.directions);
        essence
    }
}
