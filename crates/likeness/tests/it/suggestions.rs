//! Suggestions to somebody who types a proposal, on texts labelled by hand: `suggestions.csv` holds texts
//! about the same thing and texts with a word in common by chance, `pairs.csv` the same proposal in other
//! words.

use gd_likeness::{Index, Language, Reader};

/// Least precision: the share of the labelled suggestions that must be about the same thing.
const PRECISION_MIN: f64 = 0.9;
/// Least recall: the share of the texts about the same thing that must be suggested.
const RECALL_MIN: f64 = 0.85;
/// Least recall of the same proposal in other words.
const RECALL_OF_EQUALS_MIN: f64 = 0.9;

/// Suggestions shown.
const SHOWN: usize = 5;

struct Case {
    language: Language,
    related: bool,
    typed: String,
    published: String,
}

fn cases(file: &str, columns: [usize; 4]) -> Vec<Case> {
    let path = format!("{}/tests/{file}", env!("CARGO_MANIFEST_DIR"));
    let rows = csv::Reader::from_path(path).unwrap().into_records().map(Result::unwrap);
    let [language, related, typed, published] = columns;
    let case = |row: csv::StringRecord| Case {
        language: if &row[language] == "fr" { Language::French } else { Language::English },
        related: &row[related] == "yes",
        typed: row[typed].to_owned(),
        published: row[published].to_owned(),
    };
    rows.map(case).collect()
}

/// Whether each published text is suggested to who types the other, all texts of a language in one consultation.
fn suggested(cases: &[Case]) -> Vec<bool> {
    let index = |language: Language| {
        let (mut index, mut reader) = (Index::default(), Reader::new(language));
        for (number, case) in (0..).zip(cases).filter(|(_, case)| case.language == language) {
            index.add(number, &reader.read(&case.published));
        }
        index
    };
    let indexes = [Language::French, Language::English].map(|language| (language, index(language)));
    let is_suggested = |(number, case): (u32, &Case)| {
        let (language, index) = indexes.iter().find(|(language, _)| *language == case.language).unwrap();
        let similar = index.similar(&Reader::new(*language).read(&case.typed), SHOWN);
        similar.iter().any(|similar| similar.number == number)
    };
    (0..).zip(cases).map(is_suggested).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a few hundred pairs")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[test]
fn a_word_in_common_by_chance_suggests_nothing() {
    let cases = cases("suggestions.csv", [0, 1, 2, 3]);
    let suggested = suggested(&cases);
    let count = |related: bool, shown: bool| {
        cases.iter().zip(&suggested).filter(|(case, is)| case.related == related && **is == shown).count()
    };
    let [right, wrong, missed] = [count(true, true), count(false, true), count(true, false)];
    for (case, is_suggested) in cases.iter().zip(&suggested).filter(|(case, is)| case.related != **is) {
        let what = if *is_suggested { "WRONG" } else { "missed" };
        println!("{what}: {} | {}", case.typed, case.published);
    }
    let (precision, recall) = (share(right, right + wrong), share(right, right + missed));
    println!("{right} suggested rightly, {wrong} wrongly, {missed} missed");
    println!("precision {precision:.3}, recall {recall:.3}");
    assert!(precision >= PRECISION_MIN && recall >= RECALL_MIN, "{precision:.3} {recall:.3}");
}

#[test]
fn the_same_proposal_in_other_words_is_suggested() {
    let pairs = cases("pairs.csv", [1, 3, 5, 4]);
    let (all, found) = pairs
        .iter()
        .zip(suggested(&pairs))
        .filter(|(pair, _)| pair.related)
        .fold((0, 0), |(all, found), (_, is)| (all + 1, found + usize::from(is)));
    println!("{found} of {all} suggested");
    assert!(share(found, all) >= RECALL_OF_EQUALS_MIN, "{found} of {all}");
}
