//! What every adapter of a port must keep. Each suite takes an adapter over an empty installation.

mod counters;
mod records;

pub use counters::counters_keep_their_contract;
pub use records::records_keep_their_contract;
