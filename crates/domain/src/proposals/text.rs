//! The text of a proposal, parsed once at the edge and trusted everywhere after.

use std::fmt;

use serde::Serialize;
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// A longer pile of code points is no character that people write: an emoji family takes at most 11.
const CODE_POINTS_PER_CHARACTER_MAX: usize = 12;

/// A proposal's text: NFC, trimmed, every run of white space one space, no control or invisible
/// direction characters, at least one visible character, and no longer than its consultation allows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ProposalText(String);

/// Why a text cannot be a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ProposalTextError {
    /// Nothing visible is left once white space is trimmed.
    #[error("the proposal is empty: write a sentence of 1 to {length_max} characters")]
    Empty {
        /// The length allowed.
        length_max: u16,
    },
    /// More user-perceived characters than allowed.
    #[error("the proposal has {length} characters and at most {length_max} are allowed: shorten it by {}", length.saturating_sub(usize::from(*length_max)).max(1))]
    TooLong {
        /// Its length in user-perceived characters.
        length: usize,
        /// The length allowed.
        length_max: u16,
    },
}

impl ProposalText {
    /// Reads what a person typed, for a consultation that allows `length_max` user-perceived characters.
    ///
    /// # Errors
    /// [`ProposalTextError::Empty`] without a visible character, [`ProposalTextError::TooLong`] past the limit.
    pub fn parse(typed: &str, length_max: u16) -> Result<Self, ProposalTextError> {
        let text = normalize(typed);
        if !text.chars().any(is_visible) {
            return Err(ProposalTextError::Empty { length_max });
        }
        let length = user_perceived_length(&text);
        if length > usize::from(length_max) || !is_plain(&text) && text.graphemes(true).any(is_pile) {
            return Err(ProposalTextError::TooLong { length, length_max });
        }
        Ok(Self(text))
    }

    /// A text read from our own records, parsed before it was written.
    #[must_use]
    pub fn from_record(text: String) -> Self {
        Self(text)
    }

    /// The text as it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProposalText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Characters as people count them: extended grapheme clusters (Unicode Standard Annex 29).
#[must_use]
pub fn user_perceived_length(text: &str) -> usize {
    if is_plain(text) { text.chars().count() } else { text.graphemes(true).count() }
}

/// Whether the text has only characters that stand alone, in one form, whatever is beside them: most texts in
/// European languages, which need no look at Unicode's tables.
fn is_plain(text: &str) -> bool {
    let stands_alone = |character| match character {
        '\r' | '\n' => false,
        '\0'..'\u{300}' | '\u{2010}'..='\u{2027}' | '€' => true,
        _ => false,
    };
    text.chars().all(stands_alone)
}

fn normalize(typed: &str) -> String {
    let words = typed
        .split_whitespace()
        .map(|word| word.chars().filter(|&character| !is_stripped(character)).collect::<String>());
    let spaced = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if is_plain(&spaced) { spaced } else { spaced.nfc().collect() }
}

/// Control characters, zero-width spaces and direction overrides: they show nothing, or hide what is shown.
fn is_stripped(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{200E}' | '\u{200F}')
        || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn is_pile(character: &str) -> bool {
    character.chars().count() > CODE_POINTS_PER_CHARACTER_MAX
}

/// False for what only shapes its neighbours (joiners, variation selectors, tags) and for letters that are
/// blank (Hangul fillers, the empty Braille pattern).
fn is_visible(character: char) -> bool {
    !character.is_whitespace()
        && !matches!(character, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{00AD}' | '\u{034F}')
        && !matches!(character, '\u{115F}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{FFA0}')
        && !matches!(character, '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consultation::PROPOSAL_LENGTH_DEFAULT;
    use proptest::prelude::*;

    fn parse(typed: &str) -> Result<ProposalText, ProposalTextError> {
        ProposalText::parse(typed, PROPOSAL_LENGTH_DEFAULT)
    }

    #[test]
    fn plain_characters_are_one_each_and_in_their_only_form_beside_any_other() {
        let characters: Vec<char> = ('\0'..='\u{FFFF}').filter(|one| is_plain(&one.to_string())).collect();
        assert!(characters.len() > 700);
        let beside = ['a', '\u{AD}', 'é', '’', '€', '©', '\t'];
        for text in characters.iter().flat_map(|&one| beside.map(|other| format!("{other}{one}{other}"))) {
            assert_eq!(text.graphemes(true).count(), 3, "{text:?}");
            assert_eq!(text.nfc().collect::<String>(), text);
        }
    }

    #[test]
    fn white_space_and_line_breaks_fold_to_one_space() {
        assert_eq!(parse("  Il faut\r\n\t un\u{a0}guichet \u{2003}").unwrap().as_str(), "Il faut un guichet");
    }

    #[test]
    fn control_and_direction_characters_are_dropped() {
        assert_eq!(parse("a\u{7}b \u{202e} c\u{200b}").unwrap().as_str(), "ab c");
    }

    #[test]
    fn two_spellings_of_an_accent_are_one_text() {
        assert_eq!(parse("e\u{301}cole").unwrap(), parse("\u{e9}cole").unwrap());
    }

    #[test]
    fn emoji_families_and_combining_accents_count_as_one() {
        assert_eq!(user_perceived_length("👨‍👩‍👧‍👦"), 1);
        assert_eq!(user_perceived_length("e\u{301}"), 1);
        assert!(parse(&"👨‍👩‍👧‍👦".repeat(140)).is_ok());
        assert_eq!(
            parse(&"👨‍👩‍👧‍👦".repeat(141)),
            Err(ProposalTextError::TooLong { length: 141, length_max: 140 })
        );
    }

    #[test]
    fn the_limit_is_exact() {
        assert!(parse(&"é".repeat(140)).is_ok());
        assert_eq!(parse(&"é".repeat(141)), Err(ProposalTextError::TooLong { length: 141, length_max: 140 }));
    }

    #[test]
    fn what_shows_nothing_is_empty() {
        for typed in
            ["", "  \n", "\u{200b}", "\u{200d}\u{fe0f}", "\u{0}", "\u{3164}", "\u{2800}", "\u{e0041}"]
        {
            assert_eq!(parse(typed), Err(ProposalTextError::Empty { length_max: 140 }), "{typed:?}");
        }
    }

    #[test]
    fn a_pile_of_accents_is_too_long_though_it_counts_as_one() {
        let pile = format!("a{}", "\u{301}\u{302}".repeat(1_000));
        assert!(matches!(parse(&pile), Err(ProposalTextError::TooLong { .. })));
    }

    proptest! {
        #[test]
        fn parsing_its_own_output_changes_nothing(typed in "\\PC{0,60}|.{0,60}") {
            if let Ok(text) = parse(&typed) {
                prop_assert_eq!(&parse(text.as_str()).unwrap(), &text);
            }
        }

        #[test]
        fn no_control_character_or_double_space_survives(typed in any::<String>()) {
            if let Ok(text) = ProposalText::parse(&typed, u16::MAX) {
                prop_assert!(!text.as_str().chars().any(char::is_control));
                prop_assert!(!text.as_str().contains("  "));
                prop_assert_eq!(text.as_str().trim(), text.as_str());
            }
        }
    }
}
