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
    advance, answers, audit_draft, ballot_event, consultation_draft, create, days_later, item, new_item,
    new_poll, participant, question, retraction, theme,
};
pub use clock::{FixedClock, SeededEntropy};
pub use memory_store::MemoryStore;
pub use test_engine::{NEVER_LATE, TEST_NOW, TestPorts, open_engine, permit, test_secret};
