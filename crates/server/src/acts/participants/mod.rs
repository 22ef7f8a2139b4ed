//! Participants: answering the organizers' questions.

pub(crate) mod answer_questions;
