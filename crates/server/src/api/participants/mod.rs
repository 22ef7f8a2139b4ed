//! Participants: the organizers' questions about themselves.

pub(crate) mod answers;
