//! Promises about `web/locales`: every language says everything, and nothing that nobody reads.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use gd_domain::{Channel, Choice, Label, Language, ModerationStatus, Phase, Qualification};

use crate::files;

/// The texts of all files of a language, one after the other.
fn texts(language: Language) -> String {
    let files = files::below(web().join("locales").join(language.as_str()));
    files.into_iter().map(|(_, text)| text).collect()
}

/// Every message of a language with the variables it uses.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let text = texts(language);
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(|first: char| first.is_ascii_lowercase()) {
            line.split(" =").next().unwrap().clone_into(&mut current);
            assert!(!messages.contains_key(&current), "{current} twice in {language}");
            messages.insert(current.clone(), BTreeSet::new());
        }
        let variables = line.split('$').skip(1).map(|rest| rest.split([' ', '}']).next().unwrap().to_owned());
        messages.entry(current.clone()).or_default().extend(variables);
    }
    messages.remove("");
    messages
}

#[test]
fn every_language_has_the_same_messages_with_the_same_variables() {
    let french = messages(Language::Fr);
    assert!(french.len() > 150);
    for language in Language::ALL {
        assert_eq!(messages(language), french, "{language}");
    }
}

#[test]
fn every_key_in_use_exists_and_every_key_that_exists_is_in_use() {
    let defined: BTreeSet<String> = messages(Language::Fr).into_keys().collect();
    let sources = sources();
    let mut used = composed_keys();
    used.extend(sources.iter().flat_map(|source| spoken_keys(source)));
    // Keys that reach a template through a function stand in the source as plain literals.
    used.extend(
        defined.iter().filter(|key| sources.iter().any(|s| s.contains(&format!("\"{key}\"")))).cloned(),
    );
    assert_eq!(used.difference(&defined).collect::<Vec<_>>(), Vec::<&String>::new(), "in use, not defined");
    assert_eq!(defined.difference(&used).collect::<Vec<_>>(), Vec::<&String>::new(), "defined, not in use");
}

#[test]
fn french_signs_stand_off_with_unbreakable_spaces() {
    let text = texts(Language::Fr);
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        for sign in [" ?", " !", " ;", " :", " %", "'", "« ", " »"] {
            assert!(!line.contains(sign), "`{sign}` in: {line}");
        }
    }
}

/// Keys put together from a domain word: the families listed here.
fn composed_keys() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    keys.extend(Choice::ALL.map(|choice| format!("choice-{choice}")));
    keys.extend(Qualification::ALL.map(|one| format!("qualification-{}", one.as_str().replace('_', "-"))));
    keys.extend(Phase::ALL.map(|phase| format!("phase-{phase}")));
    keys.extend(
        Phase::ALL
            .into_iter()
            .filter(|phase| *phase != Phase::Draft)
            .map(|phase| format!("phase-{phase}-story")),
    );
    keys.extend(Channel::ALL.map(|channel| format!("channel-{channel}")));
    keys.extend(ModerationStatus::ALL.map(|status| format!("status-{status}")));
    keys.extend(ModerationStatus::ALL.map(|status| format!("proposed-next-{status}")));
    keys.extend(gd_pages::ExploreSort::ALL.map(|sort| format!("sort-{}", sort.as_str())));
    keys.extend(gd_pages::Notice::ALL.map(|notice| format!("notice-{}", notice.as_str())));
    for label in Label::ALL {
        keys.extend(
            ["name", "title", "story", "count"].map(|part| format!("label-{}-{part}", label.as_str())),
        );
    }
    let zones = Label::ALL.into_iter().filter(|label| *label != Label::Mixed);
    keys.extend(zones.map(|label| format!("zone-{}-story", label.as_str())));
    keys.extend(["opposed-by", "not-shared-by", "too-few"].map(|part| format!("finding-{part}")));
    for story in gd_pages::ErrorStory::ALL {
        keys.extend(["title", "advice"].map(|part| format!("error-{}-{part}", story.as_str())));
    }
    keys.extend(["agree", "disagree"].map(|side| format!("trait-{side}-alone")));
    for status in [400, 401, 403, 404, 409, 413, 422, 429, 500, 503] {
        keys.extend(["title", "advice"].map(|part| format!("error-{status}-{part}")));
    }
    keys.extend(["calibrated", "make-org", "polis"].map(|method| format!("method-{method}")));
    keys
}

/// The literal keys that a text hands to `say`, `say_count` and `say_name`.
fn spoken_keys(text: &str) -> impl Iterator<Item = String> {
    let production = text.split("#[cfg(test)]").next().unwrap_or_default();
    let calls =
        ["say(", "say_count(", "say_name("].into_iter().flat_map(|call| production.split(call).skip(1));
    calls.filter_map(|after| {
        let literal = after.trim_start().trim_start_matches("language,").trim_start().strip_prefix('"')?;
        literal.split('"').next().map(ToOwned::to_owned)
    })
}

fn sources() -> Vec<String> {
    let code = files::below(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    code.into_iter().chain(files::below(web().join("templates"))).map(|(_, text)| text).collect()
}

fn web() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web")
}
