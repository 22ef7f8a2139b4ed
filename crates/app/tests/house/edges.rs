//! The crates' edges, as docs/ARCHITECTURE.md draws them.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

/// Whom each crate may depend on, among ours. Tests may also use `gd-testkit` and adapters.
const EDGES: [(&str, &[&str]); 15] = [
    ("gd-domain", &[]),
    ("gd-likeness", &[]),
    ("gd-report", &["gd-domain"]),
    ("gd-analyzer", &["gd-domain", "gd-likeness", "gd-report"]),
    ("gd-deck", &["gd-domain"]),
    ("gd-engine", &["gd-deck", "gd-domain", "gd-likeness"]),
    ("gd-pages", &["gd-domain", "gd-report"]),
    ("gd-exchange", &["gd-domain"]),
    ("gd-press", &["gd-domain", "gd-pages", "gd-report"]),
    ("gd-store", &["gd-domain", "gd-engine"]),
    ("gd-counters", &["gd-domain", "gd-engine"]),
    ("gd-server", &["gd-domain", "gd-engine", "gd-pages", "gd-press"]),
    (
        "gd-app",
        &[
            "gd-analyzer",
            "gd-counters",
            "gd-domain",
            "gd-engine",
            "gd-exchange",
            "gd-pages",
            "gd-press",
            "gd-server",
            "gd-store",
        ],
    ),
    ("gd-testkit", &["gd-domain", "gd-engine"]),
    ("gd-loadtest", &[]),
];

/// Crates that the pure crates must not reach, however many crates lie between.
const IMPURE: [&str; 5] = ["tokio", "actix-web", "sqlx", "redis", "reqwest"];
const PURE: [&str; 8] = [
    "gd-domain",
    "gd-report",
    "gd-likeness",
    "gd-analyzer",
    "gd-deck",
    "gd-pages",
    "gd-exchange",
    "gd-press",
];

fn packages() -> BTreeMap<String, Package> {
    let metadata = MetadataCommand::new().manifest_path(crate::root().join("Cargo.toml")).exec().unwrap();
    metadata.packages.into_iter().map(|package| (package.name.to_string(), package)).collect()
}

fn normal_dependencies(package: &Package) -> BTreeSet<&str> {
    let normal = package.dependencies.iter().filter(|dependency| dependency.kind == DependencyKind::Normal);
    normal.map(|dependency| dependency.name.as_str()).collect()
}

#[test]
fn crates_depend_on_whom_they_may() {
    let packages = packages();
    let ours =
        packages.keys().filter(|name| name.starts_with("gd-")).map(String::as_str).collect::<BTreeSet<_>>();
    assert_eq!(ours, EDGES.iter().map(|&(name, _)| name).collect(), "every crate has its line in EDGES");
    for (name, allowed) in EDGES {
        let depends_on = normal_dependencies(&packages[name]);
        let strangers =
            depends_on.into_iter().filter(|other| other.starts_with("gd-") && !allowed.contains(other));
        assert_eq!(strangers.collect::<Vec<_>>(), Vec::<&str>::new(), "{name} must not depend on these");
    }
}

#[test]
fn pure_crates_stay_pure() {
    let packages = packages();
    for name in PURE {
        let mut reached = BTreeSet::new();
        let mut to_visit = vec![name];
        while let Some(next) = to_visit.pop() {
            let Some(package) = packages.get(next) else { continue };
            for dependency in package
                .dependencies
                .iter()
                .filter(|other| other.kind == DependencyKind::Normal && !other.optional)
            {
                if reached.insert(dependency.name.as_str()) {
                    to_visit.push(dependency.name.as_str());
                }
            }
        }
        let impure = IMPURE.iter().filter(|other| reached.contains(*other)).collect::<Vec<_>>();
        assert!(impure.is_empty(), "{name} reaches {impure:?}");
    }
}

#[test]
fn nobody_ships_the_testkit() {
    for (name, package) in packages().iter().filter(|(name, _)| name.starts_with("gd-")) {
        assert!(!normal_dependencies(package).contains("gd-testkit"), "{name}");
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = std::fs::read_to_string(crate::root().join("Cargo.toml")).unwrap();
    let table = manifest.split("[workspace.dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    let outside = table.lines().filter(|line| line.contains('=') && !line.contains("path ="));
    for line in outside {
        assert!(line.contains(" # "), "say what this does for us: {line}");
    }
}
