//! Texts as they are searched and compared.

use gd_domain::Language;
use snowball_stemmers_rs::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Shorter pieces of a word are in too many others to be looked for inside them.
const PIECE_LENGTH_MIN: usize = 3;

/// A text as it is searched: lower case, accents and ligatures off, anything but letters and digits a space.
pub(crate) fn fold_for_search(text: &str) -> String {
    let unaccented = text.nfd().filter(|&character| !is_combining_mark(character));
    let mut folded = String::with_capacity(text.len());
    for character in unaccented.flat_map(char::to_lowercase) {
        match character {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            _ if character.is_alphanumeric() => folded.push(character),
            _ => folded.push(' '),
        }
    }
    folded
}

/// The stems of a text's words, each between spaces. Stems depend on accents, which people leave out: both the
/// stem of a word as it is written and that of the word without accents count.
pub(crate) fn stems_for_search(text: &str, language: Language) -> String {
    let stemmer = stemmer(language);
    let mut stems = String::from(" ");
    for word in words(text) {
        let (written, plain) = stems_of(&stemmer, word);
        for stem in [Some(&written), (plain != written).then_some(&plain)].into_iter().flatten() {
            stems.push_str(stem);
            stems.push(' ');
        }
    }
    stems
}

/// What somebody looks for: every word must be in a text.
pub(crate) struct SearchWords(Vec<SearchWord>);

struct SearchWord {
    folded: String,
    /// Between spaces.
    stems: [String; 2],
}

impl SearchWords {
    pub(crate) fn read(typed: &str, language: Language) -> Self {
        let stemmer = stemmer(language);
        let word = |word| {
            let (written, plain) = stems_of(&stemmer, word);
            SearchWord {
                folded: fold_for_search(word),
                stems: [format!(" {written} "), format!(" {plain} ")],
            }
        };
        Self(words(typed).map(word).collect())
    }

    /// Whether a text has them all: as they are, as the beginning or a part of a longer word, or in another
    /// form of the word (plural, conjugated). `folded` and `stems` are what the functions above make of it.
    pub(crate) fn are_in(&self, folded: &str, stems: &str) -> bool {
        self.0.iter().all(|word| word.is_in(folded, stems))
    }
}

impl SearchWord {
    fn is_in(&self, folded: &str, stems: &str) -> bool {
        let as_written = if self.folded.chars().count() < PIECE_LENGTH_MIN {
            folded.split(' ').any(|word| word == self.folded)
        } else {
            folded.contains(&self.folded)
        };
        as_written || self.stems.iter().any(|stem| stems.contains(stem))
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric() && !is_combining_mark(character))
        .filter(|word| !word.is_empty())
}

/// The stem of a word as it is written, then that of the word without accents; both without accents.
fn stems_of(stemmer: &Stemmer, word: &str) -> (String, String) {
    let written = word.nfc().flat_map(char::to_lowercase).collect::<String>();
    let folded = fold_for_search(&written);
    (fold_for_search(&stemmer.stem(&written)), stemmer.stem(&folded).into_owned())
}

fn stemmer(language: Language) -> Stemmer {
    Stemmer::create(match language {
        Language::Fr => Algorithm::French,
        Language::En => Algorithm::English,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_found(typed: &str, text: &str, language: Language) -> bool {
        SearchWords::read(typed, language).are_in(&fold_for_search(text), &stems_for_search(text, language))
    }

    #[test]
    fn search_ignores_case_accents_and_punctuation() {
        assert_eq!(fold_for_search("L'Été, À ŒUVRER !"), "l ete  a oeuvrer  ");
        assert!(is_found("ETE, oeuvrer ?", "L’été à œuvrer", Language::Fr));
        assert!(is_found("  ", "Des bancs", Language::Fr));
    }

    #[test]
    fn other_forms_of_a_word_are_found() {
        let text = "Des pistes cyclables éclairées pour les écoliers";
        for typed in ["piste cyclable", "éclairé", "eclairee", "écolier", "ecoliers éclairées"] {
            assert!(is_found(typed, text, Language::Fr), "{typed}");
        }
        assert!(is_found("simplification", "Simplifications", Language::Fr));
        assert!(is_found("declarations", "Une déclaration préremplie", Language::Fr));
        assert!(is_found("voting meeting", "Votes and meetings", Language::En));
        assert!(!is_found("piscine", text, Language::Fr));
        assert!(!is_found("pistes rouges", text, Language::Fr));
    }

    #[test]
    fn a_part_of_a_word_is_found_unless_it_is_too_short() {
        assert!(is_found("cycl", "Une piste cyclable", Language::Fr));
        assert!(!is_found("is", "Une piste", Language::Fr));
        assert!(is_found("un", "Un banc", Language::Fr));
    }
}
