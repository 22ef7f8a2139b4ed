//! The languages whose words are known, and which of them a text is in.

use crate::lexicon::Lexicon;
use crate::tokens::{Token, fold, tokens};

/// A language whose function words and stems are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// French, the default.
    #[default]
    French,
    /// English, with its own word lists and stemmer.
    English,
}

impl Language {
    /// All languages with word lists.
    pub const ALL: [Self; 2] = [Self::French, Self::English];

    /// The language that most of the texts that tell theirs are in.
    #[must_use]
    pub fn of_most<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut counts = [0_usize; 2];
        for language in texts.into_iter().filter_map(|text| Self::of(&tokens(&fold(text)))) {
            counts[usize::from(language == Self::English)] += 1;
        }
        if counts[1] > counts[0] { Self::English } else { Self::French }
    }

    /// The language most of whose words that say little by themselves are among these; `None` when
    /// that decides nothing.
    pub(crate) fn of(tokens: &[Token]) -> Option<Self> {
        let [french, english] = Self::ALL.map(|language| {
            let lexicon = Lexicon::of(language);
            let known = |token: &&Token| matches!(token, Token::Word(word) if lexicon.says_little(word));
            tokens.iter().filter(known).count()
        });
        match french.cmp(&english) {
            std::cmp::Ordering::Greater => Some(Self::French),
            std::cmp::Ordering::Less => Some(Self::English),
            std::cmp::Ordering::Equal => None,
        }
    }
}
