//! Our own open data as CSV. Short names stand for everything that has one.
//!
//! - `ballots.csv`: one row a standing ballot,
//!   `participant,proposal,choice,qualifications,audience,channel,cast_at`.
//! - `proposals.csv`: one row a proposal, `number,text,status,theme,idea`.
//! - `exposures.csv`: the number of times each proposal was shown, `number,shown`, without those never shown.
//! - `answers.csv`: one row an answer of a participant about themselves, `participant,question,answer`.

mod answers;
mod ballots;
mod csv_files;
mod export;
mod exposures;
mod proposals;
mod publication;

pub(crate) use answers::read_answers_beside;
pub(crate) use ballots::{BallotsFile, read_ballots};
pub(crate) use export::{Export, ExportFiles, write};
pub(crate) use exposures::read_exposures_beside;
pub(crate) use proposals::read_proposals;

pub use csv_files::{OpenDataWriter, write_open_data};
pub use export::OpenDataSink;

const BALLOTS: &str = "ballots.csv";
const BALLOTS_HEADER: [&str; 7] =
    ["participant", "proposal", "choice", "qualifications", "audience", "channel", "cast_at"];
const PROPOSALS: &str = "proposals.csv";
const PROPOSALS_HEADER: [&str; 5] = ["number", "text", "status", "theme", "idea"];
const EXPOSURES: &str = "exposures.csv";
const EXPOSURES_HEADER: [&str; 2] = ["number", "shown"];
const ANSWERS: &str = "answers.csv";
const ANSWERS_HEADER: [&str; 3] = ["participant", "question", "answer"];
