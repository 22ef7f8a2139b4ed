//! The tables of a report, read back by other libraries.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use gd_domain::Language;
use gd_pages::ReportFile;
use gd_press::{ReportContext, report_file};

/// A report of two proposals, one of which starts like a formula and holds a control character.
const REPORT: &str = r#"{
  "method": "calibrated", "input": {"ballots": 170, "participants": 1300, "proposals": 2},
  "proposals": [
    {"number": 3, "text": "=HYPERLINK(\"http://x\")\u0007", "theme": "contact",
     "counts": {"agree": 90, "disagree": 5, "neutral": 5},
     "shares": {"agree": {"mean": 0.89, "low": 0.82, "high": 0.94}, "disagree": {"mean": 0.05, "low": 0.02, "high": 0.1},
                "neutral": {"mean": 0.06, "low": 0.02, "high": 0.11}},
     "label": "consensus", "likeliest": "consensus", "confidence": 0.99,
     "by_audience": {"users": {"counts": {"agree": 80, "disagree": 1, "neutral": 4},
       "shares": {"agree": {"mean": 0.93, "low": 0.86, "high": 0.98}, "disagree": {"mean": 0.02, "low": 0.0, "high": 0.05},
                  "neutral": {"mean": 0.05, "low": 0.02, "high": 0.1}}, "label": "consensus"}},
     "opposed_by": ["staff"], "not_shared_by": ["staff"], "too_few_to_tell": ["directors"],
     "weighted": {"effective_ballots": 61.5,
       "shares": {"agree": {"mean": 0.7, "low": 0.6, "high": 0.8}, "disagree": {"mean": 0.2, "low": 0.1, "high": 0.3},
                  "neutral": {"mean": 0.1, "low": 0.05, "high": 0.2}}}},
    {"number": 8, "text": "Plus de bancs, \"vite\"",
     "counts": {"agree": 60, "disagree": 5, "neutral": 5},
     "shares": {"agree": {"mean": 0.85, "low": 0.75, "high": 0.92}, "disagree": {"mean": 0.08, "low": 0.03, "high": 0.15},
                "neutral": {"mean": 0.07, "low": 0.03, "high": 0.15}},
     "label": "undetermined", "likeliest": "consensus", "confidence": 0.7}
  ],
  "shortlist": [
    {"proposals": [8, 3], "supporters": 1234, "newly_represented": 1234, "only_here": 200, "represented": 1234,
     "agree": {"mean": 0.85, "low": 0.75, "high": 0.92}},
    {"proposals": [3], "supporters": 90, "newly_represented": 30, "only_here": 0, "represented": 1264,
     "agree": {"mean": 0.89, "low": 0.82, "high": 0.94}, "claim": {"proposals": [3], "level": 2, "participants": 90}}
  ],
  "shortlist_audit": {"size": 10, "basis": "leading", "candidates": 2, "participants": 1300, "quota": 130.0,
    "justified_representation": true, "extended_justified_representation_plus": true,
    "judges": 1000, "judges_left_out": 40, "judges_left_out_by_top_agreement": 120},
  "limits": ["One thing.", "Another."]
}"#;

fn file(file: ReportFile, report: &str, title: &str, language: Language) -> Vec<u8> {
    let context = ReportContext { title, language, as_of: None, consultation: None, beside: &[] };
    report_file(file, report, &context).unwrap()
}

fn csv(table: ReportFile, report: &str, language: Language) -> Vec<Vec<String>> {
    lines(&String::from_utf8(file(table, report, "", language)).unwrap())
}

fn workbook(report: &str, title: &str, language: Language) -> Vec<u8> {
    file(ReportFile::Workbook, report, title, language)
}

fn lines(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|line| line.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn every_proposal_is_a_line_and_no_text_a_formula() {
    let lines = csv(ReportFile::Proposals, REPORT, Language::default());
    assert_eq!(lines.len(), 3);
    let of = |line: usize, name: &str| {
        let column = lines[0].iter().position(|one| one == name).unwrap_or_else(|| panic!("no {name}"));
        lines[line][column].as_str()
    };
    assert_eq!(of(1, "number"), "3");
    assert_eq!(of(1, "text"), "'=HYPERLINK(\"http://x\")\u{7}");
    assert_eq!((of(1, "agree_low"), of(1, "weighted_agree_share")), ("0.82", "0.7"));
    assert_eq!((of(1, "weighted_effective_ballots"), of(2, "weighted_effective_ballots")), ("61.5", ""));
    assert_eq!((of(1, "users_ballots"), of(1, "users_agree_share")), ("85", "0.93"));
    assert_eq!((of(2, "users_ballots"), of(2, "theme")), ("", ""));
    assert_eq!((of(1, "opposed_by"), of(1, "too_few_to_tell")), ("staff", "directors"));
    assert_eq!(of(2, "text"), "Plus de bancs, \"vite\"");
}

#[test]
fn every_entry_is_a_line_that_says_why_it_is_there() {
    for (language, first, second) in [
        (
            Language::En,
            "It has the most supporters: 1,234 participants.",
            "90 participants who agree with it had fewer than 2 entries, and so large a group is due 2.",
        ),
        (
            Language::Fr,
            "C’est elle qui a le plus de soutiens\u{a0}: 1\u{202f}234 participants.",
            "90 participants d’accord avec elle avaient moins de 2 entrées",
        ),
    ] {
        let lines = csv(ReportFile::Shortlist, REPORT, language);
        assert_eq!(lines.len(), 3);
        assert_eq!((lines[0][0].as_str(), lines[0][21].as_str()), ("place", "why"));
        assert_eq!(lines[1][..4], ["1", "8", "Plus de bancs, \"vite\"", "3"]);
        assert!(lines[1][21].starts_with(first), "{}", lines[1][21]);
        assert!(lines[2][21].contains(second) && lines[2][21].contains("staff"), "{}", lines[2][21]);
    }
}

/// The sheets by name, row by row.
fn sheets(bytes: Vec<u8>) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = workbook.sheet_names();
    let read = |name: String| {
        let range = workbook.worksheet_range(&name).unwrap();
        (name, range.rows().map(<[Data]>::to_vec).collect())
    };
    names.into_iter().map(read).collect()
}

#[test]
fn the_workbook_holds_the_list_and_how_to_read_it_in_both_languages() {
    for (language, names, header, label) in [
        (Language::En, ["Shortlist", "How to read it"], "Proposal", "undetermined"),
        (Language::Fr, ["Liste courte", "Comment la lire"], "Proposition", "indéterminé"),
    ] {
        let sheets = sheets(workbook(REPORT, "Que faire\u{1b} ?", language));
        assert_eq!([sheets[0].0.as_str(), sheets[1].0.as_str()], names);
        let list = &sheets[0].1;
        assert_eq!(list.len(), 3);
        assert_eq!(list[0][2], Data::String(header.to_owned()));
        assert_eq!(list[1][1], Data::Float(8.0));
        assert_eq!(list[1][5], Data::String(label.to_owned()));
        assert_eq!((&list[1][7], &list[1][8]), (&Data::Float(0.85), &Data::Float(0.75)));
        assert_eq!(list[2][2], Data::String("=HYPERLINK(\"http://x\") ".to_owned()), "a text, no formula");
        assert_eq!(list[2][12], Data::String("users 93\u{a0}% (86–98)".to_owned()));
        let about: Vec<String> = sheets[1].1.iter().flatten().map(ToString::to_string).collect();
        assert!(about[0].starts_with("Que faire  ?"), "{}", about[0]);
        for said in ["4\u{a0}%", "12\u{a0}%", "EJR+", "Another."] {
            assert!(about.iter().any(|cell| cell.contains(said)), "{said}");
        }
    }
}

#[test]
fn the_same_report_makes_the_same_workbook() {
    let once = workbook(REPORT, "Que faire ?", Language::Fr);
    assert_eq!(once, workbook(REPORT, "Que faire ?", Language::Fr));
}

#[test]
fn a_report_without_anything_makes_tables_with_headers_alone() {
    let empty =
        r#"{"method": "polis", "input": {"ballots": 0, "participants": 0, "proposals": 0}, "proposals": []}"#;
    assert_eq!(csv(ReportFile::Proposals, empty, Language::En).len(), 1);
    assert_eq!(csv(ReportFile::Shortlist, empty, Language::En).len(), 1);
    assert_eq!(sheets(workbook(empty, "", Language::En))[0].1.len(), 1);
    let astray = REPORT.replace("\"proposals\": [8, 3]", "\"proposals\": [99]");
    assert_eq!(csv(ReportFile::Shortlist, &astray, Language::En).len(), 2);
}
