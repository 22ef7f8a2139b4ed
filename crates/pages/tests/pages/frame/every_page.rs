//! Promises that hold for every page in every state and language.

use std::collections::{HashMap, HashSet};

use gd_domain::Language;
use gd_pages::assets;

use crate::markup::{Piece, Tag, read, tags};
use crate::samples;

/// Runs a check on every page, with a name that tells which one failed.
fn each_page(check: impl Fn(&str, Language, &str)) {
    for language in Language::ALL {
        for (name, html) in samples::pages(language) {
            check(&format!("{name}.{language}"), language, &html);
        }
    }
}

#[test]
fn every_page_says_its_language_and_title_and_has_one_main_heading() {
    each_page(|name, language, html| {
        let tags = tags(html);
        let count = |wanted: &str| tags.iter().filter(|tag| tag.name == wanted).count();
        assert_eq!(tags[0].get("lang"), Some(language.as_str()), "{name}");
        assert_eq!((count("h1"), count("main")), (1, 1), "{name}");
        let title = &html[html.find("<title>").unwrap() + 7..html.find("</title>").unwrap()];
        assert!(title.trim().len() > 10, "{name}: {title}");
    });
}

#[test]
fn every_tag_is_closed_in_its_order() {
    each_page(|name, _, html| {
        let mut open = Vec::new();
        for piece in read(html) {
            match piece {
                Piece::Open(tag) if !tag.is_void() => open.push(tag.name),
                Piece::Close(closed) => assert_eq!(open.pop(), Some(closed), "{name}"),
                _ => {}
            }
        }
        assert_eq!(open, Vec::<String>::new(), "{name}");
    });
}

#[test]
fn headings_never_skip_a_level() {
    each_page(|name, _, html| {
        let mut level = 0;
        for tag in tags(html) {
            if let Some(next) = tag.name.strip_prefix('h').and_then(|digit| digit.parse::<u8>().ok()) {
                assert!(next <= level + 1, "{name}: h{next} after h{level}");
                level = next;
            }
        }
    });
}

#[test]
fn nothing_in_a_page_needs_a_looser_content_security_policy() {
    each_page(|name, _, html| {
        for tag in tags(html) {
            let inline_handler = tag.attributes.keys().any(|key| key.starts_with("on") || key == "style");
            assert!(!inline_handler, "{name}: {tag:?}");
            assert!(tag.name != "script" || tag.get("src").is_some(), "{name}: a script without a file");
            assert!(tag.name != "style" || name.starts_with("report-document"), "{name}: styles inside");
            for address in [tag.get("src"), tag.get("href"), tag.get("action")].into_iter().flatten() {
                // The document that stands alone names the files that lie beside it.
                let is_beside = name.starts_with("report-document")
                    && samples::BESIDE.iter().any(|file| file.name() == address);
                let is_ours = address.starts_with('/') && !address.starts_with("//")
                    || address.starts_with('#')
                    || address.starts_with("mailto:?")
                    || is_beside;
                assert!(is_ours, "{name}: {address}");
            }
        }
    });
}

#[test]
fn identifiers_are_unique_and_references_lead_somewhere() {
    each_page(|name, _, html| {
        let tags = tags(html);
        let mut ids = HashSet::new();
        for id in tags.iter().filter_map(|tag| tag.get("id")) {
            assert!(ids.insert(id), "{name}: {id} twice");
        }
        for tag in &tags {
            let lists = [tag.get("aria-labelledby"), tag.get("aria-describedby"), tag.get("for")];
            for id in lists.into_iter().flatten().flat_map(str::split_whitespace) {
                assert!(ids.contains(id), "{name}: nothing is called {id}");
            }
            if let Some(anchor) = tag.get("href").and_then(|address| address.strip_prefix('#')) {
                assert!(ids.contains(anchor), "{name}: nothing at #{anchor}");
            }
        }
    });
}

#[test]
fn every_field_has_a_label_and_every_button_a_name() {
    each_page(|name, _, html| {
        let pieces = read(html);
        let labelled: HashSet<&str> =
            pieces.iter().filter_map(open).filter_map(|tag| tag.get("for")).collect();
        for (place, tag) in pieces.iter().enumerate().filter_map(|(place, piece)| Some((place, open(piece)?)))
        {
            let is_field = tag.name == "textarea"
                || tag.name == "select"
                || tag.name == "input" && tag.get("type") != Some("hidden");
            assert!(!is_field || tag.get("id").is_some_and(|id| labelled.contains(id)), "{name}: {tag:?}");
            if tag.name == "button" || tag.name == "a" || tag.name == "summary" {
                let is_end = |piece: &&Piece| matches!(piece, Piece::Close(closed) if *closed == tag.name);
                let content = pieces[place..].iter().take_while(|piece| !is_end(piece));
                assert!(content.into_iter().any(|piece| matches!(piece, Piece::Text(_))), "{name}: {tag:?}");
            }
        }
    });
}

#[test]
fn every_static_file_a_page_names_exists() {
    each_page(|name, _, html| {
        for tag in tags(html) {
            let address = tag.get("src").or(tag.get("href")).unwrap_or_default();
            if let Some(path) = address.strip_prefix(assets::PREFIX) {
                assert!(assets::find(path).is_some(), "{name}: {address}");
            }
        }
    });
}

#[test]
fn forms_send_the_fields_the_server_reads() {
    let slug = "/c/grand-dialogue";
    let expected: HashMap<String, Vec<&str>> = HashMap::from([
        ("/language".to_owned(), vec!["language", "return_to"]),
        (format!("{slug}/audience"), vec!["audience", "return_to"]),
        (format!("{slug}/answers"), vec!["answer-anciennete", "answer-region", "return_to"]),
        (format!("{slug}/vote"), vec!["choice", "key", "n", "proposal"]),
        (format!("{slug}/vote/retract"), vec!["n", "proposal"]),
        (format!("{slug}/widget/continue"), vec!["token"]),
        (format!("{slug}/propose"), vec!["text"]),
        (format!("{slug}/proposals"), vec!["q", "sort", "theme"]),
        (format!("{slug}/votes/erase"), vec![]),
        (format!("{slug}/votes/link"), vec![]),
        (format!("{slug}/votes"), vec!["choice", "key", "proposal"]),
        (format!("{slug}/votes/retract"), vec!["proposal"]),
    ]);
    let qualify = format!("{slug}/vote/qualify");
    let widget = format!("{slug}/widget");
    let mut seen = HashSet::new();
    for (name, html) in samples::pages(Language::Fr) {
        for (action, fields) in forms(&html) {
            if action.starts_with(&format!("{slug}/continue/")) {
                assert!(fields.is_empty(), "{name}: the address says it all");
                continue;
            }
            seen.insert(action.clone());
            if action == widget {
                let required = ["lang", "n", "token"];
                assert!(required.iter().all(|field| fields.contains(*field)), "{name}: {fields:?}");
                assert_ne!(fields.contains("act"), fields.contains("choice"), "{name}: {fields:?}");
                continue;
            }
            if action == qualify || action == format!("{slug}/proposals/17") {
                let required = ["choice", "key", "proposal"];
                assert!(required.iter().all(|field| fields.contains(*field)), "{name}: {fields:?}");
                continue;
            }
            let mut fields: Vec<&str> = fields.iter().map(String::as_str).collect();
            fields.sort_unstable();
            if name == "propose-similar" && action == format!("{slug}/propose") {
                assert_eq!(fields, ["anyway", "text"], "sent again, it is recorded");
                continue;
            }
            assert_eq!(Some(&fields), expected.get(&action), "{name}: {action}");
        }
    }
    assert_eq!(seen.len(), expected.len() + 3);
}

#[test]
fn the_languages_show_the_same_pages() {
    let shape = |language| -> Vec<(String, usize)> {
        samples::pages(language).into_iter().map(|(name, html)| (name, tags(&html).len())).collect()
    };
    assert_eq!(shape(Language::Fr), shape(Language::En));
}

#[test]
fn no_variable_is_left_unfilled() {
    each_page(|name, _, html| assert!(!html.contains("{$"), "{name}"));
}

#[test]
fn landing_and_voting_are_light() {
    each_page(|name, _, html| {
        if ["landing", "vote-", "widget"].iter().any(|start| name.starts_with(start)) {
            assert!(html.len() <= 16 * 1024, "{name}: {} bytes", html.len());
        }
    });
}

/// Each form's address with the names of its fields.
fn forms(html: &str) -> Vec<(String, HashSet<String>)> {
    let mut forms: Vec<(String, HashSet<String>)> = Vec::new();
    for tag in tags(html) {
        if tag.name == "form" {
            assert!(tag.get("method") == Some("post") || tag.get("role") == Some("search"));
            forms.push((tag.get("action").unwrap().to_owned(), HashSet::new()));
        } else if let (Some(field), Some((_, fields))) = (tag.get("name"), forms.last_mut())
            && tag.name != "meta"
        {
            fields.insert(field.to_owned());
        }
    }
    forms
}

fn open(piece: &Piece) -> Option<&Tag> {
    match piece {
        Piece::Open(tag) => Some(tag),
        _ => None,
    }
}
