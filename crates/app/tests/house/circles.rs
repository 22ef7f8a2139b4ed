//! No circle of imports between the files of a crate.

use std::collections::{BTreeMap, BTreeSet};

use crate::modules::{Modules, made_up};
use crate::sources::sources;

/// The crates that are large enough for a circle to hide in.
const CRATES: [&str; 3] = ["engine", "server", "analyzer"];

type Uses<'u> = BTreeMap<&'u str, BTreeSet<&'u str>>;

/// Tarjan's algorithm: sets of files that all reach one another, each of two files or more.
#[derive(Default)]
struct Search<'u> {
    order: BTreeMap<&'u str, usize>,
    lowest: BTreeMap<&'u str, usize>,
    stack: Vec<&'u str>,
    circles: Vec<Vec<&'u str>>,
}

impl<'u> Search<'u> {
    fn visit(&mut self, file: &'u str, uses: &Uses<'u>) {
        let number = self.order.len();
        self.order.insert(file, number);
        self.lowest.insert(file, number);
        self.stack.push(file);
        for used in uses.get(file).into_iter().flatten() {
            if !self.order.contains_key(used) {
                self.visit(used, uses);
                self.lower(file, self.lowest[used]);
            } else if self.stack.contains(used) {
                self.lower(file, self.order[used]);
            }
        }
        if self.lowest[file] == number {
            let start = self.stack.iter().position(|other| *other == file).unwrap();
            let mut circle = self.stack.split_off(start);
            circle.sort_unstable();
            self.circles.extend((circle.len() > 1).then_some(circle));
        }
    }

    fn lower(&mut self, file: &'u str, number: usize) {
        self.lowest.entry(file).and_modify(|lowest| *lowest = number.min(*lowest));
    }
}

/// Each circle as the uses inside it, as `a.rs uses b.rs`.
fn circles(modules: &Modules) -> Vec<Vec<String>> {
    let uses = modules.uses(false);
    let mut search = Search::default();
    for file in uses.keys() {
        if !search.order.contains_key(file) {
            search.visit(file, &uses);
        }
    }
    let inside = |circle: &Vec<&str>| {
        let edges = circle.iter().flat_map(|file| uses[file].iter().map(move |used| (file, used)));
        let edges = edges.filter(|(_, used)| circle.contains(used));
        edges.map(|(file, used)| format!("{file} uses {used}")).collect()
    };
    search.circles.iter().map(inside).collect()
}

#[test]
fn files_use_one_another_in_no_circle() {
    let mut found = Vec::new();
    for name in CRATES {
        let modules = Modules::read(&sources(&crate::root().join("crates").join(name).join("src")));
        for circle in circles(&modules) {
            found.push(format!("a circle in {name}:\n  {}", circle.join("\n  ")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_circle_is_found_through_reexports() {
    let modules = made_up(&[
        ("lib.rs", "mod a;\nmod b;\nmod c;\nmod d;\npub use c::C;"),
        ("a.rs", "use crate::b::B;"),
        ("b.rs", "use crate::C;\nuse crate::d::D;"),
        ("c.rs", "fn f() { super::a::g() }"),
        ("d.rs", ""),
    ]);
    let expected = ["a.rs uses b.rs", "b.rs uses c.rs", "c.rs uses a.rs"];
    assert_eq!(circles(&modules), [expected]);
}

#[test]
fn a_folder_of_files_in_order_is_no_circle() {
    let modules = made_up(&[
        ("lib.rs", "mod a;\npub use a::{B, C};"),
        ("a/mod.rs", "mod b;\nmod c;\npub use b::B;\npub use c::C;"),
        ("a/b.rs", "use super::C;"),
        ("a/c.rs", "use std::fmt;"),
    ]);
    assert_eq!(circles(&modules), Vec::<Vec<String>>::new());
}
