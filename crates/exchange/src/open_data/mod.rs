//! Our own open data: `ballots.csv` and `proposals.csv`.
//!
//! `ballots.csv` holds one standing ballot a line, `participant,proposal,choice,qualifications,audience,channel,cast_at`;
//! `proposals.csv` one proposal a line, `number,text,status,theme,idea`; `exposures.csv`
//! how often each proposal was shown, `number,shown`, those never shown left out; `answers.csv` one answer of a participant
//! about themselves a line, `participant,question,answer`. Everything that has a short name goes by it.

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
