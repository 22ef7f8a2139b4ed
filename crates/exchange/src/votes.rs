//! Votes and comments from files of any kind we know, recognised by their header.

use std::collections::BTreeMap;
use std::path::Path;

use gd_domain::{
    Answers, BallotColumns, BallotEvent, ItemNumber, ModerationStatus, ParticipantId, Proposal, ProposalText,
    Slug, StandingBallot, Timestamp,
};

use crate::known_proposals::KnownProposals;
use crate::open_data::{self, BallotsFile};
use crate::polis::{self, Detail};
use crate::progress::Progress;
use crate::table::Table;
use crate::{FileError, columnar};

/// Votes whose proposals are gathered in one step.
const NUMBERS_AT_ONCE: usize = 1 << 20;

/// Proposals and ballots for an analysis, with the data of the files next to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Votes {
    /// In the order of their numbers.
    pub proposals: Vec<Proposal>,
    /// By name; the one in place `i` has the audience code `i + 1`.
    pub audiences: Vec<Slug>,
    /// Every vote of the file: of two by one participant on one proposal the later stands.
    pub ballots: BallotColumns,
    /// The number of times each proposal was shown, from our `exposures.csv` or `exposures.parquet` in the folder
    /// of the ballots.
    pub exposures: BTreeMap<ItemNumber, u64>,
    /// Participants' answers about themselves, from our `answers.csv` or `answers.parquet` in the folder of the
    /// ballots.
    pub answers: BTreeMap<ParticipantId, Answers>,
}

/// Data from the same export in the folder of a file of ballots.
#[derive(Default)]
struct ExposuresAndAnswers {
    exposures: BTreeMap<ItemNumber, u64>,
    answers: BTreeMap<ParticipantId, Answers>,
}

/// Reads a file of votes, and of comments if there is one.
///
/// Votes are a Polis `votes.csv` or `participants-votes.csv` or our `ballots.csv` or `ballots.parquet`. Comments are
/// a Polis `comments.csv` (with the column `comment-body` or without) or our `proposals.csv` or `proposals.parquet`.
/// Votes of `participants-votes.csv` have the time of the latest comment, as in [`crate::read_polis_folder`].
/// Without comments, every number voted on is a published proposal without text.
///
/// # Errors
/// The first [`FileError`] found; nothing is returned of files with a fault.
pub fn read_votes(votes: &Path, comments: Option<&Path>) -> Result<Votes, FileError> {
    read_votes_with(votes, comments, &mut |_| {})
}

/// [`read_votes`], telling now and then how many rows are done, and all of them at the end.
///
/// # Errors
/// As [`read_votes`].
pub fn read_votes_with(
    votes: &Path,
    comments: Option<&Path>,
    report: &mut dyn FnMut(u64),
) -> Result<Votes, FileError> {
    let mut progress = Progress::new(report);
    let commented = match comments {
        Some(path) => Some((read_comments(path, &mut progress)?, path)),
        None => None,
    };
    let known = commented.as_ref().map(|(proposals, path)| KnownProposals::of(proposals, path));
    let latest = commented.as_ref().map_or(Timestamp::default(), |(proposals, _)| polis::latest(proposals));
    let (BallotsFile { audiences, ballots }, ExposuresAndAnswers { exposures, answers }) =
        read_ballots(votes, latest, known.as_ref(), &mut progress)?;
    let proposals = commented.map_or_else(|| proposals_voted_on(&ballots), |(proposals, _)| proposals);
    progress.finish();
    Ok(Votes { proposals, audiences, ballots, exposures, answers })
}

fn read_ballots(
    path: &Path,
    latest_comment: Timestamp,
    known: Option<&KnownProposals<'_>>,
    progress: &mut Progress<'_>,
) -> Result<(BallotsFile, ExposuresAndAnswers), FileError> {
    if columnar::is_parquet(path) {
        let ballots = columnar::read_ballots(path, known, progress)?;
        let exposures = columnar::read_exposures_beside(path, progress)?;
        return Ok((
            ballots,
            ExposuresAndAnswers { exposures, answers: columnar::read_answers_beside(path, progress)? },
        ));
    }
    let table = Table::open(path)?;
    let without_audience = |events: Vec<BallotEvent>| {
        let ballots = events.iter().filter_map(StandingBallot::after).collect();
        (BallotsFile { audiences: Vec::new(), ballots }, ExposuresAndAnswers::default())
    };
    match recognise_votes(&table)? {
        VoteFormat::OpenData => {
            let ballots = open_data::read_ballots(table, known, progress)?;
            let exposures = open_data::read_exposures_beside(path, progress)?;
            Ok((
                ballots,
                ExposuresAndAnswers { exposures, answers: open_data::read_answers_beside(path, progress)? },
            ))
        }
        VoteFormat::PolisVotes => polis::read_votes(table, known, progress).map(without_audience),
        VoteFormat::PolisParticipants => {
            polis::read_participants_votes(table, latest_comment, known, progress).map(without_audience)
        }
    }
}

fn read_comments(path: &Path, progress: &mut Progress<'_>) -> Result<Vec<Proposal>, FileError> {
    if columnar::is_parquet(path) {
        return columnar::read_proposals(path, progress);
    }
    let table = Table::open(path)?;
    let count = |names: &[&str]| columns_among(&table, names);
    let polis = count(&["comment-id", "moderated", "comment-body", "author-id"]);
    let ours = count(&["number", "text", "status", "theme", "idea"]);
    match (polis, ours) {
        (0, 0) => Err(unrecognised(
            &table,
            "comments",
            "comment-id,moderated,comment-body (Polis) or number,text,status,theme,idea (ours)",
        )),
        _ if ours > polis => open_data::read_proposals(table, progress),
        _ => polis::read_comments(table, Detail::Moderation, progress),
    }
}

enum VoteFormat {
    PolisVotes,
    PolisParticipants,
    OpenData,
}

/// The format that shares most columns with the file. A file that lacks one column then gets an error that names
/// it.
fn recognise_votes(table: &Table) -> Result<VoteFormat, FileError> {
    let votes = columns_among(table, &["comment-id", "voter-id", "vote"]);
    let ours = columns_among(table, &["proposal", "choice", "qualifications", "cast_at"]);
    let participants = columns_among(table, &["group-id", "n-votes", "n-agree", "n-disagree"])
        + usize::from(table.header().iter().any(polis::is_vote_column));
    match votes.max(ours).max(participants) {
        0 => Err(unrecognised(
            table,
            "votes",
            "timestamp,datetime,comment-id,voter-id,vote (Polis), participant,group-id,… (Polis) or participant,proposal,choice,qualifications,audience,channel,cast_at (ours)",
        )),
        most if most == votes => Ok(VoteFormat::PolisVotes),
        most if most == ours => Ok(VoteFormat::OpenData),
        _ => Ok(VoteFormat::PolisParticipants),
    }
}

fn columns_among(table: &Table, names: &[&str]) -> usize {
    table.header().iter().filter(|found| names.contains(found)).count()
}

fn unrecognised(table: &Table, what: &str, expected: &str) -> FileError {
    let found = table.columns_found();
    table.header_error(format!(
        "this is no file of {what} (columns found: {found}); use one with the columns {expected}"
    ))
}

fn proposals_voted_on(ballots: &BallotColumns) -> Vec<Proposal> {
    let mut numbers: Vec<ItemNumber> = Vec::new();
    // One part at a time, so that memory does not hold a nation's votes twice.
    for part in ballots.proposal.chunks(NUMBERS_AT_ONCE) {
        numbers.extend_from_slice(part);
        numbers.sort_unstable();
        numbers.dedup();
    }
    let proposal = |number| Proposal {
        number,
        text: ProposalText::from_record(String::new()),
        author: None,
        submitted_at: Timestamp::default(),
        status: ModerationStatus::Published,
        refusal_reason: None,
        theme: None,
        idea: None,
    };
    numbers.into_iter().map(proposal).collect()
}
