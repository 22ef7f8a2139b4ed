//! Reads `answers.csv`.

use std::collections::BTreeMap;
use std::path::Path;

use gd_domain::{Answers, ParticipantId, Slug};

use crate::FileError;
use crate::progress::Progress;
use crate::row::{Row, SLUG_EXPECTED};
use crate::table::{Column, Table};

use super::{ANSWERS, ANSWERS_HEADER};

/// Reads participants' answers about themselves from the file next to these ballots. Empty without that file, which
/// older exports lack.
pub(crate) fn read_answers_beside(
    ballots: &Path,
    progress: &mut Progress<'_>,
) -> Result<BTreeMap<ParticipantId, Answers>, FileError> {
    let path = ballots.with_file_name(ANSWERS);
    if path.is_file() { read(Table::open(&path)?, progress) } else { Ok(BTreeMap::new()) }
}

fn read(
    mut table: Table,
    progress: &mut Progress<'_>,
) -> Result<BTreeMap<ParticipantId, Answers>, FileError> {
    let [participant, question, answer] = [
        table.column(ANSWERS_HEADER[0])?,
        table.column(ANSWERS_HEADER[1])?,
        table.column(ANSWERS_HEADER[2])?,
    ];
    let mut read = BTreeMap::<ParticipantId, Answers>::new();
    while let Some(row) = table.next_row()? {
        let (who, about, said) = (row.participant(participant)?, name(row, question)?, name(row, answer)?);
        if read.entry(who).or_default().0.insert(about, said).is_some() {
            return Err(row.error(format!(
                "participant {} has two answers to this question; keep the right one",
                who.number()
            )));
        }
        progress.row();
    }
    Ok(read)
}

fn name(row: Row<'_>, column: Column) -> Result<Slug, FileError> {
    row.text(column).parse().map_err(|_| row.unexpected(column, SLUG_EXPECTED))
}
