//! `votes.csv`: every vote cast, re-votes included.

use gd_domain::{AudienceCode, BallotEvent, Channel, Opinion};

use crate::FileError;
use crate::known_proposals::KnownProposals;
use crate::progress::Progress;
use crate::row::Row;
use crate::table::{Column, Table};

use super::{VOTE_EXPECTED, choice_of};

/// Reads the votes in time order; of two at the same instant the later row comes later.
pub(crate) fn read_votes(
    mut table: Table,
    known: Option<&KnownProposals<'_>>,
    progress: &mut Progress<'_>,
) -> Result<Vec<BallotEvent>, FileError> {
    let columns = Columns::of(&table)?;
    table.closed_columns(&["vote"]);
    let mut events = Vec::new();
    while let Some(row) = table.next_row()? {
        progress.row();
        let event = columns.read(row)?;
        if let Some(known) = known {
            known.refuse(event.proposal).map_err(|message| row.error(message))?;
        }
        events.push(event);
    }
    events.sort_by_key(|event| event.cast_at);
    Ok(events)
}

struct Columns {
    timestamp: Column,
    comment: Column,
    voter: Column,
    vote: Column,
}

impl Columns {
    fn of(table: &Table) -> Result<Self, FileError> {
        Ok(Self {
            timestamp: table.column("timestamp")?,
            comment: table.column("comment-id")?,
            voter: table.column("voter-id")?,
            vote: table.column("vote")?,
        })
    }

    fn read(&self, row: Row<'_>) -> Result<BallotEvent, FileError> {
        let choice =
            choice_of(row.text(self.vote)).ok_or_else(|| row.unexpected(self.vote, VOTE_EXPECTED))?;
        Ok(BallotEvent {
            participant: row.participant(self.voter)?,
            proposal: row.proposal_number(self.comment)?,
            opinion: Some(Opinion::bare(choice)),
            audience: AudienceCode::UNDECLARED,
            channel: Channel::Import,
            cast_at: row.milliseconds(self.timestamp)?,
        })
    }
}
