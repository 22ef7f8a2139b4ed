//! What single pages promise about what they are given.

use gd_domain::{
    Answers, Choice, Language, Opinion, Phase, ProposalNumber, ProposalTextError, Qualification,
};
use gd_pages::{
    Answered, Card, Frame, Here, MyVote, Page, ProposePage, Report, ReportDocument, ResultsPage,
    ResultsState, VotePage, VoteState, VotesPage,
};

use crate::markup::{Tag, tags};
use crate::samples;

const HOSTILE: &str = r#"<script>alert("1")</script>'&"#;

fn frame(path: &str) -> Frame<'_> {
    Frame { language: Language::En, path, origin: None }
}

fn vote_page(here: Here<'_>, place: u8, state: VoteState) -> String {
    let (frame, sequence_length) = (frame("/c/grand-dialogue/vote"), 12);
    VotePage {
        frame,
        here,
        place,
        sequence_length,
        asks_audience: true,
        asks_questions: true,
        notice: None,
        state,
    }
    .to_html()
}

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
    let card = Card { number: ProposalNumber(1), text: text(), theme: Some(text()), key: text() };
    let opinion = Opinion::bare(Choice::Agree);
    let mut report = samples::report();
    report.proposals[0].text = text();
    report.limits.push(text());
    let vote = MyVote { number: ProposalNumber(1), text: text(), opinion, key: Some(text()) };
    let path = HOSTILE;
    let pages = [
        vote_page(here, 1, VoteState::Card(card.clone())),
        vote_page(here, 2, VoteState::Answered(Answered { card, opinion, counts: None })),
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

fn results(here: Here<'_>, report: &Report) -> String {
    let state = ResultsState::Shown { report, as_of: samples::NOW, is_live: false };
    ResultsPage { frame: frame("/"), here, state }.to_html()
}

#[test]
fn pressing_a_nuance_sends_the_set_that_stands_afterwards() {
    let consultation = samples::consultation();
    let here = Here { consultation: &consultation, phase: Phase::Consultation, results_open: false };
    let opinion = Opinion::new(Choice::Agree, [Qualification::Doable].into_iter().collect()).unwrap();
    let html =
        vote_page(here, 4, VoteState::Answered(Answered { card: samples::card(), opinion, counts: None }));
    let sets: Vec<Vec<&str>> = html
        .split(r#"action="/c/grand-dialogue/vote/qualify""#)
        .skip(1)
        .map(|form| {
            let form = &form[..form.find("</form>").unwrap()];
            form.split(r#"name="qualification" value=""#)
                .skip(1)
                .map(|rest| rest.split('"').next().unwrap())
                .collect()
        })
        .collect();
    assert_eq!(sets, [vec!["like_it", "doable"], vec![], vec!["doable", "platitude_agree"]]);
}

#[test]
fn what_was_typed_is_kept_beside_its_error() {
    let consultation = samples::consultation();
    let here = Here { consultation: &consultation, phase: Phase::Consultation, results_open: false };
    let typed = "é".repeat(141);
    let error = Some(ProposalTextError::TooLong { length: 141, length_max: 140 });
    let html = ProposePage { frame: frame("/"), here, typed: &typed, error, similar: Vec::new() }.to_html();
    assert!(html.contains(&format!("\n{typed}</textarea>")));
    let field = tags(&html).into_iter().find(|tag| tag.name == "textarea").unwrap();
    assert_eq!(field.get("aria-invalid"), Some("true"));
    assert!(field.get("aria-describedby").unwrap().contains("text-error"));
    assert!(html.contains("shorten it by 1\u{a0}character."));
}

#[test]
fn a_typed_first_line_break_survives_the_browser() {
    let consultation = samples::consultation();
    let here = Here { consultation: &consultation, phase: Phase::Consultation, results_open: false };
    let html = ProposePage { frame: frame("/"), here, typed: "\nIl faut", error: None, similar: Vec::new() }
        .to_html();
    // Browsers drop one line break right after the tag: only a second one is kept.
    assert!(html.contains(">\n\nIl faut</textarea>"));
}

#[test]
fn totals_are_shown_only_when_given() {
    let consultation = samples::consultation();
    let here = Here { consultation: &consultation, phase: Phase::Consultation, results_open: false };
    let opinion = Opinion::bare(Choice::Neutral);
    let html =
        |counts| vote_page(here, 2, VoteState::Answered(Answered { card: samples::card(), opinion, counts }));
    assert!(!html(None).contains("<svg class=\"chart\""));
    assert!(
        html(Some(gd_pages::Counts { agree: 1, disagree: 2, neutral: 3 })).contains("<svg class=\"chart\"")
    );
}

#[test]
fn votes_cannot_be_changed_once_closed_nor_on_unpublished_proposals() {
    let consultation = samples::consultation();
    let vote = |key: Option<&str>| MyVote {
        number: ProposalNumber(3),
        text: "Texte".into(),
        opinion: Opinion::bare(Choice::Agree),
        key: key.map(Into::into),
    };
    let forms = |phase, key| {
        let here = Here { consultation: &consultation, phase, results_open: false };
        let page = VotesPage {
            frame: frame("/"),
            here,
            votes: vec![vote(key)],
            answers: Answers::default(),
            total: 1,
            proposals: Vec::new(),
            later: None,
            earlier: None,
        };
        let html = page.to_html();
        let has = |action: &str| html.contains(&format!(r#"action="/c/grand-dialogue/{action}""#));
        (has("votes"), has("votes/retract"))
    };
    assert_eq!(forms(Phase::Consultation, Some("k")), (true, true));
    assert_eq!(forms(Phase::Consultation, None), (false, true));
    assert_eq!(forms(Phase::Workshops, Some("k")), (false, false));
}

#[test]
fn the_audience_is_asked_between_cards_and_after_the_last() {
    let consultation = samples::consultation();
    let here = Here { consultation: &consultation, phase: Phase::Consultation, results_open: false };
    let asks = |state| vote_page(here, 1, state).contains(r#"name="audience""#);
    for state in [VoteState::Audience, VoteState::SequenceDone, VoteState::NothingLeft] {
        assert!(asks(state));
    }
    let card = vote_page(here, 1, VoteState::Card(samples::card()));
    let (seen, kept_for_the_script) = card.split_once("<template").unwrap();
    assert!(!seen.contains(r#"name="audience""#) && kept_for_the_script.contains(r#"name="audience""#));
}

#[test]
fn the_report_document_stands_alone() {
    let html =
        ReportDocument::new(Language::Fr, "Question", &samples::report(), Some(samples::NOW)).to_html();
    let outside = |tag: &Tag| ["link", "script", "img", "form"].contains(&tag.name.as_str());
    assert!(!tags(&html).iter().any(outside));
    assert!(!html.contains("/static/") && html.contains("<style>"));
}

#[test]
fn results_name_the_audiences_apart_and_the_claims_expected_wrong() {
    let consultation = samples::consultation();
    let here = Here { consultation: &consultation, phase: Phase::Consultation, results_open: true };
    let html = results(here, &samples::report());
    assert!(html.contains("Rather opposed: Directrice ou directeur."));
    assert!(html.contains("Not shared by: Agent de la caisse."));
    assert!(html.contains("at most 1 of these labels to be wrong"));
    assert!(html.contains(r#"<th scope="row">Agent de la caisse</th>"#));
}

#[test]
fn zones_are_told_by_their_own_borders_and_claim_nothing() {
    let consultation = samples::consultation();
    let here = Here { consultation: &consultation, phase: Phase::Consultation, results_open: true };
    let mut report = samples::report();
    for proposal in &mut report.proposals {
        proposal.zone = Some(gd_pages::Label::Consensus);
    }
    report.proposals[8].counts = gd_pages::Counts::default();
    let html = results(here, &report);
    assert!(html.contains("About six in ten or more agree") && !html.contains("expects at most"));
    let open = &html[html.find(r#"<h2 id="undetermined""#).unwrap()..];
    assert!(open.contains("Il faut un médiateur indépendant"));
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
fn a_card_to_vote_on_looks_as_agreed() {
    let consultation = samples::consultation();
    let here = Here { consultation: &consultation, phase: Phase::Consultation, results_open: false };
    let html = vote_page(here, 3, VoteState::Card(samples::card()));
    let card = &html[html.find("<article").unwrap()..html.find("</article>").unwrap()];
    insta::assert_snapshot!(card);
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
