//! The words of the pages in every language, from `web/locales`: one folder a language, one file an area, embedded.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use gd_domain::Language;
use unic_langid::LanguageIdentifier;

type Bundle = FluentBundle<FluentResource>;

/// One bundle a language, in the order of [`Language::ALL`].
static BUNDLES: LazyLock<[Bundle; Language::ALL.len()]> = LazyLock::new(|| Language::ALL.map(bundle));

/// The first of the reader's languages that the pages speak, else `fallback`.
///
/// `wanted` holds language tags, best first, as an `Accept-Language` header ranks them; only their first
/// part counts, so that `en-GB` and `en_US` are English.
#[must_use]
pub fn choose_language<'a>(wanted: impl IntoIterator<Item = &'a str>, fallback: Language) -> Language {
    let spoken = |tag: &str| {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag).trim().to_ascii_lowercase();
        primary.parse::<Language>().ok()
    };
    wanted.into_iter().find_map(spoken).unwrap_or(fallback)
}

/// A message in a language, with its variables filled in. The key itself when no file has it: a page
/// with a strange word is better than no page, and a test holds every key in use to every file.
pub(crate) fn say<'a>(language: Language, key: &str, variables: &[(&'a str, FluentValue<'a>)]) -> String {
    let bundle = &BUNDLES[language as usize];
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return key.to_owned();
    };
    let arguments: FluentArgs<'_> = variables.iter().cloned().collect();
    let mut errors = Vec::new();
    bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned()
}

/// A whole number with its thousands apart, as the language writes it.
pub(crate) fn number(language: Language, number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(match language {
                Language::Fr => '\u{202f}',
                Language::En => ',',
            });
        }
        grouped.push(digit);
    }
    grouped
}

/// The files of a language with their names.
macro_rules! files {
    ($language:literal: $($area:literal),+) => {
        [$(($area, include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"), "/../../web/locales/", $language, "/", $area, ".ftl"
        )))),+]
    };
    ($language:literal) => {
        files!($language: "frame", "report", "consultation", "participants", "voting", "proposals", "results")
    };
}

/// The translations' sources by area.
const fn sources(language: Language) -> [(&'static str, &'static str); 7] {
    match language {
        Language::Fr => files!("fr"),
        Language::En => files!("en"),
    }
}

fn bundle(language: Language) -> Bundle {
    let tag: LanguageIdentifier =
        language.as_str().parse().expect("the domain's languages are language tags");
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    // The marks that isolate variables are for texts that mix writing directions; ours do not.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::Fr => |value, _| format_value(Language::Fr, value),
        Language::En => |value, _| format_value(Language::En, value),
    }));
    for (_, source) in sources(language) {
        let resource = FluentResource::try_new(source.to_owned())
            .expect("the embedded translations parse: a test reads each of them");
        bundle.add_resource(resource).expect("no translation key is given twice: a test reads each file");
    }
    bundle
}

/// Numbers in messages are counts: whole and never negative.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts, far below 2^53")]
fn format_value(language: Language, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(count) => Some(number(language, count.value.max(0.0) as u64)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn every_file_is_embedded() {
        for language in Language::ALL {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/locales");
            let files = fs::read_dir(Path::new(folder).join(language.as_str())).unwrap();
            let found: BTreeSet<String> =
                files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
            let embedded = sources(language).map(|(area, _)| format!("{area}.ftl"));
            assert_eq!(found, BTreeSet::from(embedded), "{language}");
        }
    }

    #[test]
    fn thousands_are_apart_as_the_language_writes_them() {
        assert_eq!(number(Language::Fr, 1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(number(Language::En, 12_345), "12,345");
        assert_eq!(number(Language::En, 999), "999");
        assert_eq!(number(Language::Fr, 0), "0");
    }

    #[test]
    fn an_unknown_language_falls_back() {
        assert_eq!(choose_language(["de", "br-FR"], Language::Fr), Language::Fr);
        assert_eq!(choose_language(["*", ""], Language::En), Language::En);
        assert_eq!(choose_language(["de", "en-GB", "fr"], Language::Fr), Language::En);
        assert_eq!(choose_language(["FR_ca"], Language::En), Language::Fr);
    }

    #[test]
    fn zero_is_singular_in_french_and_plural_in_english() {
        let count = |language, count: u64| say(language, "count-votes", &[("count", count.into())]);
        assert_eq!(count(Language::Fr, 0), "0\u{a0}vote");
        assert_eq!(count(Language::Fr, 1_200), "1\u{202f}200\u{a0}votes");
        assert_eq!(count(Language::En, 0), "0\u{a0}votes");
        assert_eq!(count(Language::En, 1), "1\u{a0}vote");
    }

    #[test]
    fn an_unknown_key_is_shown_as_it_is() {
        assert_eq!(say(Language::Fr, "no-such-key", &[]), "no-such-key");
    }
}
