//! The modules of one crate, and which file defines what a path names.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{Paths, Source, paths};

/// The greatest number of re-exports between a name and its definition.
const REEXPORTS_MAX: usize = 16;

/// A module: its path from the crate's root, its file and the paths in it.
pub struct Module {
    pub place: String,
    path: Vec<String>,
    paths: Paths,
}

/// The modules of one crate by their path.
pub struct Modules {
    by_path: BTreeMap<Vec<String>, Module>,
}

/// A path names a module, an item that a module's file defines, or something of another crate.
#[derive(Clone, Copy)]
enum Target<'m> {
    Module(&'m Module),
    Item(&'m Module),
    Elsewhere,
}

impl Modules {
    /// Reads the files of a crate's `src` folder; files of unit tests are left out.
    pub fn read(sources: &[Source]) -> Self {
        let tested = |source: &&Source| !source.place.ends_with("tests.rs");
        let modules = sources.iter().filter(tested).map(|source| {
            let path = module_path(&source.place);
            (path.clone(), Module { place: source.place.clone(), path, paths: paths(&source.text) })
        });
        Self { by_path: modules.collect() }
    }

    /// Files that a file uses, re-exports seen through; with what it re-exports itself if asked.
    pub fn uses(&self, with_reexports: bool) -> BTreeMap<&str, BTreeSet<&str>> {
        let modules = self.by_path.values();
        modules.map(|module| (module.place.as_str(), self.uses_of(module, with_reexports))).collect()
    }

    fn uses_of<'m>(&'m self, module: &'m Module, with_reexports: bool) -> BTreeSet<&'m str> {
        let imports = module.paths.imports.iter().filter(|import| with_reexports || !import.is_public);
        let imports = imports.map(|import| &import.path);
        let targets = imports.chain(&module.paths.references).map(|path| self.target(module, path, 0));
        let files = targets.filter_map(|target| match target {
            // The name of a folder uses nothing yet: the paths that begin with it do.
            Target::Module(named) if self.has_children(named) => None,
            Target::Module(used) | Target::Item(used) => Some(used.place.as_str()),
            Target::Elsewhere => None,
        });
        files.filter(|place| *place != module.place).collect()
    }

    fn has_children(&self, module: &Module) -> bool {
        self.by_path.keys().any(|path| path.len() == module.path.len() + 1 && path.starts_with(&module.path))
    }

    fn target<'m>(&'m self, from: &'m Module, path: &[String], depth: usize) -> Target<'m> {
        let Some((first, rest)) = path.split_first() else { return Target::Elsewhere };
        let start = match first.as_str() {
            "crate" => self.at(&[]),
            "self" => Target::Module(from),
            "super" => self.parent(from),
            name => self.named(from, name, depth).unwrap_or(Target::Elsewhere),
        };
        rest.iter().fold(start, |reached, segment| match reached {
            Target::Module(module) if segment == "super" => self.parent(module),
            Target::Module(module) if segment == "*" => Target::Item(module),
            Target::Module(module) => self.named(module, segment, depth).unwrap_or(Target::Item(module)),
            Target::Item(_) | Target::Elsewhere => reached,
        })
    }

    fn at(&self, path: &[String]) -> Target<'_> {
        self.by_path.get(path).map_or(Target::Elsewhere, Target::Module)
    }

    fn parent(&self, module: &Module) -> Target<'_> {
        module.path.split_last().map_or(Target::Elsewhere, |(_, above)| self.at(above))
    }

    /// A child of a module, or what an import binds to this name there.
    fn named<'m>(&'m self, module: &'m Module, name: &str, depth: usize) -> Option<Target<'m>> {
        if let Some(child) = self.by_path.get(&[&module.path[..], &[name.to_owned()]].concat()) {
            return Some(Target::Module(child));
        }
        let import = module.paths.imports.iter().find(|import| import.name == name)?;
        let is_itself = import.path.first().is_some_and(|first| first == name);
        let followed = depth < REEXPORTS_MAX && !is_itself;
        Some(if followed { self.target(module, &import.path, depth + 1) } else { Target::Elsewhere })
    }
}

/// `voting/cast.rs` is `voting::cast`, `voting/mod.rs` is `voting`, `lib.rs` the root.
fn module_path(place: &str) -> Vec<String> {
    let path = place.trim_end_matches(".rs").split('/').map(str::to_owned);
    let mut path = path.collect::<Vec<_>>();
    if path.last().is_some_and(|last| last == "mod") || ["lib.rs", "main.rs"].contains(&place) {
        path.pop();
    }
    path
}

/// A made-up crate of files and their texts.
#[cfg(test)]
pub fn made_up(files: &[(&str, &str)]) -> Modules {
    let source =
        |(place, text): &(&str, &str)| Source { place: (*place).to_owned(), text: (*text).to_owned() };
    Modules::read(&files.iter().map(source).collect::<Vec<_>>())
}

#[test]
fn a_reexport_counts_as_the_file_that_defines_the_name() {
    let modules = made_up(&[
        ("lib.rs", "mod a;\nmod b;\nmod c;\npub use a::Thing;"),
        ("a/mod.rs", "pub mod deep;\npub use deep::Thing;\npub use outside::Other;"),
        ("a/deep.rs", "use crate::c::Top;"),
        ("b.rs", "use crate::Thing;\nuse crate::a::Other;\nuse super::a;\nfn f() { a::deep::g() }"),
        ("c.rs", "use std::fmt;\nfn f() { fmt::Result }"),
    ]);
    let uses = modules.uses(false);
    assert_eq!(uses["b.rs"], BTreeSet::from(["a/deep.rs"]));
    assert_eq!(uses["a/deep.rs"], BTreeSet::from(["c.rs"]));
    assert!(uses["lib.rs"].is_empty() && uses["a/mod.rs"].is_empty() && uses["c.rs"].is_empty());
    assert_eq!(modules.uses(true)["lib.rs"], BTreeSet::from(["a/deep.rs"]));
}
