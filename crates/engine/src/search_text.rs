//! Texts as they are searched and compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text as it is searched: lower case, accents off, anything but letters and digits a space.
pub(crate) fn fold_for_search(text: &str) -> String {
    let unaccented = text.nfd().filter(|&character| !is_combining_mark(character));
    let folded = unaccented.flat_map(char::to_lowercase);
    folded.map(|character| if character.is_alphanumeric() { character } else { ' ' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn search_ignores_case_accents_and_punctuation() {
        assert_eq!(fold_for_search("L'Été, À ŒUVRER !"), "l ete  a œuvrer  ");
    }
}
