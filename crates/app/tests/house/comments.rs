//! Comments open with a subject: few with What, Who, Of or How, and no docstring is one word.

use crate::sources::sources;

/// The openings of a comment that reads as if translated.
const OPENINGS: [&str; 4] = ["What", "Who", "Of", "How"];
/// Most blocks that may open so, of a hundred.
const SHARE_MAX_PERCENT: usize = 2;
/// The longest marks first.
const MARKS: [&str; 3] = ["///", "//!", "//"];

/// Neighbouring comment lines of one mark, with the number of the first line.
struct Block<'t> {
    line: usize,
    mark: &'static str,
    text: Vec<&'t str>,
}

impl Block<'_> {
    fn words(&self) -> impl Iterator<Item = &str> {
        self.text.iter().flat_map(|line| line.split_whitespace())
    }

    fn opens_as_translated(&self) -> bool {
        let first = self.words().next().unwrap_or_default();
        OPENINGS.contains(&first.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default())
    }

    fn is_one_word_docstring(&self) -> bool {
        self.mark != "//" && self.words().count() == 1
    }
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::<Block<'_>>::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_start();
        let Some(mark) = MARKS.into_iter().find(|mark| line.starts_with(mark)) else { continue };
        let said = &line[mark.len()..];
        match blocks.last_mut() {
            Some(block) if block.mark == mark && block.line + block.text.len() == number + 1 => {
                block.text.push(said);
            }
            _ => blocks.push(Block { line: number + 1, mark, text: vec![said] }),
        }
    }
    blocks
}

/// Counts of blocks, the places of those that read as if translated, and of docstrings of one word.
#[derive(Default)]
struct Findings {
    blocks: usize,
    translated: Vec<String>,
    one_word: Vec<String>,
}

impl Findings {
    fn read(&mut self, place: &str, text: &str) {
        for block in blocks(text) {
            self.blocks += 1;
            let shown = || format!("{place}:{}:{}", block.line, block.text[0]);
            self.translated.extend(block.opens_as_translated().then(shown));
            self.one_word.extend(block.is_one_word_docstring().then(shown));
        }
    }

    fn too_many_translated(&self) -> bool {
        self.translated.len() * 100 > self.blocks * SHARE_MAX_PERCENT
    }
}

fn workspace() -> Findings {
    let mut findings = Findings::default();
    for folder in ["crates", "loadtest"] {
        for source in sources(&crate::root().join(folder)) {
            findings.read(&format!("{folder}/{}", source.place), &source.text);
        }
    }
    findings
}

#[test]
fn few_comments_open_with_what_who_of_or_how() {
    let findings = workspace();
    let (found, blocks) = (findings.translated.len(), findings.blocks);
    let listed = findings.translated.join("\n");
    assert!(
        !findings.too_many_translated(),
        "{listed}\n{found} of {blocks} blocks open with {OPENINGS:?}; at most {SHARE_MAX_PERCENT} % may"
    );
}

#[test]
fn no_docstring_is_one_word() {
    let found = workspace().one_word;
    assert!(found.is_empty(), "say units, errors or the meaning:\n{}", found.join("\n"));
}

#[test]
fn a_translated_opening_and_a_one_word_docstring_are_found() {
    let mut findings = Findings::default();
    findings.read(
        "made/up.rs",
        "//! What this is.\n//! Who knows.\n\n/// Votes.\nfn f() {\n    // Whatever it is.\n    g()\n}\n\
         /// Of\n/// which.\n// Stays.",
    );
    assert_eq!(findings.blocks, 5);
    assert_eq!(findings.translated, ["made/up.rs:1: What this is.", "made/up.rs:9: Of"]);
    assert_eq!(findings.one_word, ["made/up.rs:4: Votes."]);
    assert!(findings.too_many_translated());
}
