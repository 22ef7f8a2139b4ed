//! The documents are true where a machine can tell.

use std::fs;

/// Every `path/like.this` between backticks in a document, from these folders.
fn named_files(document: &str) -> Vec<String> {
    const FOLDERS: [&str; 6] = ["crates/", "migrations/", "web/", "loadtest/", "docs/", ".ci/"];
    let quoted = document.split('`').skip(1).step_by(2);
    let paths = quoted.filter(|text| FOLDERS.iter().any(|folder| text.starts_with(folder)));
    paths
        .filter(|text| !text.contains(['*', '{', ' ']))
        .map(|text| text.split(':').next().unwrap_or(text).to_owned())
        .collect()
}

#[test]
fn documents_name_files_that_exist() {
    let root = crate::root();
    let mut documents = vec![root.join("README.md"), root.join("CHANGELOG.md")];
    for folder in ["docs", "docs/adr"] {
        let entries = fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path());
        documents.extend(entries.filter(|path| path.extension().is_some_and(|extension| extension == "md")));
    }
    for document in documents {
        let text = fs::read_to_string(&document).unwrap();
        for named in named_files(&text) {
            assert!(root.join(&named).exists(), "{} names {named}, which does not exist", document.display());
        }
    }
}

#[test]
fn the_architecture_names_the_way_of_a_vote() {
    let architecture = fs::read_to_string(crate::root().join("docs/ARCHITECTURE.md")).unwrap();
    let named = named_files(&architecture);
    for file in [
        "crates/engine/src/voting/cast.rs",
        "crates/engine/src/voting/write_queue.rs",
        "crates/store/src/voting/ledger.rs",
        "crates/engine/src/voting/projector.rs",
        "crates/analyzer/src/analyze.rs",
    ] {
        assert!(named.iter().any(|name| name == file), "ARCHITECTURE.md walks past {file}");
    }
}

/// Every word after this one in a text, made of such letters.
fn words_after<'t>(text: &'t str, before: &str, letter: fn(char) -> bool) -> Vec<&'t str> {
    let tails = text.split(before).skip(1);
    tails.map(|tail| tail.split(|character| !letter(character)).next().unwrap_or_default()).collect()
}

#[test]
fn the_operations_name_every_setting() {
    let root = crate::root();
    let operations = fs::read_to_string(root.join("docs/OPERATIONS.md")).unwrap();
    let read = |file: &str| fs::read_to_string(root.join("crates/app/src").join(file)).unwrap();
    let source = [read("cli.rs"), read("settings.rs")].concat();
    let settings = words_after(&source, "\"GD_", |letter| letter.is_ascii_uppercase() || letter == '_');
    assert!(settings.len() > 10, "{settings:?}");
    for setting in settings {
        assert!(operations.contains(&format!("GD_{setting}`")), "OPERATIONS.md does not name GD_{setting}");
    }
}

#[test]
fn documents_name_targets_that_exist() {
    let root = crate::root();
    let makefile = fs::read_to_string(root.join("Makefile")).unwrap();
    for document in ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/OPERATIONS.md"] {
        let text = fs::read_to_string(root.join(document)).unwrap();
        for target in words_after(&text, "`make ", |letter| letter.is_ascii_lowercase() || letter == '-') {
            let named = target.is_empty() || makefile.contains(&format!("\n{target}:"));
            assert!(named, "{document} names the target {target}, which does not exist");
        }
    }
}
