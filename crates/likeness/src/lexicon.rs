//! A language's word lists: words that say little, words that give a direction, words that
//! mean the same, and those that must not be taken for each other. Read from `words/*.txt`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use snowball_stemmers_rs::{Algorithm, Stemmer};

use crate::Language;
use crate::direction::Direction;

/// Shorter words stand for themselves alone: "pas" is not "passer".
const STEMMED_LENGTH_MIN: usize = 5;

/// Words of order that have an opposite.
const OPPOSED: [&str; 4] = ["avant", "apres", "before", "after"];

/// The role of a word or phrase in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Says little by itself.
    Nothing,
    /// Gives this direction to the terms that follow.
    Toward(Direction),
    /// Introduces a thing that is not wanted.
    Instead,
    /// Introduces a thing to be replaced, until a word introduces its replacement.
    Replace,
    /// Introduces a reason or a condition.
    Purpose,
    /// A number written as a word.
    Number(String),
    /// Another way to say this term.
    Same(String),
    /// Makes the order of the terms count: one before the other is not the other before the one.
    Order,
}

/// One member of a set of which two must not be taken for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Contrast {
    pub(crate) set: u16,
    pub(crate) member: u16,
}

/// The words of one language.
pub(crate) struct Lexicon {
    stemmer: Stemmer,
    forms: HashMap<String, Meaning>,
    stems: HashMap<String, Meaning>,
    /// By their first word: the other words and the meaning, longest first.
    phrases: HashMap<String, Vec<(Vec<String>, Meaning)>>,
    half: HashSet<String>,
    /// After a word of replacing, what comes instead follows one of these.
    by: HashSet<String>,
    contrasts: HashMap<String, Contrast>,
    /// Words of order that are terms of their own.
    orders: HashSet<String>,
}

static FRENCH: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(Algorithm::French, include_str!("../words/french.txt")));
static ENGLISH: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(Algorithm::English, include_str!("../words/english.txt")));

impl Lexicon {
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::French => &FRENCH,
            Language::English => &ENGLISH,
        }
    }

    /// Whether the word is one that tells languages apart and proposals not.
    pub(crate) fn says_little(&self, word: &str) -> bool {
        matches!(self.forms.get(word), Some(Meaning::Nothing))
    }

    pub(crate) fn is_by(&self, word: &str) -> bool {
        self.by.contains(word)
    }

    /// The meaning of the word, if it is listed.
    pub(crate) fn meaning(&self, word: &str) -> Option<&Meaning> {
        self.forms.get(word).or_else(|| {
            (word.len() >= STEMMED_LENGTH_MIN).then(|| self.stems.get(&self.stem(word))).flatten()
        })
    }

    /// The longest listed phrase these words begin with: how many words, and what it does.
    pub(crate) fn phrase<'a>(&self, words: impl Fn(usize) -> Option<&'a str>) -> Option<(usize, &Meaning)> {
        let candidates = self.phrases.get(words(0)?)?;
        let fits = |rest: &[String]| rest.iter().zip(1..).all(|(word, place)| words(place) == Some(word));
        candidates.iter().find(|(rest, _)| fits(rest)).map(|(rest, meaning)| (rest.len() + 1, meaning))
    }

    /// The word without its ending, feminine and plural marks that accents would protect included.
    pub(crate) fn stem(&self, word: &str) -> String {
        let stem = self.stemmer.stem(word);
        let bare = stem.trim_end_matches('e');
        if bare.is_empty() { stem.into_owned() } else { bare.to_owned() }
    }

    /// Whether the term hardly changes what is proposed.
    pub(crate) fn weighs_half(&self, term: &str) -> bool {
        self.half.contains(term)
    }

    /// Whether the term is one of order: "before".
    pub(crate) fn is_order(&self, term: &str) -> bool {
        self.orders.contains(term)
    }

    pub(crate) fn contrast(&self, term: &str) -> Option<Contrast> {
        self.contrasts.get(term).copied()
    }

    fn read(algorithm: Algorithm, text: &str) -> Self {
        let mut lexicon = Self {
            stemmer: Stemmer::create(algorithm),
            forms: HashMap::new(),
            stems: HashMap::new(),
            phrases: HashMap::new(),
            half: HashSet::new(),
            by: HashSet::new(),
            contrasts: HashMap::new(),
            orders: HashSet::new(),
        };
        let lines =
            text.lines().filter_map(|line| line.split_once('=')).filter(|(key, _)| !key.starts_with('#'));
        let (contrasts, others): (Vec<_>, Vec<_>) = lines.partition(|(key, _)| key.trim() == "contrast");
        for (key, list) in others {
            lexicon.learn(key.trim(), list);
        }
        // Only now is it known which words are other words for one thing.
        for (set, (_, list)) in (0..).zip(contrasts) {
            for (member, part) in (0..).zip(list.split('|')) {
                for word in listed(part) {
                    let term = lexicon.term(&word);
                    lexicon.contrasts.entry(term).or_insert(Contrast { set, member });
                }
            }
        }
        for phrases in lexicon.phrases.values_mut() {
            phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        lexicon
    }

    fn learn(&mut self, key: &str, list: &str) {
        let toward = |direction| Some(Meaning::Toward(direction));
        let meaning = match key {
            "nothing" => Some(Meaning::Nothing),
            "more" => toward(Direction::More),
            "less" => toward(Direction::Less),
            "create" => toward(Direction::Create),
            "remove" => toward(Direction::Remove),
            "allow" => toward(Direction::Allow),
            "forbid" => toward(Direction::Forbid),
            "keep" => toward(Direction::Keep),
            "oblige" => toward(Direction::Oblige),
            "without" => toward(Direction::Without),
            "instead" => Some(Meaning::Instead),
            "replace" => Some(Meaning::Replace),
            "purpose" => Some(Meaning::Purpose),
            _ => None,
        };
        match (key, meaning) {
            (_, Some(meaning)) => listed(list).for_each(|word| self.place(&word, &meaning)),
            ("number", None) => {
                if let Some((number, words)) = list.split_once(':') {
                    let meaning = Meaning::Number(number.trim().to_owned());
                    listed(words).for_each(|word| self.place(&word, &meaning));
                }
            }
            ("same", None) => {
                let term = listed(list).next().map(|first| self.stemmed(&first)).unwrap_or_default();
                listed(list).for_each(|word| self.place(&word, &Meaning::Same(term.clone())));
            }
            ("half", None) => {
                for word in listed(list) {
                    let term = self.stemmed(&word);
                    self.half.insert(term);
                }
            }
            ("order", None) => {
                // Words with an opposite stay terms, so that "before" is not "after".
                for word in listed(list) {
                    let stem = self.stem(&word);
                    if OPPOSED.contains(&word.as_str()) {
                        self.orders.insert(stem);
                    } else {
                        self.place(&word, &Meaning::Order);
                    }
                }
            }
            ("by", None) => self.by.extend(listed(list)),
            _ => debug_assert!(false, "no such meaning: {key}"),
        }
    }

    fn place(&mut self, text: &str, meaning: &Meaning) {
        let (text, this_form_only) = text.strip_prefix('!').map_or((text, false), |form| (form, true));
        let mut words = text.split([' ', '\'']).map(str::to_owned);
        let Some(first) = words.next() else { return };
        let rest: Vec<String> = words.collect();
        if !rest.is_empty() {
            self.phrases.entry(first).or_default().push((rest, meaning.clone()));
            return;
        }
        let stems = !matches!(meaning, Meaning::Nothing | Meaning::Order) && !this_form_only;
        if stems && first.len() >= STEMMED_LENGTH_MIN {
            let stem = self.stem(&first);
            self.stems.entry(stem).or_insert_with(|| meaning.clone());
        }
        self.forms.entry(first).or_insert_with(|| meaning.clone());
    }

    /// The term of a listed word or phrase.
    fn stemmed(&self, text: &str) -> String {
        if text.contains(' ') { text.to_owned() } else { self.stem(text) }
    }

    /// The same, other words for it taken into account.
    fn term(&self, text: &str) -> String {
        let words: Vec<&str> = text.split(' ').collect();
        let phrase = self.phrase(|place| words.get(place).copied());
        let meaning = match phrase {
            Some((length, meaning)) if length == words.len() => Some(meaning),
            _ => self.meaning(text),
        };
        match meaning {
            Some(Meaning::Same(term)) => term.clone(),
            _ => self.stemmed(text),
        }
    }
}

fn listed(list: &str) -> impl Iterator<Item = String> {
    list.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflections_of_a_direction_word_give_its_direction() {
        let french = Lexicon::of(Language::French);
        for word in ["augmenter", "augmentation", "augmentons", "hausses"] {
            assert_eq!(french.meaning(word), Some(&Meaning::Toward(Direction::More)), "{word}");
        }
        for word in ["supprimons", "suppressions", "fermetures"] {
            assert_eq!(french.meaning(word), Some(&Meaning::Toward(Direction::Remove)), "{word}");
        }
        assert_eq!(french.meaning("passer"), None);
        assert_eq!(
            Lexicon::of(Language::English).meaning("banned"),
            Some(&Meaning::Toward(Direction::Forbid))
        );
    }

    #[test]
    fn endings_are_taken_off_with_and_without_accents() {
        let french = Lexicon::of(Language::French);
        let stem_of = |word: &str| french.stem(&crate::tokens::fold(word));
        for group in [["fermée", "fermees", "fermés"], ["gratuit", "gratuites", "gratuité"]] {
            assert_eq!(group.map(stem_of), [stem_of(group[0]), stem_of(group[0]), stem_of(group[0])]);
        }
    }

    #[test]
    fn every_line_of_the_word_lists_is_understood() {
        for text in [include_str!("../words/french.txt"), include_str!("../words/english.txt")] {
            let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
            for line in lines {
                let (key, list) = line.split_once(" = ").expect("a meaning and its words");
                assert!(
                    KEYS.contains(&key) && listed(list).next().is_some() && line == crate::tokens::fold(line),
                    "{line}"
                );
            }
        }
    }

    const KEYS: [&str; 19] = [
        "nothing", "more", "less", "create", "remove", "allow", "forbid", "keep", "oblige", "without",
        "instead", "replace", "by", "purpose", "half", "same", "contrast", "number", "order",
    ];
}
