//! The make-believe public of the `demo` command: a consultation, what people propose in it, and the
//! people who vote. Everything here is invented, pure and seeded: no engine, no I/O, no clock.
//!
//! The parts, in order:
//!
//! 1. [`consultation::consultation_draft`] describes the consultation as of an instant: it opened 40
//!    days earlier and takes votes for 15 more days. Its themes are those of the proposals, its audience
//!    codes those of the participants.
//! 2. [`proposals::proposals`] lists what is submitted, in order. [`proposals::Fate`] says what the
//!    moderators then do: publish under a theme, refuse with a reason, or leave pending. A published
//!    proposal carries the [`leaning::Leaning`] the public answers it with.
//! 3. [`population::population`] makes the participants one by one. Each has a declared audience, a
//!    patience (how many cards they answer) and an arrival (how long ago they came).
//!    [`population::Participant::opinion`] answers a leaning; [`population::Participant::second_thought`],
//!    asked once after each ballot, says whether they come back on it.
//!
//! Each participant draws from a stream of their own, so the same seed gives the same people whatever
//! order they are made to vote in; only the cards they are served can change what they say.

pub mod consultation;
pub mod leaning;
pub mod population;
pub mod proposals;
pub mod public;
pub mod stance;

#[cfg(test)]
mod tests;
