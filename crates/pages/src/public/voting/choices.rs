//! The buttons of a ballot.

use gd_domain::Choice;

/// The three choices as a scale, left to right (the arrow keys follow it), each with whether it is the one
/// that stands, if one does.
pub(crate) fn scale(standing: Option<&Choice>) -> [(Choice, Option<bool>); 3] {
    [Choice::Disagree, Choice::Neutral, Choice::Agree]
        .map(|choice| (choice, standing.map(|standing| *standing == choice)))
}
