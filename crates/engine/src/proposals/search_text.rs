//! Normalises texts for search and comparison.

use gd_domain::Language;
use snowball_stemmers_rs::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Shorter pieces of a word are in too many others to be looked for inside them.
const PIECE_LENGTH_MIN: usize = 3;

/// Words that are in almost every text: looked for only where nothing else is, or between quotation marks. Single
/// letters are what an apostrophe leaves of them ("l'école").
const FUNCTION_WORDS: [&str; 29] = [
    "a", "an", "and", "au", "aux", "c", "d", "de", "des", "du", "en", "et", "in", "j", "l", "la", "le",
    "les", "m", "n", "of", "qu", "s", "t", "the", "to", "un", "une", "y",
];

/// Weight of a whole word beside another form of it, the beginning of a longer word, and a part of one.
const WHOLE: u32 = 4;
const OTHER_FORM: u32 = 3;
const BEGINNING: u32 = 2;
const INSIDE: u32 = 1;

/// A text as it is searched: lower case, accents and ligatures off, one space around each word.
pub(crate) fn fold_for_search(text: &str) -> String {
    let unaccented = text.nfd().filter(|&character| !is_combining_mark(character));
    let mut folded = String::with_capacity(text.len() + 2);
    folded.push(' ');
    for character in unaccented.flat_map(char::to_lowercase) {
        match character {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            _ if character.is_alphanumeric() => folded.push(character),
            _ if folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    if !folded.ends_with(' ') {
        folded.push(' ');
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

/// The words of a search: every word must be in a text, and what stands between quotation marks word for word.
pub(crate) struct SearchWords {
    terms: Vec<SearchTerm>,
    /// All of it in a row, where there are several words.
    in_a_row: Option<String>,
}

struct SearchTerm {
    /// Folded, between spaces.
    whole: String,
    /// The stems of a word, each between spaces; none of what is quoted.
    stems: Vec<String>,
}

impl SearchWords {
    pub(crate) fn read(typed: &str, language: Language) -> Self {
        let stemmer = stemmer(language);
        let mut terms = Vec::new();
        for (part, is_quoted) in parts(typed) {
            if is_quoted {
                terms.push(SearchTerm { whole: fold_for_search(part), stems: Vec::new() });
            } else {
                terms.extend(words(part).map(|word| SearchTerm::word(&stemmer, word)));
            }
        }
        terms.retain(|one| one.whole != " ");
        let says_something =
            |one: &SearchTerm| one.stems.is_empty() || !FUNCTION_WORDS.contains(&one.whole.trim());
        if terms.iter().any(says_something) {
            terms.retain(says_something);
        }
        let in_a_row = (terms.len() > 1).then(|| fold_for_search(typed));
        Self { terms, in_a_row }
    }

    /// Whether a text has them all: as they are, as the beginning or a part of a longer word, or in another
    /// form of the word (plural, conjugated). `folded` and `stems` are what the functions above make of it.
    pub(crate) fn are_in(&self, folded: &str, stems: &str) -> bool {
        self.terms.iter().all(|one| one.worth(folded, stems).is_some())
    }

    /// The weight of a text that has them all; none of another text.
    pub(crate) fn worth(&self, folded: &str, stems: &str) -> Option<u32> {
        let worth = self.terms.iter().map(|one| one.worth(folded, stems)).sum::<Option<u32>>()?;
        let is_in_a_row = self.in_a_row.as_deref().is_some_and(|row| folded.contains(row));
        Some(if is_in_a_row { worth + WHOLE } else { worth })
    }
}

impl SearchTerm {
    fn word(stemmer: &Stemmer, word: &str) -> Self {
        let (written, plain) = stems_of(stemmer, word);
        let mut stems = vec![format!(" {written} "), format!(" {plain} ")];
        stems.dedup();
        Self { whole: fold_for_search(word), stems }
    }

    fn worth(&self, folded: &str, stems: &str) -> Option<u32> {
        let piece = self.whole.trim();
        // A text without the letters in a row has neither the word nor a longer one.
        if folded.contains(piece) {
            if folded.contains(&self.whole) {
                return Some(WHOLE);
            }
            if !self.stems.is_empty() && piece.chars().count() >= PIECE_LENGTH_MIN {
                let is_other_form = self.stems.iter().any(|stem| stems.contains(stem));
                let is_beginning = || folded.contains(self.whole.trim_end());
                return Some(if is_other_form {
                    OTHER_FORM
                } else if is_beginning() {
                    BEGINNING
                } else {
                    INSIDE
                });
            }
        }
        self.stems.iter().any(|stem| stems.contains(stem)).then_some(OTHER_FORM)
    }
}

/// The typed text, cut where quotation marks open and close; the parts between them are quoted. A mark that is never
/// closed quotes nothing: somebody is still typing.
fn parts(typed: &str) -> Vec<(&str, bool)> {
    let marks = ['"', '“', '”', '„', '«', '»'];
    let mut parts: Vec<(&str, bool)> =
        typed.split(marks).enumerate().map(|(place, part)| (part, place % 2 == 1)).collect();
    if parts.len().is_multiple_of(2)
        && let Some(last) = parts.last_mut()
    {
        last.1 = false;
    }
    parts
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric() && !is_combining_mark(character))
        .filter(|word| !word.is_empty())
}

/// The stem of a word as it is written, then that of the word without accents; both without accents.
fn stems_of(stemmer: &Stemmer, word: &str) -> (String, String) {
    let written = word.nfc().flat_map(char::to_lowercase).collect::<String>();
    let folded = fold_for_search(&written);
    let stem = fold_for_search(&stemmer.stem(&written));
    (stem.trim().to_owned(), stemmer.stem(folded.trim()).into_owned())
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
        assert_eq!(fold_for_search("L'Été, À ŒUVRER !"), " l ete a oeuvrer ");
        assert_eq!(fold_for_search("…"), " ");
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

    #[test]
    fn articles_and_elisions_do_not_stand_in_the_way() {
        for typed in ["l'école", "L’ECOLE", "les écoles", "d'école", "une école", "à l'école", "école"]
        {
            assert!(is_found(typed, "Il faut plus d’écoles ouvertes", Language::Fr), "{typed}");
        }
        assert!(is_found("the school", "More schools", Language::En));
        assert!(is_found("l'", "L'été", Language::Fr), "alone it is all there is to look for");
        assert!(!is_found("l'", "Un été", Language::Fr));
    }

    #[test]
    fn what_is_quoted_is_found_word_for_word() {
        let text = "Peindre la salle d’attente, et les bancs";
        for typed in
            ["\"salle d'attente\"", "«\u{a0}Salle d’attente\u{a0}»", "bancs \"la salle\"", "“attente et”"]
        {
            assert!(is_found(typed, text, Language::Fr), "{typed}");
        }
        for typed in ["\"attente salle\"", "\"salles d'attente\"", "\"banc\"", "\"des bancs\""] {
            assert!(!is_found(typed, text, Language::Fr), "{typed}");
        }
        assert!(is_found("\"banc", text, Language::Fr), "not closed yet, it is a word");
        assert!(is_found("\"\"", text, Language::Fr) && is_found("«»", text, Language::Fr));
    }

    #[test]
    fn the_nearer_a_text_is_the_more_it_is_worth() {
        let worth = |typed: &str, text: &str| {
            let words = SearchWords::read(typed, Language::Fr);
            words.worth(&fold_for_search(text), &stems_for_search(text, Language::Fr))
        };
        let texts = ["Un port", "Des ports", "Un portique", "Un aéroport"];
        let worths = texts.map(|text| worth("port", text).unwrap());
        assert!(worths.is_sorted_by(|one, other| one > other), "{worths:?}");
        assert!(
            worth("piste cyclable", "Une piste cyclable") > worth("piste cyclable", "Un cyclable, une piste")
        );
        assert_eq!(worth("piste rouge", "Une piste cyclable"), None);
    }

    proptest::proptest! {
        #[test]
        fn a_text_is_found_by_each_of_its_words_and_by_itself(text in "\\PC{0,60}") {
            let (folded, stems) = (fold_for_search(&text), stems_for_search(&text, Language::Fr));
            let found = |typed: &str| SearchWords::read(typed, Language::Fr).are_in(&folded, &stems);
            proptest::prop_assert!(folded.starts_with(' ') && folded.ends_with(' ') && !folded.contains("  "));
            for word in folded.split_whitespace() {
                proptest::prop_assert!(found(word), "{word:?}");
            }
            proptest::prop_assert!(found(&text.replace(['"', '“', '”', '„', '«', '»'], " ")));
        }
    }
}
