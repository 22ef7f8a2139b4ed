//! No reader panics, whatever the bytes; and what it refuses it refuses with a reason on one line.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use gd_domain::{
    Answers, Audience, Calendar, Consultation, ConsultationDraft, ConsultationId, Language, Origin,
    Presentation, Rules, Slug,
};
use gd_exchange::{FileError, OpenDataSink, ParquetWriter, Votes, read_polis_folder, read_votes};
use proptest::prelude::*;
use tempfile::TempDir;

const FILES: [(&str, &str); 8] = [
    (
        "comments.csv",
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n\
         1,,0,7,1,0,1,First\n3,,2,7,1,0,-1,\"Second, \"\"quoted\"\"\nand broken\"\n",
    ),
    ("votes.csv", "timestamp,datetime,comment-id,voter-id,vote\n5,,0,1,1\n4,,2,1,-1\n"),
    ("participants-votes.csv", "participant,group-id,n-votes,0,2\n1,0,2,1,-1\n4,,1,0,\n"),
    ("summary.csv", "topic,What?\nconversation-description,\"One,\ntwo\"\n"),
    (
        "ballots.csv",
        "participant,proposal,choice,qualifications,audience,channel,cast_at\n\
         0,0,agree,like_it|doable,staff,sequence,2026-11-21T19:18:31.123Z\n1,2,neutral,,,assisted,17\n",
    ),
    ("proposals.csv", "number,text,status,theme,idea\n0,One,published,,\n2,\"Two, too\",refused,costs,\n"),
    ("exposures.csv", "number,shown\n0,12\n2,7\n"),
    ("answers.csv", "participant,question,answer\n0,age,30-44\n1,age,60\n1,area,town\n"),
];

#[derive(Debug, Clone)]
enum Harm {
    Cut(prop::sample::Index),
    Replace(prop::sample::Index, Vec<u8>),
    Insert(prop::sample::Index, Vec<u8>),
    Remove(prop::sample::Index, usize),
}

fn harm() -> impl Strategy<Value = Harm> {
    let marks = prop::sample::select(b"\",\r\n-0179\xff\xc3\x00;|eZ".to_vec());
    let bytes = prop::collection::vec(prop_oneof![3 => marks, 1 => any::<u8>()], 1..5);
    let place = any::<prop::sample::Index>;
    prop_oneof![
        place().prop_map(Harm::Cut),
        (place(), bytes.clone()).prop_map(|(place, bytes)| Harm::Replace(place, bytes)),
        (place(), bytes).prop_map(|(place, bytes)| Harm::Insert(place, bytes)),
        (place(), 1..9_usize).prop_map(|(place, count)| Harm::Remove(place, count)),
    ]
}

fn mangle(content: &[u8], harms: &[Harm]) -> Vec<u8> {
    let mut bytes = content.to_vec();
    for harm in harms {
        let length = bytes.len();
        let end = |start: usize, count: usize| (start + count).min(length);
        match harm {
            Harm::Cut(place) => bytes.truncate(place.index(length + 1)),
            Harm::Insert(place, new) => {
                let start = place.index(length + 1);
                bytes.splice(start..start, new.iter().copied()).count();
            }
            Harm::Replace(place, new) => {
                let start = place.index(length + 1);
                bytes.splice(start..end(start, new.len()), new.iter().copied()).count();
            }
            Harm::Remove(place, count) => {
                let start = place.index(length + 1);
                bytes.drain(start..end(start, *count)).count();
            }
        }
    }
    bytes
}

/// Reads whatever can be read of a folder; gives the errors.
fn read_everything(dir: &Path) -> Vec<FileError> {
    let file = |name: &str| dir.join(name);
    let comments = [None, Some(file("comments.csv")), Some(file("proposals.csv"))];
    let mut errors = Vec::new();
    errors.extend(read_polis_folder(dir).err());
    for votes in ["votes.csv", "participants-votes.csv", "ballots.csv"] {
        for comments in &comments {
            errors.extend(read_votes(&file(votes), comments.as_deref()).err());
        }
    }
    errors
}

#[test]
fn the_files_are_good_before_they_are_mangled() {
    let dir = TempDir::new().unwrap();
    for (name, content) in FILES {
        fs::write(dir.path().join(name), content).unwrap();
    }
    assert_eq!(read_everything(dir.path()), []);
}

const COLUMN_FILES: [&str; 4] =
    ["ballots.parquet", "proposals.parquet", "exposures.parquet", "answers.parquet"];

static COLUMNS: LazyLock<[Vec<u8>; 4]> = LazyLock::new(files_of_columns);

/// Files of a small export.
fn files_of_columns() -> [Vec<u8>; 4] {
    let dir = TempDir::new().unwrap();
    for (name, content) in FILES {
        fs::write(dir.path().join(name), content).unwrap();
    }
    let file = |name: &str| dir.path().join(name);
    let read = read_votes(&file("ballots.csv"), Some(&file("proposals.csv"))).unwrap();
    let consultation = consultation(&read.audiences);
    let mut writer = ParquetWriter::create(dir.path(), &consultation, &read.proposals).unwrap();
    for ballot in read.ballots.iter() {
        writer.ballot(&ballot).unwrap();
    }
    for (number, times) in read.exposures {
        writer.exposures(number, times).unwrap();
    }
    let answers = Answers([("age".parse().unwrap(), "30-44".parse().unwrap())].into());
    writer.answers(read.ballots.participant[1], &answers).unwrap();
    writer.finish().unwrap();
    COLUMN_FILES.map(|name| fs::read(file(name)).unwrap())
}

fn read_columns(dir: &Path) -> Result<Votes, FileError> {
    read_votes(&dir.join(COLUMN_FILES[0]), Some(&dir.join(COLUMN_FILES[1])))
}

fn consultation(audiences: &[Slug]) -> Consultation {
    let audience = |id: &Slug| Audience { id: id.clone(), title: id.to_string() };
    let description = ConsultationDraft {
        slug: "mangled".parse().unwrap(),
        organisation: String::new(),
        question: String::new(),
        introduction: String::new(),
        language: Language::Fr,
        rules: Rules::default(),
        audiences: audiences.iter().map(audience).collect(),
        themes: Vec::new(),
        questions: Vec::new(),
        calendar: Calendar::default(),
        origin: Origin::Native,
        presentation: Presentation::default(),
    };
    Consultation { id: ConsultationId(1), description }
}

#[test]
fn the_columns_are_good_before_they_are_mangled() {
    let dir = TempDir::new().unwrap();
    for (name, bytes) in COLUMN_FILES.into_iter().zip(&*COLUMNS) {
        fs::write(dir.path().join(name), bytes).unwrap();
    }
    let read = read_columns(dir.path()).unwrap();
    let found = [read.ballots.len(), read.proposals.len(), read.exposures.len(), read.answers.len()];
    assert_eq!(found, [2, 2, 2, 1]);
}

/// The lowest bit of a number in a footer or a page's header is its sign: lengths and places become negative.
#[test]
fn columns_with_any_one_bit_turned_are_read_or_refused() {
    let dir = TempDir::new().unwrap();
    for (name, bytes) in COLUMN_FILES.into_iter().zip(&*COLUMNS) {
        fs::write(dir.path().join(name), bytes).unwrap();
    }
    let mut refused = 0;
    for (name, bytes) in COLUMN_FILES.into_iter().zip(&*COLUMNS) {
        for place in 0..bytes.len() {
            let mut bytes = bytes.clone();
            bytes[place] ^= 1;
            fs::write(dir.path().join(name), bytes).unwrap();
            if let Err(error) = read_columns(dir.path()) {
                refused += 1;
                assert!(error.message().contains("; "), "{error}");
            }
        }
        fs::write(dir.path().join(name), bytes).unwrap();
    }
    assert!(refused > 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn mangled_files_are_read_or_refused_on_one_line(
        harmed in 0..FILES.len(),
        harms in prop::collection::vec(harm(), 1..4),
        without_votes in any::<bool>(),
    ) {
        let dir = TempDir::new().unwrap();
        for (place, (name, content)) in FILES.into_iter().enumerate() {
            let bytes = if place == harmed { mangle(content.as_bytes(), &harms) } else { content.as_bytes().to_vec() };
            fs::write(dir.path().join(name), &bytes).unwrap();
        }
        if without_votes {
            fs::remove_file(dir.path().join("votes.csv")).unwrap();
        }
        let lines_max = FILES.iter().map(|(_, content)| content.len() + 16).max().unwrap() as u64;
        for error in read_everything(dir.path()) {
            prop_assert!(!error.to_string().contains(['\n', '\r']), "{}", error);
            prop_assert!(error.message().contains("; "), "{}", error);
            prop_assert!(error.line().is_none_or(|line| (1..=lines_max).contains(&line)), "{}", error);
        }
    }

    #[test]
    fn mangled_columns_are_read_or_refused_on_one_line(
        harmed in 0..COLUMN_FILES.len(),
        harms in prop::collection::vec(harm(), 1..4),
    ) {
        let dir = TempDir::new().unwrap();
        for (place, name) in COLUMN_FILES.into_iter().enumerate() {
            let bytes = &COLUMNS[place];
            fs::write(dir.path().join(name), if place == harmed { mangle(bytes, &harms) } else { bytes.clone() }).unwrap();
        }
        if let Err(error) = read_columns(dir.path()) {
            prop_assert!(!error.to_string().contains(['\n', '\r']), "{}", error);
            prop_assert!(error.message().contains("; "), "{}", error);
        }
    }

    #[test]
    fn any_bytes_after_a_good_header_are_read_or_refused_below_it(rows in prop::collection::vec(any::<u8>(), 0..200)) {
        let dir = TempDir::new().unwrap();
        let path = dir.path().join("votes.csv");
        fs::write(&path, [b"timestamp,comment-id,voter-id,vote\n".as_slice(), &rows].concat()).unwrap();
        if let Err(error) = read_votes(&path, None) {
            prop_assert!(error.line() >= Some(2), "{}", error);
        }
    }
}
