//! What is written is read back, whatever the texts; and a failed export leaves nothing.

mod consultations;
mod open_data;
mod other_writers;
mod parquet;
mod polis;
mod target_folder;
