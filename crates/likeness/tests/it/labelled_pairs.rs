//! Pairs of proposals labelled by hand: what is merged must be the same proposal.
//!
//! `pairs.csv` holds sentences of our own. Its tuning part was looked at while the word lists were made; its
//! held-out part was not, and must not be: write a new one after changing the lists because of it. docs/METHOD.md, "Ideas", prints the figures that this test prints.

use std::collections::BTreeMap;

use gd_likeness::{LIKENESS_PERCENT_DEFAULT, Language, Reader};

/// Least precision: the share of the merged pairs that must be the same proposal.
const PRECISION_MIN: f64 = 0.95;

struct Pair {
    held_out: bool,
    kind: String,
    same: bool,
    texts: [String; 2],
    merged: bool,
}

fn pairs() -> Vec<Pair> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pairs.csv");
    let mut reader = csv::Reader::from_path(file).unwrap();
    let pair = |row: csv::StringRecord| {
        let language = if &row[1] == "fr" { Language::French } else { Language::English };
        let texts = [row[4].to_owned(), row[5].to_owned()];
        let [one, other] = texts.each_ref().map(|text| Reader::new(language).read(text));
        let merged = one.likeness(&other) >= f32::from(LIKENESS_PERCENT_DEFAULT) / 100.0;
        Pair {
            held_out: &row[0] == "held-out",
            kind: row[2].to_owned(),
            same: &row[3] == "yes",
            texts,
            merged,
        }
    };
    reader.records().map(|row| pair(row.unwrap())).collect()
}

#[test]
fn what_is_merged_is_the_same_proposal() {
    let pairs = pairs();
    assert!(pairs.len() >= 300, "{}", pairs.len());
    for (name, parts) in [("all", [true, false].as_slice()), ("tuning", &[false]), ("held out", &[true])] {
        let of = |same: bool, merged: bool| {
            pairs
                .iter()
                .filter(|pair| parts.contains(&pair.held_out) && pair.same == same && pair.merged == merged)
                .count()
        };
        let [right, wrong, missed] = [of(true, true), of(false, true), of(true, false)];
        let precision = share(right, right + wrong);
        let recall = share(right, right + missed);
        println!(
            "{name}: {right} merged rightly, {wrong} wrongly, {missed} missed, {} kept apart rightly",
            of(false, false)
        );
        println!("{name}: precision {precision:.3}, recall {recall:.3}");
        assert!(precision >= PRECISION_MIN, "{name}: {}", mistakes(&pairs));
        assert!(recall >= 0.5, "{name}: a grouping that hardly merges anything is of no use");
    }
    for (kind, [merged, all]) in by_kind(&pairs) {
        println!("{kind}: {merged} of {all} merged");
    }
    println!("{}", mistakes(&pairs));
}

#[test]
fn likeness_does_not_hang_on_which_text_comes_first() {
    let mut reader = Reader::default();
    for pair in pairs() {
        let [one, other] = pair.texts.each_ref().map(|text| reader.read(text));
        assert_eq!(one.likeness(&other).to_bits(), other.likeness(&one).to_bits(), "{:?}", pair.texts);
        assert_eq!(one.likeness(&one).to_bits(), 1.0_f32.to_bits());
    }
}

fn by_kind(pairs: &[Pair]) -> BTreeMap<&str, [usize; 2]> {
    let mut kinds = BTreeMap::<&str, [usize; 2]>::new();
    for pair in pairs {
        let counts = kinds.entry(&pair.kind).or_default();
        counts[0] += usize::from(pair.merged);
        counts[1] += 1;
    }
    kinds
}

fn mistakes(pairs: &[Pair]) -> String {
    let wrong = pairs.iter().filter(|pair| pair.merged != pair.same);
    let told = |pair: &Pair| {
        let what = if pair.merged { "WRONG" } else { "missed" };
        let part = if pair.held_out { "held out" } else { "tuning" };
        format!("{what} {part} {}: {} | {}", pair.kind, pair.texts[0], pair.texts[1])
    };
    wrong.map(told).collect::<Vec<_>>().join("\n")
}

#[expect(clippy::cast_precision_loss, reason = "a few hundred pairs")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
