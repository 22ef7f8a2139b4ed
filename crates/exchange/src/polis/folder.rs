//! A whole Polis folder, as an import needs it.

use std::path::{Path, PathBuf};

use gd_domain::{BallotEvent, PROPOSAL_LENGTH_DEFAULT, Proposal, Timestamp, user_perceived_length};

use crate::known_proposals::KnownProposals;
use crate::polis::summary::{Summary, read_summary};
use crate::progress::Progress;
use crate::table::Table;
use crate::{FileError, TEXT_LENGTH_MAX};

use super::{COMMENTS, Detail, PARTICIPANTS_VOTES, SUMMARY, VOTES};

/// A consultation held with Polis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolisFolder {
    /// The question, from `summary.csv`.
    pub topic: Option<String>,
    /// The introduction, from `summary.csv`; may hold several lines.
    pub description: Option<String>,
    /// The comments, in the order of their numbers.
    pub proposals: Vec<Proposal>,
    /// Every vote cast, in time order.
    pub events: Vec<BallotEvent>,
    /// The length a consultation must allow to hold the texts, in user-perceived characters; never under 140.
    pub text_length_max: u16,
}

/// Reads a folder with `comments.csv`, `votes.csv` or else `participants-votes.csv`, and maybe `summary.csv`.
///
/// Events come in the order of their timestamps; of two equal ones the later row comes later. Without
/// `votes.csv` the votes of `participants-votes.csv` stand, in the order of that file, and as it does
/// not say when they were cast, all bear the time of the latest comment: the same at every reading,
/// and not before any proposal.
///
/// # Errors
/// The first [`FileError`] found; nothing is returned of a folder with a fault.
pub fn read_polis_folder(dir: &Path) -> Result<PolisFolder, FileError> {
    read_polis_folder_with(dir, &mut |_| {})
}

/// [`read_polis_folder`], telling now and then how many rows are done, and all of them at the end.
///
/// # Errors
/// As [`read_polis_folder`].
pub fn read_polis_folder_with(dir: &Path, report: &mut dyn FnMut(u64)) -> Result<PolisFolder, FileError> {
    let files = Files::of(dir)?;
    let mut progress = Progress::new(report);
    let summary = files.summary.as_deref().map_or_else(|| Ok(Summary::default()), read_summary)?;
    let proposals = super::read_comments(Table::open(&files.comments)?, Detail::Full, &mut progress)?;
    let known = KnownProposals::of(&proposals, &files.comments);
    let events = match &files.votes {
        VoteFile::EveryVote(path) => super::read_votes(Table::open(path)?, Some(&known), &mut progress)?,
        VoteFile::Standing(path) => {
            let cast_at = latest(&proposals);
            super::read_participants_votes(Table::open(path)?, cast_at, Some(&known), &mut progress)?
        }
    };
    progress.finish();
    Ok(PolisFolder {
        topic: summary.topic,
        description: summary.description,
        text_length_max: text_length_max(&proposals),
        proposals,
        events,
    })
}

/// The time of the latest comment.
pub(crate) fn latest(proposals: &[Proposal]) -> Timestamp {
    proposals.iter().map(|proposal| proposal.submitted_at).max().unwrap_or_default()
}

fn text_length_max(proposals: &[Proposal]) -> u16 {
    let longest = proposals.iter().map(|proposal| user_perceived_length(proposal.text.as_str())).max();
    let longest = longest.map_or(0, |length| u16::try_from(length).unwrap_or(TEXT_LENGTH_MAX));
    longest.max(PROPOSAL_LENGTH_DEFAULT)
}

struct Files {
    comments: PathBuf,
    votes: VoteFile,
    summary: Option<PathBuf>,
}

enum VoteFile {
    EveryVote(PathBuf),
    Standing(PathBuf),
}

impl Files {
    fn of(dir: &Path) -> Result<Self, FileError> {
        if !dir.exists() {
            return Err(FileError::whole(dir, "there is no such folder; check the name"));
        }
        if !dir.is_dir() {
            return Err(FileError::whole(
                dir,
                "this is not a folder; give the folder that holds comments.csv",
            ));
        }
        let file = |name| Some(dir.join(name)).filter(|path| path.exists());
        let comments = file(COMMENTS).ok_or_else(|| {
            FileError::whole(dir, "the folder holds no comments.csv; give the folder of a Polis export")
        })?;
        let every_vote = file(VOTES).map(VoteFile::EveryVote);
        let votes = every_vote.or_else(|| file(PARTICIPANTS_VOTES).map(VoteFile::Standing)).ok_or_else(|| {
            FileError::whole(
                dir,
                "the folder holds neither votes.csv nor participants-votes.csv; add one of them from the same export",
            )
        })?;
        Ok(Self { comments, votes, summary: file(SUMMARY) })
    }
}
