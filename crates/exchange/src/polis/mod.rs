//! The files of a Polis export: `comments.csv`, `votes.csv`, `participants-votes.csv`, `summary.csv`.
//!
//! A comment is a proposal, a pass is a neutral ballot, the moderation −1 is a refusal; 0 (not
//! moderated) and 1 (accepted) were both shown to voters there, so both are published.

mod comments;
mod folder;
mod participants_votes;
mod summary;
mod votes;
mod write;

pub(crate) use comments::{Detail, read_comments};
pub(crate) use folder::latest;
pub(crate) use participants_votes::{is_vote_column, read_participants_votes};
pub(crate) use votes::read_votes;

pub use folder::{PolisFolder, read_polis_folder, read_polis_folder_with};
pub use write::{PolisWriter, write_polis};

use gd_domain::Choice;

const COMMENTS: &str = "comments.csv";
const VOTES: &str = "votes.csv";
const PARTICIPANTS_VOTES: &str = "participants-votes.csv";
const SUMMARY: &str = "summary.csv";

/// Values of a vote column, in the words of an error.
const VOTE_EXPECTED: &str = "1 (agree), -1 (disagree) or 0 (pass)";

fn choice_of(vote: &str) -> Option<Choice> {
    match vote {
        "1" => Some(Choice::Agree),
        "-1" => Some(Choice::Disagree),
        "0" => Some(Choice::Neutral),
        _ => None,
    }
}

const fn vote_of(choice: Choice) -> &'static str {
    match choice {
        Choice::Agree => "1",
        Choice::Disagree => "-1",
        Choice::Neutral => "0",
    }
}
