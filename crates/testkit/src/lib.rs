//! For tests only: builders, a clock that stands still, fakes of the engine's ports, and the contract
//! suites that every adapter runs.
#![expect(
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "test code panics where a promise is broken"
)]

mod builders;
mod clock;
pub mod contracts;
mod memory_store;
pub mod services;
mod test_engine;

pub use builders::{
    answers, ballot_event, changed, consultation_draft, days_later, participant, question, retraction, theme,
};
pub use clock::{FixedClock, SeededEntropy};
pub use memory_store::MemoryStore;
pub use test_engine::{NEVER_LATE, TEST_NOW, TestPorts, open_engine, test_secret};
