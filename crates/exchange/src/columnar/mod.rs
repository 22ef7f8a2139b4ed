//! Our open data in Parquet: `ballots.parquet`, `proposals.parquet`, `exposures.parquet` and `answers.parquet`, with
//! the columns of the CSV files of the same names.
//!
//! An empty field of the CSV file is null here; instants are timestamps in milliseconds. Readers also take files of
//! other tools: any encoding, integers of 32 or 64 bits, timestamps to the micro- or nanosecond.

mod ballots;
mod batches;
mod beside;
mod dictionary;
mod new_file;
mod parquet_files;
mod proposals;
mod row_groups;
mod source;

use std::fs::File;
use std::io::Read;
use std::path::Path;

pub(crate) use ballots::read_ballots;
pub(crate) use beside::{read_answers_beside, read_exposures_beside};
pub(crate) use proposals::read_proposals;

pub use parquet_files::{ParquetWriter, write_parquet};

const BALLOTS: &str = "ballots.parquet";
const BALLOTS_SCHEMA: &str = "message ballots {
    REQUIRED INT64 participant;
    REQUIRED INT32 proposal (INTEGER(32,false));
    REQUIRED BYTE_ARRAY choice (STRING);
    OPTIONAL BYTE_ARRAY qualifications (STRING);
    OPTIONAL BYTE_ARRAY audience (STRING);
    REQUIRED BYTE_ARRAY channel (STRING);
    REQUIRED INT64 cast_at (TIMESTAMP(MILLIS,true));
}";
const PROPOSALS: &str = "proposals.parquet";
const PROPOSALS_SCHEMA: &str = "message proposals {
    REQUIRED INT32 number (INTEGER(32,false));
    REQUIRED BYTE_ARRAY text (STRING);
    REQUIRED BYTE_ARRAY status (STRING);
    OPTIONAL BYTE_ARRAY theme (STRING);
    OPTIONAL BYTE_ARRAY idea (STRING);
}";
const EXPOSURES: &str = "exposures.parquet";
const EXPOSURES_SCHEMA: &str = "message exposures {
    REQUIRED INT32 number (INTEGER(32,false));
    REQUIRED INT64 shown;
}";
const ANSWERS: &str = "answers.parquet";
const ANSWERS_SCHEMA: &str = "message answers {
    REQUIRED INT64 participant;
    REQUIRED BYTE_ARRAY question (STRING);
    REQUIRED BYTE_ARRAY answer (STRING);
}";

/// Whether a file begins as Parquet files do.
pub(crate) fn is_parquet(path: &Path) -> bool {
    let mut start = [0; 4];
    File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == *b"PAR1"
}
