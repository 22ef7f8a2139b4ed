//! Rust sources as the checks read them: files, code without comments and strings, and the paths in it.

use std::fs;
use std::path::Path;

/// One file of a crate, its place relative to the crate's `src` folder, `/` between folders.
pub struct Source {
    pub place: String,
    pub text: String,
}

/// Every `.rs` file below a folder, sorted by place.
pub fn sources(folder: &Path) -> Vec<Source> {
    let mut sources = Vec::new();
    let mut to_visit = vec![folder.to_owned()];
    while let Some(visited) = to_visit.pop() {
        for entry in fs::read_dir(&visited).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                to_visit.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let place = path.strip_prefix(folder).unwrap().display().to_string();
                sources.push(Source { place, text: fs::read_to_string(&path).unwrap() });
            }
        }
    }
    sources.sort_by(|one, other| one.place.cmp(&other.place));
    sources
}

/// A `use` that binds a name: `pub use cast::CastError as Refused` binds `Refused` to `cast::CastError`.
pub struct Import {
    pub name: String,
    pub path: Vec<String>,
    pub is_public: bool,
}

/// The paths of a file, its unit tests left out.
#[derive(Default)]
pub struct Paths {
    pub imports: Vec<Import>,
    /// Paths of two segments or more outside `use`.
    pub references: Vec<Vec<String>>,
}

/// Reads the paths of a text.
pub fn paths(text: &str) -> Paths {
    let tokens = tokens(without_tests(text));
    let mut paths = Paths::default();
    let (mut at, mut is_public) = (0, false);
    while at < tokens.len() {
        let imports = tokens[at] == "use" && tokens.get(at + 1).is_some_and(|next| next != "<");
        if !imports && !is_name(&tokens[at]) {
            is_public &= !matches!(tokens[at].as_str(), ";" | "{" | "}");
            at += 1;
            continue;
        }
        is_public |= tokens[at] == "pub";
        let mut leaves = Vec::new();
        at = read_tree(&tokens, at + usize::from(imports), &[], &mut leaves);
        if imports {
            let import = |(path, name)| Import { name, path, is_public };
            paths.imports.extend(leaves.into_iter().map(import));
        } else {
            paths.references.extend(leaves.into_iter().map(|(path, _)| path).filter(|path| path.len() > 1));
        }
    }
    paths
}

/// The text up to its test module.
fn without_tests(text: &str) -> &str {
    let start = text.match_indices("#[cfg(test)]\nmod ").find(|(start, opening)| {
        let declared = text[start + opening.len()..].lines().next().unwrap_or_default();
        declared.ends_with('{')
    });
    start.map_or(text, |(start, _)| &text[..start])
}

fn is_name(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// Reads `a::{b, c as d}` from a place on: each path with the name that it binds. Returns the place after it.
fn read_tree(
    tokens: &[String],
    mut at: usize,
    before: &[String],
    leaves: &mut Vec<(Vec<String>, String)>,
) -> usize {
    let mut path = before.to_vec();
    let token = |at: usize| tokens.get(at).map_or("", String::as_str);
    while is_name(token(at)) || token(at) == "*" {
        path.push(token(at).to_owned());
        at += 1;
        if token(at) != "::" || token(at + 1) == "<" {
            break;
        }
        at += 1;
    }
    if token(at) == "{" && token(at - 1) == "::" {
        at += 1;
        while !matches!(token(at), "}" | "") {
            at = read_tree(tokens, at, &path, leaves);
            at += usize::from(token(at) == ",");
        }
        return at + 1;
    }
    if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
        path.pop();
    }
    let renamed = token(at) == "as";
    let name = if renamed { token(at + 1).to_owned() } else { path.last().cloned().unwrap_or_default() };
    let stands_still = path.len() == before.len() && !renamed;
    leaves.push((path, name));
    at + if renamed { 2 } else { usize::from(stands_still && token(at) != "}") }
}

/// Names, `::` and single other characters, without comments and literals.
fn tokens(text: &str) -> Vec<String> {
    let characters = text.chars().collect::<Vec<_>>();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        let rest = &characters[at..];
        let length = match rest {
            ['/', '/', ..] => length_until(rest, 2, &['\n']),
            ['/', '*', ..] => length_until(rest, 2, &['*', '/']),
            ['r', '"' | '#', ..] => raw_string_length(rest),
            ['"', ..] => string_length(rest),
            ['\'', '\\', ..] => length_until(rest, 3, &['\'']),
            ['\'', _, '\'', ..] => 3,
            [first, ..] if first.is_alphanumeric() || *first == '_' => {
                let letters = rest.iter().take_while(|letter| letter.is_alphanumeric() || **letter == '_');
                let name = letters.collect::<String>();
                let length = name.chars().count();
                tokens.push(name);
                length
            }
            [':', ':', ..] => {
                tokens.push("::".to_owned());
                2
            }
            [other, ..] => {
                tokens.extend((!other.is_whitespace()).then(|| other.to_string()));
                1
            }
            [] => 1,
        };
        at += length;
    }
    tokens
}

/// The length up to and with an ending, looked for from a place on.
fn length_until(rest: &[char], from: usize, ending: &[char]) -> usize {
    let found = rest[from.min(rest.len())..].windows(ending.len()).position(|window| window == ending);
    found.map_or(rest.len(), |found| from + found + ending.len())
}

fn string_length(rest: &[char]) -> usize {
    let mut length = 1;
    while length < rest.len() && rest[length] != '"' {
        length += if rest[length] == '\\' { 2 } else { 1 };
    }
    length + 1
}

/// The length of `r#"…"#`; 2 for a raw name, whose `r#` is dropped.
fn raw_string_length(rest: &[char]) -> usize {
    let hashes = rest[1..].iter().take_while(|character| **character == '#').count();
    if rest.get(1 + hashes) != Some(&'"') {
        return 1 + hashes;
    }
    let ending = [&['"'][..], &vec!['#'; hashes]].concat();
    length_until(rest, 2 + hashes, &ending)
}

#[test]
fn paths_are_read_through_braces_names_and_literals() {
    let read = paths(
        "use crate::a::{self, b::{C, d as e}, F};\npub(crate) use super::G;\n\
         fn x() { let y = 'q'; \"crate::no::no\"; // crate::no::no\n crate::h::i(1, k::L::<u8>::new()) }\n\
         #[cfg(test)]\nmod tests {\n use crate::no::no;\n}",
    );
    let imports = read.imports.iter().map(|import| (import.path.join("::"), import.name.as_str()));
    let expected = [
        ("crate::a", "a"),
        ("crate::a::b::C", "C"),
        ("crate::a::b::d", "e"),
        ("crate::a::F", "F"),
        ("super::G", "G"),
    ];
    assert_eq!(imports.collect::<Vec<_>>(), expected.map(|(path, name)| (path.to_owned(), name)));
    assert!(read.imports[4].is_public && !read.imports[3].is_public);
    let references = read.references.iter().map(|path| path.join("::")).collect::<Vec<_>>();
    assert_eq!(references, ["crate::h::i", "k::L"]);
}
