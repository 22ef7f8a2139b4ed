//! Inside each crate, an area uses the areas before it and never those after it.

use crate::modules::{Modules, made_up};
use crate::sources::sources;

/// The areas, each after those that it may use.
const AREAS: [&str; 12] = [
    "running",
    "staff",
    "consultation",
    "participants",
    "voting",
    "proposals",
    "moderation",
    "results",
    "workshops",
    "projects",
    "outcomes",
    "network",
];

/// The folders whose sub-folders or files are areas, crate by crate; `""` is `src` itself.
const AREA_FOLDERS: [(&str, &[&str]); 6] = [
    ("domain", &[""]),
    ("engine", &[""]),
    ("store", &[""]),
    ("testkit", &["", "memory_store/", "contracts/"]),
    ("server", &["api/", "public/", "console/"]),
    ("pages", &["public/"]),
];

/// The place of a file's area in [`AREAS`]; `None` for what may compose all of them.
fn area(place: &str, folders: &[&str]) -> Option<usize> {
    let below = folders.iter().filter_map(|folder| place.strip_prefix(folder));
    let names = below.filter_map(|below| below.split('/').next());
    names
        .map(|name| name.trim_end_matches(".rs"))
        .find_map(|name| AREAS.iter().position(|area| *area == name))
}

/// Every use of a later area, as `voting/cast.rs uses results/rank.rs`.
fn uses_of_later_areas(modules: &Modules, folders: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (place, used) in modules.uses(true) {
        let Some(own) = area(place, folders) else { continue };
        let later = used.iter().filter(|used| area(used, folders).is_some_and(|other| other > own));
        found.extend(later.map(|used| format!("{place} uses {used}")));
    }
    found
}

#[test]
fn areas_use_only_those_before_them() {
    let mut found = Vec::new();
    for (name, folders) in AREA_FOLDERS {
        let modules = Modules::read(&sources(&crate::root().join("crates").join(name).join("src")));
        let later = uses_of_later_areas(&modules, folders);
        found.extend(later.into_iter().map(|used| format!("{name}: {used}")));
    }
    assert!(found.is_empty(), "the order of areas is {AREAS:?}\n{}", found.join("\n"));
}

#[test]
fn a_use_of_a_later_area_is_found() {
    let modules = made_up(&[
        ("lib.rs", "mod voting;\nmod results;\nmod ports;\npub use results::rank::Rank;"),
        ("ports.rs", "use crate::results::rank::Rank;\nuse crate::voting::cast::Cast;"),
        ("voting/mod.rs", "pub mod cast;\npub mod queue;"),
        ("voting/cast.rs", "use super::queue::Queue;\nuse crate::{Rank, ports::Port};"),
        ("voting/queue.rs", "fn f() -> super::super::results::rank::Rank { g() }"),
        ("results/mod.rs", "pub mod rank;"),
        ("results/rank.rs", "use crate::voting::cast::Cast;"),
    ]);
    let expected = ["voting/cast.rs uses results/rank.rs", "voting/queue.rs uses results/rank.rs"];
    assert_eq!(uses_of_later_areas(&modules, &[""]), expected);
}

#[test]
fn an_area_is_a_folder_or_a_file_of_its_name() {
    let folders = AREA_FOLDERS[3].1;
    assert_eq!(area("voting/cast.rs", folders), Some(4));
    assert_eq!(area("memory_store/results.rs", folders), Some(7));
    assert_eq!(area("services/redis.rs", folders), None);
}
