//! Acts of a participant, shared by the API and the pages: each takes from the budgets, does the deed by the engine
//! and leaves the response to its caller.

pub(crate) mod answer_questions;
pub(crate) mod cast_ballots;
pub(crate) mod declare_audience;
pub(crate) mod retract_ballot;
pub(crate) mod submit_proposal;
