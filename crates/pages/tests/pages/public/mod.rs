//! The pages of the public, by area.

mod consultation;
mod proposals;
mod results;
mod voting;

use gd_domain::Language;
use gd_pages::{Frame, Here, Page, ResultsPage, ResultsState, VotePage, VoteState};
use gd_report::Report;

use crate::samples;

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

fn results(here: Here<'_>, report: &Report) -> String {
    let state =
        ResultsState::Shown { report, as_of: samples::NOW, position: samples::POSITION, is_live: false };
    ResultsPage { frame: frame("/"), here, state }.to_html()
}
