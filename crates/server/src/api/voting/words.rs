//! Reads the words of a ballot without refusing the whole request: a value of another JSON type is an unknown word.
//! Nothing is copied unless the text holds escapes.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A text. Any other value is the empty text, which is no choice and no key.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Word<'a>(pub(super) Cow<'a, str>);

/// The set of a list of words; `None` if a word is unknown or the value is not a list. Absent and `null` are the
/// empty set.
#[derive(Debug, PartialEq)]
pub(super) struct Qualifications(pub(super) Option<gd_domain::Qualifications>);

impl Default for Qualifications {
    fn default() -> Self {
        Self(Some(gd_domain::Qualifications::NONE))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Word<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ReadWord)
    }
}

impl<'de> Deserialize<'de> for Qualifications {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ReadQualifications)
    }
}

/// The result for a value of a JSON type that cannot be meant.
macro_rules! other_kinds {
    ($($method:ident($kind:ty)),+ => $other:expr) => {
        $(fn $method<E>(self, _: $kind) -> Result<Self::Value, E> { Ok($other) })+

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            Ok($other)
        }
    };
}

struct ReadWord;

impl<'de> Visitor<'de> for ReadWord {
    type Value = Word<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Word(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Word(Cow::Owned(text.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Word::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Word::default())
    }

    other_kinds!(visit_bool(bool), visit_i64(i64), visit_u64(u64), visit_f64(f64) => Word::default());
}

struct ReadQualifications;

impl<'de> Visitor<'de> for ReadQualifications {
    type Value = Qualifications;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of texts")
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Qualifications(None))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Qualifications::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut all_known = true;
        let mut set = gd_domain::Qualifications::NONE;
        while let Some(Word(word)) = list.next_element::<Word<'_>>()? {
            match word.parse() {
                Ok(qualification) => set = set.iter().chain([qualification]).collect(),
                Err(_) => all_known = false,
            }
        }
        Ok(Qualifications(all_known.then_some(set)))
    }

    other_kinds!(visit_bool(bool), visit_i64(i64), visit_u64(u64), visit_f64(f64) => Qualifications(None));
}

#[cfg(test)]
mod tests {
    use super::*;
    use gd_domain::Qualification;

    const OTHER_KINDS: [&str; 7] = ["null", "true", "3", "-3", "0.5", r#"{"a":[1]}"#, r#"[["x"],2]"#];

    #[test]
    fn a_word_is_a_text_and_nothing_else() {
        let read = |json: &'static str| serde_json::from_str::<Word<'_>>(json).unwrap().0;
        assert!(matches!(read(r#""agree""#), Cow::Borrowed("agree")));
        assert_eq!(read(r#""\u0061gree""#), "agree");
        for other in OTHER_KINDS {
            assert_eq!(read(other), "", "{other}");
        }
    }

    #[test]
    fn qualifications_are_a_list_of_known_words() {
        let read = |json: &str| serde_json::from_str::<Qualifications>(json).unwrap();
        let set = [Qualification::LikeIt, Qualification::Doable].into_iter().collect();
        assert_eq!(read(r#"["doable","like_it","doable"]"#), Qualifications(Some(set)));
        assert_eq!(read("[]"), Qualifications::default());
        assert_eq!(read("null"), Qualifications::default());
        for other in [r#"["lovely"]"#, "[null]", r#""doable""#].iter().chain(&OTHER_KINDS[1..]) {
            assert_eq!(read(other), Qualifications(None), "{other}");
        }
    }
}
