//! Promises of the pages that votes are cast and changed on.

use gd_domain::{Answers, Choice, ItemNumber, Opinion, Phase, Qualification};
use gd_pages::{AnsweredCard, Here, MyVote, Page, VoteState, VotesPage};
use gd_report::Counts;

use super::{frame, vote_page};
use crate::samples;

#[test]
fn pressing_a_nuance_sends_the_set_that_stands_afterwards() {
    let consultation = samples::consultation();
    let here = Here { consultation: &consultation, phase: Phase::Consultation, results_open: false };
    let opinion = Opinion::new(Choice::Agree, [Qualification::Doable].into_iter().collect()).unwrap();
    let html = vote_page(
        here,
        4,
        VoteState::Answered(AnsweredCard { card: samples::card(), opinion, counts: None }),
    );
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
fn totals_are_shown_only_when_given() {
    let consultation = samples::consultation();
    let here = Here { consultation: &consultation, phase: Phase::Consultation, results_open: false };
    let opinion = Opinion::bare(Choice::Neutral);
    let html = |counts| {
        vote_page(here, 2, VoteState::Answered(AnsweredCard { card: samples::card(), opinion, counts }))
    };
    assert!(!html(None).contains("<svg class=\"chart\""));
    assert!(html(Some(Counts { agree: 1, disagree: 2, neutral: 3 })).contains("<svg class=\"chart\""));
}

#[test]
fn votes_cannot_be_changed_once_closed_nor_on_unpublished_proposals() {
    let consultation = samples::consultation();
    let vote = |key: Option<&str>| MyVote {
        number: ItemNumber(3),
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
fn a_card_to_vote_on_looks_as_agreed() {
    let consultation = samples::consultation();
    let here = Here { consultation: &consultation, phase: Phase::Consultation, results_open: false };
    let html = vote_page(here, 3, VoteState::Card(samples::card()));
    let card = &html[html.find("<article").unwrap()..html.find("</article>").unwrap()];
    insta::assert_snapshot!(card);
}
