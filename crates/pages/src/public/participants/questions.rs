//! The card of the organizers' questions: its fields, and which answer stands.

use gd_domain::{Answers, Question};

/// The prefix of the form's field names. The question's short name follows it.
pub const ANSWER_FIELD: &str = "answer-";

/// More answers than this stand in a list that opens, fewer beside each other.
const BESIDE_MAX: usize = 6;

/// The name of a question's field.
pub(crate) fn field(question: &Question) -> String {
    format!("{ANSWER_FIELD}{}", question.id)
}

/// Whether its answers stand in a list that opens.
pub(crate) fn is_long(question: &Question) -> bool {
    question.choices.len() > BESIDE_MAX
}

/// Each answer's short name and title, with whether it stands.
pub(crate) fn choices<'a>(question: &'a Question, answers: &Answers) -> Vec<(&'a str, &'a str, bool)> {
    let standing = answers.to(&question.id);
    let choice =
        |one: &'a gd_domain::Answer| (one.id.as_str(), one.title.as_str(), standing == Some(&one.id));
    question.choices.iter().map(choice).collect()
}

/// Whether none stands.
pub(crate) fn is_silent(question: &Question, answers: &Answers) -> bool {
    answers.to(&question.id).is_none()
}
