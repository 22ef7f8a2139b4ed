//! An export reads back as it was written, whatever its texts, and a failed export leaves nothing.

mod consultations;
mod open_data;
mod other_writers;
mod parquet;
mod polis;
mod target_folder;
