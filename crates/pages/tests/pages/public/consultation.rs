//! Promises about texts of the consultation and its people, on whatever page they stand.

use gd_domain::{Answers, Choice, ItemNumber, Language, Opinion, Phase};
use gd_pages::{AnsweredCard, Card, Here, MyVote, Page, ProposePage, ReportDocument, VoteState, VotesPage};

use super::{frame, results, vote_page};
use crate::markup::tags;
use crate::samples;

const HOSTILE: &str = r#"<script>alert("1")</script>'&"#;

#[test]
fn what_people_write_is_never_markup() {
    let mut consultation = samples::consultation();
    let description = &mut consultation.description;
    description.question = HOSTILE.into();
    description.organisation = HOSTILE.into();
    description.introduction = HOSTILE.into();
    description.audiences[0].title = HOSTILE.into();
    let here = Here { consultation: &consultation, phase: Phase::Consultation, results_open: true };
    let text = || HOSTILE.to_owned();
    let card = Card { number: ItemNumber(1), text: text(), theme: Some(text()), key: text() };
    let opinion = Opinion::bare(Choice::Agree);
    let mut report = samples::report();
    report.proposals[0].text = text();
    report.limits.push(text());
    let vote = MyVote { number: ItemNumber(1), text: text(), opinion, key: Some(text()) };
    let path = HOSTILE;
    let pages = [
        vote_page(here, 1, VoteState::Card(card.clone())),
        vote_page(here, 2, VoteState::Answered(AnsweredCard { card, opinion, counts: None })),
        ProposePage { frame: frame(path), here, typed: HOSTILE, error: None, similar: Vec::new() }.to_html(),
        VotesPage {
            frame: frame(path),
            here,
            votes: vec![vote],
            answers: Answers::default(),
            total: 1,
            proposals: vec![],
            later: None,
            earlier: None,
        }
        .to_html(),
        ReportDocument::new(Language::Fr, HOSTILE, &report, None).to_html(),
        results(here, &report),
    ];
    for page in pages {
        assert!(!page.contains("<script>") && !page.contains(r#"alert("1")"#), "{page}");
        tags(&page);
    }
}

#[test]
fn texts_in_the_consultations_language_say_so() {
    let consultation = samples::consultation();
    let here = Here { consultation: &consultation, phase: Phase::Consultation, results_open: false };
    let html = vote_page(here, 1, VoteState::Card(samples::card()));
    assert!(html.contains(r#"<p class="voice" id="text" lang="fr">"#));
    assert!(html.starts_with("<!doctype html>\n<html lang=\"en\">"));
}

#[test]
fn shared_links_show_a_picture_where_the_sites_address_is_known() {
    let pages = samples::pages(Language::Fr);
    for name in ["landing", "proposal"] {
        let (_, html) = pages.iter().find(|(known, _)| known == name).unwrap();
        assert!(
            html.contains(r#"property="og:image" content="https://dialogue.example/static/share."#),
            "{name}"
        );
        assert!(html.contains("summary_large_image"), "{name}");
    }
    let consultation = samples::consultation();
    let here = Here { consultation: &consultation, phase: Phase::Consultation, results_open: false };
    assert!(
        !vote_page(here, 1, VoteState::Card(samples::card())).contains("og:image"),
        "half an address is none"
    );
}
