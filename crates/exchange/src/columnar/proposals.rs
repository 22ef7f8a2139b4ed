//! Reads `proposals.parquet`.

use std::collections::BTreeMap;
use std::path::Path;

use gd_domain::{ModerationStatus, Proposal, ProposalText, Slug, Timestamp};

use crate::progress::Progress;
use crate::row::{SLUG_EXPECTED, excerpt, text_fault};
use crate::{FileError, TEXT_LENGTH_MAX};

use super::ballots::{proposal_number, unexpected, word};
use super::batches::Group;
use super::source::{Column, Kind, Source};

/// Reads the proposals, in the order of their numbers. The file holds no authors, times or reasons of refusal.
pub(crate) fn read_proposals(path: &Path, progress: &mut Progress<'_>) -> Result<Vec<Proposal>, FileError> {
    let source = Source::open(path)?;
    let number = source.column("number", Kind::Number)?;
    let text = source.column("text", Kind::Text)?;
    let status = source.column("status", Kind::Text)?;
    let theme = source.optional_column("theme", Kind::Text)?;
    let idea = source.optional_column("idea", Kind::Text)?;
    let mut proposals = BTreeMap::new();
    for index in 0..source.group_count() {
        let group = source.group(index)?;
        let numbers = group.numbers(number, |number| proposal_number("number", number))?;
        let (texts, statuses) = (group.texts(text)?, group.texts(status)?);
        let (themes, ideas) = (slugs(&group, theme, numbers.len())?, slugs(&group, idea, numbers.len())?);
        let named = themes.into_iter().zip(ideas);
        let rows = numbers.into_iter().zip(texts).zip(statuses).zip(named).enumerate();
        for (row, (((number, text), status), (theme, idea))) in rows {
            let proposal = Proposal {
                number,
                text: proposal_text(&text).map_err(|message| group.fault(row, message))?,
                author: None,
                submitted_at: Timestamp::default(),
                status: word::<ModerationStatus>("status", &status)
                    .map_err(|message| group.fault(row, message))?,
                refusal_reason: None,
                theme,
                idea,
            };
            if proposals.insert(number, proposal).is_some() {
                return Err(group.fault(row, format!("there are two proposals {number}; keep the right one")));
            }
            progress.row();
        }
    }
    Ok(proposals.into_values().collect())
}

fn proposal_text(text: &str) -> Result<ProposalText, String> {
    ProposalText::parse(text, TEXT_LENGTH_MAX)
        .map_err(|error| text_fault(&error, |expected| unexpected("text", excerpt(text), expected), "text"))
}

fn slugs(group: &Group<'_>, column: Option<Column>, rows: usize) -> Result<Vec<Option<Slug>>, FileError> {
    let Some(column) = column else { return Ok(vec![None; rows]) };
    let slug = |(row, text): (usize, String)| match text.trim() {
        "" => Ok(None),
        name => name
            .parse()
            .map(Some)
            .map_err(|_| group.fault(row, unexpected(column.name, excerpt(name), SLUG_EXPECTED))),
    };
    group.texts(column)?.into_iter().enumerate().map(slug).collect()
}
