//! Participants: their numbers, their answers about themselves, and links that work once.

pub(crate) mod answers;
pub(crate) mod links;
pub(crate) mod numbers;
pub mod ports;
pub(crate) mod state;

pub use answers::AnswersError;
pub use state::Participants;
