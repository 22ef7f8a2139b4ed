//! What is written is read back, whatever the texts; and a failed export leaves nothing.
#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

mod consultations;
mod open_data;
mod other_writers;
mod parquet;
mod polis;
mod target_folder;
