//! `summary.csv`: a name and a value a line, without header.

use std::path::Path;

use gd_domain::Consultation;

use crate::export_folder::NewFile;
use crate::table::Table;
use crate::{ExportCounts, FileError};

/// The values of a summary that an import uses. A blank value is `None`.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    pub(crate) topic: Option<String>,
    pub(crate) description: Option<String>,
}

/// Reads the summary; lines of other names are passed over.
pub(crate) fn read_summary(path: &Path) -> Result<Summary, FileError> {
    let mut table = Table::open_without_header(path)?;
    let mut summary = Summary::default();
    while let Some(fields) = table.next_fields()? {
        let value = fields.get(1).map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned);
        match fields.get(0).map(str::trim) {
            Some("topic") => summary.topic = value,
            Some("conversation-description") => summary.description = value,
            _ => {}
        }
    }
    Ok(summary)
}

const EXPORTED_BY: (&str, &str) = ("exported-by", "Grand Dialogue");

/// Writes the summary. What Polis counts and we do not (views, groups) is left empty.
pub(super) fn write_summary(
    file: &mut NewFile,
    consultation: &Consultation,
    exported: ExportCounts,
    commenters: u64,
) -> Result<(), FileError> {
    let description = &consultation.description;
    let (name, value) = EXPORTED_BY;
    let lines = [
        ("topic", description.question.clone()),
        ("url", String::new()),
        ("views", String::new()),
        ("voters", exported.participants.to_string()),
        ("voters-in-conv", String::new()),
        ("commenters", commenters.to_string()),
        ("comments", exported.proposals.to_string()),
        ("groups", String::new()),
        ("conversation-description", description.introduction.clone()),
        (name, value.to_owned()),
    ];
    lines.iter().try_for_each(|(name, value)| file.line([*name, value]))
}

/// Whether this is a summary written here: one of its lines says so.
pub(super) fn is_our_summary(path: &Path) -> bool {
    let Ok(mut table) = Table::open_without_header(path) else { return false };
    while let Ok(Some(fields)) = table.next_fields() {
        if fields.iter().eq([EXPORTED_BY.0, EXPORTED_BY.1]) {
            return true;
        }
    }
    false
}
