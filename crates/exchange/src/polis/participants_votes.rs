//! `participants-votes.csv`: one row a participant, one column a comment, in the cell the standing vote.

use std::collections::BTreeMap;

use gd_domain::{
    AudienceCode, BallotEvent, Channel, Choice, ItemNumber, Opinion, ParticipantId, Proposal, Timestamp,
};

use crate::export_folder::NewFile;
use crate::known_proposals::KnownProposals;
use crate::progress::Progress;
use crate::row::Row;
use crate::table::Table;
use crate::{FileError, WriteError};

use super::{VOTE_EXPECTED, choice_of, vote_of};

/// Reads the standing votes, row by row. The file does not say when they were cast: the caller does.
pub(crate) fn read_participants_votes(
    mut table: Table,
    cast_at: Timestamp,
    known: Option<&KnownProposals<'_>>,
    progress: &mut Progress<'_>,
) -> Result<Vec<BallotEvent>, FileError> {
    let participant = table.column("participant")?;
    let votes = vote_columns(&table, known)?;
    let mut lines = BTreeMap::<ParticipantId, u64>::new();
    let mut events = Vec::new();
    while let Some(row) = table.next_row()? {
        progress.row();
        let participant = row.participant(participant)?;
        if let Some(line) = lines.insert(participant, row.line()) {
            let number = participant.number();
            return Err(
                row.error(format!("participant {number} was already in line {line}; keep the right line"))
            );
        }
        read_row(row, participant, &votes, cast_at, &mut events)?;
    }
    Ok(events)
}

/// Whether a column holds votes: those are named by a comment's number.
pub(crate) fn is_vote_column(name: &str) -> bool {
    let digits = name.strip_prefix('-').unwrap_or(name);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn vote_columns(
    table: &Table,
    known: Option<&KnownProposals<'_>>,
) -> Result<Vec<(usize, ItemNumber)>, FileError> {
    let mut places = BTreeMap::new();
    for (place, name) in table.header().iter().enumerate().filter(|(_, name)| is_vote_column(name)) {
        let number = name.parse().map(ItemNumber).map_err(|_| {
            table.header_error(format!(
                "`{name}` names no comment; a column of votes is named by a whole number from 0 to {}",
                u32::MAX
            ))
        })?;
        if let Some(known) = known {
            known.refuse(number).map_err(|message| table.header_error(message))?;
        }
        if places.insert(number, place).is_some() {
            return Err(
                table.header_error(format!("there are two columns `{number}`; keep the one that counts"))
            );
        }
    }
    Ok(places.into_iter().map(|(number, place)| (place, number)).collect())
}

fn read_row(
    row: Row<'_>,
    participant: ParticipantId,
    votes: &[(usize, ItemNumber)],
    cast_at: Timestamp,
    events: &mut Vec<BallotEvent>,
) -> Result<(), FileError> {
    for &(place, proposal) in votes {
        let vote = row.field(place);
        if vote.is_empty() {
            continue;
        }
        let choice = choice_of(vote).ok_or_else(|| row.unexpected_at(place, VOTE_EXPECTED))?;
        events.push(BallotEvent {
            participant,
            proposal,
            opinion: Some(Opinion::bare(choice)),
            audience: AudienceCode::UNDECLARED,
            channel: Channel::Import,
            cast_at,
        });
    }
    Ok(())
}

const FIRST_COLUMNS: [&str; 6] =
    ["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"];

/// Writes the header: a column a proposal, in the order given.
pub(super) fn write_header(file: &mut NewFile, proposals: &[&Proposal]) -> Result<(), FileError> {
    let numbers = proposals.iter().map(|proposal| proposal.number.to_string());
    file.line(FIRST_COLUMNS.into_iter().map(str::to_owned).chain(numbers))
}

/// One participant whose row is being gathered.
pub(super) struct Participant {
    pub(super) id: ParticipantId,
    number: u64,
    votes: BTreeMap<ItemNumber, Choice>,
}

impl Participant {
    /// A participant who goes by this number in the file.
    pub(super) fn new(id: ParticipantId, number: u64) -> Self {
        Self { id, number, votes: BTreeMap::new() }
    }

    /// Notes a vote; gives the participant's number in the file.
    pub(super) fn vote(&mut self, proposal: ItemNumber, choice: Choice) -> Result<u64, WriteError> {
        match self.votes.insert(proposal, choice) {
            None => Ok(self.number),
            Some(_) => Err(WriteError::Inconsistent(format!(
                "two ballots of one participant stand on proposal {proposal}"
            ))),
        }
    }

    /// Writes the row. The group is left empty, being the work of an analysis, and so is the number of
    /// comments, which would lead from a voter to an author.
    pub(super) fn write(self, file: &mut NewFile, proposals: &[&Proposal]) -> Result<(), FileError> {
        let count = |choice| self.votes.values().filter(|&&cast| cast == choice).count().to_string();
        let first = [
            self.number.to_string(),
            String::new(),
            String::new(),
            self.votes.len().to_string(),
            count(Choice::Agree),
            count(Choice::Disagree),
        ];
        let votes = proposals
            .iter()
            .map(|proposal| self.votes.get(&proposal.number).map_or("", |&cast| vote_of(cast)));
        file.line(first.iter().map(String::as_str).chain(votes))
    }
}
