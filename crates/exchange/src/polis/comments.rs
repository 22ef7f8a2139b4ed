//! `comments.csv`: the proposals.

use std::collections::{BTreeMap, HashMap};

use gd_domain::{
    Choice, ItemNumber, ModerationStatus, ParticipantId, Proposal, ProposalText, RefusalReason, Timestamp,
};

use crate::export_folder::NewFile;
use crate::progress::Progress;
use crate::row::Row;
use crate::table::{Column, Table};
use crate::{FileError, instant};

/// Agree, disagree, neutral of each proposal voted on.
pub(super) type Tallies = BTreeMap<ItemNumber, [u64; 3]>;

const REFUSAL: &str = "Refused by the moderators of the original consultation.";

/// The fields of a comment that the caller needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// All fields, to show the comments.
    Full,
    /// The number and the moderation; text, author and time where the file has them.
    Moderation,
}

/// Reads the proposals, in the order of their numbers.
///
/// A comment may be repeated by an identical line; two different ones of one number are an error.
pub(crate) fn read_comments(
    mut table: Table,
    detail: Detail,
    progress: &mut Progress<'_>,
) -> Result<Vec<Proposal>, FileError> {
    let columns = Columns::of(&table, detail)?;
    table.closed_columns(&["moderated"]);
    let mut proposals = BTreeMap::<ItemNumber, (Proposal, u64)>::new();
    while let Some(row) = table.next_row()? {
        progress.row();
        let proposal = columns.read(row)?;
        let line = row.line();
        let (first, first_line) =
            proposals.entry(proposal.number).or_insert_with(|| (proposal.clone(), line));
        if *first != proposal {
            return Err(row.error(format!(
                "comment {} was already in line {first_line}, with another content; keep the right one",
                proposal.number
            )));
        }
    }
    Ok(proposals.into_values().map(|(proposal, _)| proposal).collect())
}

struct Columns {
    number: Column,
    moderated: Column,
    timestamp: Option<Column>,
    author: Option<Column>,
    text: Option<Column>,
}

impl Columns {
    fn of(table: &Table, detail: Detail) -> Result<Self, FileError> {
        let detail = |name| match detail {
            Detail::Full => table.column(name).map(Some),
            Detail::Moderation => table.optional_column(name),
        };
        Ok(Self {
            number: table.column("comment-id")?,
            moderated: table.column("moderated")?,
            timestamp: detail("timestamp")?,
            author: detail("author-id")?,
            text: detail("comment-body")?,
        })
    }

    fn read(&self, row: Row<'_>) -> Result<Proposal, FileError> {
        let status = self.status(row)?;
        let refused = status == ModerationStatus::Refused;
        let text = match self.text {
            Some(column) => row.proposal_text(column)?,
            None => ProposalText::from_record(String::new()),
        };
        Ok(Proposal {
            number: row.proposal_number(self.number)?,
            text,
            author: self.author(row)?,
            submitted_at: self
                .timestamp
                .map_or(Ok(Timestamp::default()), |column| row.milliseconds(column))?,
            status,
            refusal_reason: if refused { RefusalReason::parse(REFUSAL) } else { None },
            theme: None,
            idea: None,
        })
    }

    fn status(&self, row: Row<'_>) -> Result<ModerationStatus, FileError> {
        match row.text(self.moderated) {
            "-1" => Ok(ModerationStatus::Refused),
            "0" | "1" => Ok(ModerationStatus::Published),
            _ => Err(row.unexpected(self.moderated, "-1 (refused), 0 (not moderated) or 1 (accepted)")),
        }
    }

    fn author(&self, row: Row<'_>) -> Result<Option<ParticipantId>, FileError> {
        match self.author {
            Some(column) if !row.text(column).is_empty() => row.participant(column).map(Some),
            _ => Ok(None),
        }
    }
}

const HEADER: [&str; 8] =
    ["timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body"];

/// Writes the comments with the tallies of the standing ballots; gives the number of authors.
///
/// Authors are numbered from `first_author` on: above every voter, so that no text leads to one.
pub(super) fn write_comments(
    file: &mut NewFile,
    proposals: &[&Proposal],
    tallies: &Tallies,
    first_author: u64,
) -> Result<u64, FileError> {
    file.line(HEADER)?;
    let mut authors = HashMap::<ParticipantId, u64>::new();
    for proposal in proposals {
        let next = first_author + authors.len() as u64;
        let author = proposal.author.map(|author| *authors.entry(author).or_insert(next));
        let tally = tallies.get(&proposal.number).copied().unwrap_or_default();
        file.line([
            proposal.submitted_at.as_millis().to_string().as_str(),
            &instant::to_readable(proposal.submitted_at),
            &proposal.number.to_string(),
            &author.map_or_else(String::new, |author| author.to_string()),
            &tally[Choice::Agree.index()].to_string(),
            &tally[Choice::Disagree.index()].to_string(),
            if proposal.is_published() { "1" } else { "-1" },
            proposal.text.as_str(),
        ])?;
    }
    Ok(authors.len() as u64)
}
