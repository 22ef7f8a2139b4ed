//! Reads the files next to `ballots.parquet`: `exposures.parquet` and `answers.parquet`.

use std::collections::BTreeMap;
use std::path::Path;

use gd_domain::{Answers, ItemNumber, ParticipantId, Slug};

use crate::FileError;
use crate::progress::Progress;
use crate::row::{SLUG_EXPECTED, excerpt};

use super::ballots::{participant, proposal_number, unexpected};
use super::source::{Kind, Source};
use super::{ANSWERS, EXPOSURES};

/// No proposal was ever shown more often, as in `exposures.csv`.
const TIMES_MAX: u64 = u32::MAX as u64;

/// Reads the number of times each proposal was shown from the file next to these ballots. Empty without that file.
pub(crate) fn read_exposures_beside(
    ballots: &Path,
    progress: &mut Progress<'_>,
) -> Result<BTreeMap<ItemNumber, u64>, FileError> {
    let path = ballots.with_file_name(EXPOSURES);
    let mut exposures = BTreeMap::new();
    if !path.is_file() {
        return Ok(exposures);
    }
    let source = Source::open(&path)?;
    let number = source.column("number", Kind::Number)?;
    let shown = source.column("shown", Kind::Number)?;
    for index in 0..source.group_count() {
        let group = source.group(index)?;
        let numbers = group.numbers(number, |number| proposal_number("number", number))?;
        let times = group.numbers(shown, |times| {
            let found = u64::try_from(times).ok().filter(|times| *times <= TIMES_MAX);
            found.ok_or_else(|| {
                unexpected("shown", times, format_args!("a whole number from 0 to {TIMES_MAX}"))
            })
        })?;
        for (row, (number, times)) in numbers.into_iter().zip(times).enumerate() {
            if exposures.insert(number, times).is_some() {
                return Err(group.fault(row, format!("proposal {number} is there twice; keep the right row")));
            }
            progress.row();
        }
    }
    Ok(exposures)
}

/// Reads participants' answers about themselves from the file next to these ballots. Empty without that file.
pub(crate) fn read_answers_beside(
    ballots: &Path,
    progress: &mut Progress<'_>,
) -> Result<BTreeMap<ParticipantId, Answers>, FileError> {
    let path = ballots.with_file_name(ANSWERS);
    let mut read = BTreeMap::<ParticipantId, Answers>::new();
    if !path.is_file() {
        return Ok(read);
    }
    let source = Source::open(&path)?;
    let who = source.column("participant", Kind::Number)?;
    let (question, answer) = (source.column("question", Kind::Text)?, source.column("answer", Kind::Text)?);
    for index in 0..source.group_count() {
        let group = source.group(index)?;
        let people = group.numbers(who, participant)?;
        let rows = people.into_iter().zip(group.texts(question)?.into_iter().zip(group.texts(answer)?));
        for (row, (who, (about, said))) in rows.enumerate() {
            let name = |column: &str, text: &str| -> Result<Slug, FileError> {
                let slug = text.trim().parse();
                slug.map_err(|_| group.fault(row, unexpected(column, excerpt(text), SLUG_EXPECTED)))
            };
            let (about, said) = (name("question", &about)?, name("answer", &said)?);
            if read.entry(who).or_default().0.insert(about, said).is_some() {
                return Err(group.fault(
                    row,
                    format!(
                        "participant {} has two answers to this question; keep the right one",
                        who.number()
                    ),
                ));
            }
            progress.row();
        }
    }
    Ok(read)
}
