//! Opinion groups found elsewhere: which participant is in which group.

use std::collections::BTreeMap;
use std::path::Path;

use gd_domain::{ParticipantId, Slug};

use crate::FileError;
use crate::row::SLUG_EXPECTED;
use crate::table::{Column, Table};

/// Reads a file with the columns `voter-id` (or `participant`) and `group-id`, among others perhaps, as Polis'
/// `participants-votes.csv` has them. A participant without a group is left out.
///
/// # Errors
/// The first [`FileError`] found: a column that is not there, a participant who is no number or is in two
/// groups, a group that has no short name.
pub fn read_groups(path: &Path) -> Result<BTreeMap<ParticipantId, Slug>, FileError> {
    let mut table = Table::open(path)?;
    let voter = voter_column(&table)?;
    let group = table.column("group-id")?;
    table.closed_columns(&["group-id"]);
    let mut groups = BTreeMap::<ParticipantId, Slug>::new();
    while let Some(row) = table.next_row()? {
        let participant = row.participant(voter)?;
        if row.text(group).is_empty() {
            continue;
        }
        let name: Slug = row.text(group).parse().map_err(|_| row.unexpected(group, SLUG_EXPECTED))?;
        let first = groups.entry(participant).or_insert_with(|| name.clone());
        if *first != name {
            let number = participant.number();
            return Err(row.error(format!(
                "participant {number} is already in group {first}; keep the line with the right group"
            )));
        }
    }
    if groups.is_empty() {
        return Err(FileError::whole(path, "no participant has a group; fill the column `group-id`"));
    }
    Ok(groups)
}

fn voter_column(table: &Table) -> Result<Column, FileError> {
    match table.optional_column("voter-id")? {
        Some(column) => Ok(column),
        None if table.optional_column("participant")?.is_some() => table.column("participant"),
        None => table.column("voter-id"),
    }
}
