//! Reads `proposals.csv`.

use std::collections::BTreeMap;

use gd_domain::{ItemNumber, ModerationStatus, Proposal, Slug, Timestamp};

use crate::FileError;
use crate::progress::Progress;
use crate::row::Row;
use crate::row::SLUG_EXPECTED;
use crate::table::{Column, Table};

/// Reads the proposals, in the order of their numbers. The file holds no authors, times or reasons of refusal.
pub(crate) fn read_proposals(
    mut table: Table,
    progress: &mut Progress<'_>,
) -> Result<Vec<Proposal>, FileError> {
    let columns = Columns::of(&table)?;
    table.closed_columns(&["status"]);
    let mut proposals = BTreeMap::<ItemNumber, (Proposal, u64)>::new();
    while let Some(row) = table.next_row()? {
        progress.row();
        let proposal = columns.read(row)?;
        let number = proposal.number;
        if let Some((_, line)) = proposals.insert(number, (proposal, row.line())) {
            return Err(
                row.error(format!("proposal {number} was already in line {line}; keep the right one"))
            );
        }
    }
    Ok(proposals.into_values().map(|(proposal, _)| proposal).collect())
}

struct Columns {
    number: Column,
    text: Column,
    status: Column,
    theme: Option<Column>,
    idea: Option<Column>,
}

impl Columns {
    fn of(table: &Table) -> Result<Self, FileError> {
        Ok(Self {
            number: table.column("number")?,
            text: table.column("text")?,
            status: table.column("status")?,
            theme: table.optional_column("theme")?,
            idea: table.optional_column("idea")?,
        })
    }

    fn read(&self, row: Row<'_>) -> Result<Proposal, FileError> {
        let name = |column: Option<Column>| match column {
            Some(column) if !row.text(column).is_empty() => {
                row.text(column).parse::<Slug>().map(Some).map_err(|_| row.unexpected(column, SLUG_EXPECTED))
            }
            _ => Ok(None),
        };
        Ok(Proposal {
            number: row.proposal_number(self.number)?,
            text: row.proposal_text(self.text)?,
            author: None,
            submitted_at: Timestamp::default(),
            status: row.word::<ModerationStatus>(self.status)?,
            refusal_reason: None,
            theme: name(self.theme)?,
            idea: name(self.idea)?,
        })
    }
}
