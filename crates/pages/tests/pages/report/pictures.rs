//! Promises of a report's pictures: each is told in words and in a table, none is broken whatever the report, and
//! the page stays small however large the consultation.

use gd_domain::{ItemNumber, Language};
use gd_pages::{Page, ReportDocument};
use gd_report::{Counts, Integrity, Report, Shares};

use crate::markup::{Piece, Tag, read, tags};
use crate::samples;

fn document(report: &Report) -> String {
    ReportDocument::new(Language::En, "What should change?", report, None).to_html()
}

fn count(tags: &[Tag], name: &str, class: &str) -> usize {
    let has_class =
        |tag: &&Tag| tag.get("class").is_some_and(|known| known.split(' ').any(|one| one == class));
    tags.iter().filter(|tag| tag.name == name).filter(has_class).count()
}

/// The part of a page that starts at a heading and ends with its section.
fn section<'a>(html: &'a str, heading: &str) -> &'a str {
    let start = html.find(&format!("id=\"{heading}\"")).unwrap_or_else(|| panic!("no {heading}"));
    &html[start..start + html[start..].find("</section>").unwrap()]
}

#[test]
fn everything_the_report_has_is_told() {
    let html = document(&samples::full_report());
    for (part, picture) in [
        ("in-short", "report-stack"),
        ("triangle", "report-triangle"),
        ("consensus", "report-strip"),
        ("controversy", "report-strip"),
        ("rejection", "report-strip"),
        ("undetermined", "report-strip"),
        ("ideas", "report-stack"),
        ("groups", "report-map"),
        ("bridging", "report-strip"),
        ("audiences", "report-stack"),
        ("weighting", "report-strip"),
        ("shortlist", "report-stack"),
        ("outlook", "report-stack"),
        ("integrity", "report-stack"),
        ("coverage", "report-histogram"),
    ] {
        let section = section(&html, part);
        assert!(section.contains(&format!("<svg class=\"{picture}\"")), "{part} has no {picture}");
        assert!(part == "in-short" || section.contains("<table>"), "{part} has no table");
    }
}

#[test]
fn every_picture_has_a_title_or_says_nothing() {
    let html = document(&samples::full_report());
    let pieces = read(&html);
    for (place, piece) in pieces.iter().enumerate() {
        let Piece::Open(tag) = piece else { continue };
        if tag.name == "svg" && tag.get("aria-hidden").is_none() {
            assert_eq!(tag.get("role"), Some("img"), "{tag:?}");
            assert!(matches!(&pieces[place + 1], Piece::Open(title) if title.name == "title"), "{tag:?}");
            assert!(matches!(&pieces[place + 2], Piece::Text(text) if text.trim().len() > 5), "{tag:?}");
        }
    }
    let tags = tags(&html);
    for (map, class) in
        [("triangle", "report-triangle"), ("map", "report-map"), ("coverage", "report-histogram")]
    {
        assert_eq!(count(&tags, "svg", class), 1);
        assert!(html.contains(&format!("<desc id=\"{map}-words\">")), "{map}");
    }
}

#[test]
fn every_table_has_a_caption_and_heads() {
    let html = document(&samples::full_report());
    let tables: Vec<&str> = html.split("<table>").skip(1).collect();
    assert!(tables.len() >= 20, "{}", tables.len());
    for table in tables {
        let table = &table[..table.find("</table>").unwrap()];
        assert!(table.trim_start().starts_with("<caption>"), "{table}");
        assert!(table.contains("scope=\"col\"") && table.contains("scope=\"row\""), "{table}");
    }
}

#[test]
fn what_a_report_lacks_is_not_told() {
    let html = document(&samples::empty_report());
    for part in [
        "triangle",
        "ideas",
        "groups",
        "bridging",
        "audiences",
        "weighting",
        "shortlist",
        "outlook",
        "coverage",
        "integrity",
    ] {
        assert!(!html.contains(&format!("id=\"{part}\"")), "{part}");
    }
    assert!(!html.contains("<svg class=\"report-") || html.contains("report-marks"));
}

#[test]
fn no_structure_is_said_and_no_group_drawn() {
    let mut report = samples::full_report();
    report.groups.clear();
    let grouping = r#"{"given":false,"votes_min":7,"participants":90,
        "structure":{"share":0.031,"shuffled_mean":0.029,"found":false}}"#;
    report.grouping = Some(serde_json::from_str(grouping).unwrap());
    let html = document(&report);
    let groups = section(&html, "groups");
    assert!(
        groups.contains("the votes show no structure") && groups.contains("3.1") && groups.contains("2.9")
    );
    assert!(!html.contains("report-map\"") && !html.contains("id=\"bridging\""));
}

#[test]
fn nothing_in_a_picture_is_no_number() {
    let mut report = samples::full_report();
    for proposal in &mut report.proposals {
        proposal.counts = Counts::default();
    }
    let mut one = samples::full_report();
    one.proposals.truncate(1);
    one.opinion_map.as_mut().unwrap().cells.truncate(1);
    for report in [samples::full_report(), report, one, samples::empty_report()] {
        let html = document(&report);
        assert!(!html.contains("NaN") && !html.contains("inf\"") && !html.contains("=\"-inf"));
    }
}

#[test]
fn proposals_nobody_voted_on_are_counted_not_drawn() {
    let mut report = samples::full_report();
    report.proposals[8].counts = Counts::default();
    let html = document(&report);
    assert!(section(&html, "triangle").contains("1 proposal without a vote is not drawn"));
}

#[test]
fn an_audience_that_is_not_in_the_report_is_not_on_the_page() {
    let mut report = samples::full_report();
    for proposal in &mut report.proposals {
        proposal.by_audience.retain(|id, _| id.as_str() == "agents");
    }
    assert!(!document(&report).contains("id=\"audiences\""), "one audience is compared with nobody");
}

#[test]
fn a_page_of_fifty_thousand_proposals_is_hardly_larger_than_one_of_a_thousand() {
    let of = |count: u32| {
        let mut report = samples::full_report();
        let models = report.proposals.clone();
        report.proposals = (0..count)
            .map(|number| {
                let mut proposal = models[number as usize % models.len()].clone();
                proposal.number = ItemNumber(number);
                proposal.shares = Shares::default();
                let agree = u64::from(number.wrapping_mul(2_654_435_761) >> 20);
                let disagree = u64::from(number.wrapping_mul(40_503) % 4_096);
                proposal.counts = Counts { agree, disagree, neutral: 1_000 };
                proposal
            })
            .collect();
        document(&report).len()
    };
    let (small, large) = (of(1_000), of(50_000));
    assert!(large < small + 150_000, "{small} and {large} bytes");
    assert!(large < 600_000, "{large} bytes");
}

#[test]
fn labels_stand_beside_what_they_would_be_without_suspicious_ballots() {
    let html = document(&samples::full_report());
    let integrity = section(&html, "integrity");
    assert!(
        integrity.contains("1,710 votes are concerned") && integrity.contains("1 label would be another")
    );
    assert!(integrity.contains("<th scope=\"row\">No. 19</th><td>Consensus</td><td>Open</td>"));
    for told in ["March", "18:00", "34 people gave all but exactly", "On another site"] {
        assert!(integrity.contains(told), "{told}");
    }
    let mut clean = samples::full_report();
    clean.integrity = Some(Integrity::default());
    let html = document(&clean);
    assert!(section(&html, "integrity").contains("Nothing was found"));
}

#[test]
fn what_would_settle_or_undo_a_label_is_said_in_words() {
    let html = document(&samples::full_report());
    let outlook = section(&html, "outlook");
    for told in [
        "2 proposals are still open",
        "With 300 more votes on each, 52% would be settled",
        "100 more votes would settle it, with a probability of 82%",
        "5 ballots or fewer: 2",
        "One vote “Disagree” fewer would undo it",
        "12 more votes “Disagree” would undo it",
    ] {
        assert!(outlook.contains(told), "{told}: {outlook}");
    }
    assert!(section(&html, "undetermined").contains("100 more votes would probably settle it"));
}

#[test]
fn a_long_list_shows_its_head_and_folds_the_rest() {
    let html = document(&samples::full_report());
    let shortlist = section(&html, "shortlist");
    assert!(shortlist.contains("Show the other idea") && shortlist.contains("start=\"6\""));
    let consensus = section(&html, "consensus");
    assert!(consensus.contains("The 3 proposals and their figures"));
}
