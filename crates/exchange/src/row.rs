//! One row of a table: its fields read into the domain's types, with errors that say what was expected.

use std::fmt::Display;
use std::str::FromStr;

use gd_domain::{ItemNumber, ParticipantId, ProposalText, ProposalTextError, Timestamp, UnknownWord};

use crate::table::{Column, Table};
use crate::{FileError, TEXT_LENGTH_MAX, instant};

/// The rule for a short name, in the words of an error.
pub(crate) const SLUG_EXPECTED: &str =
    "a short name: 1 to 64 of a-z, 0-9, `-`, `_`, `.`, with a letter or digit at both ends";

/// The current row of a [`Table`].
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    pub(crate) table: &'a Table,
}

impl<'a> Row<'a> {
    /// A field without white space around it.
    pub(crate) fn text(self, column: Column) -> &'a str {
        self.field(column.place)
    }

    /// The field at this place of the header, without white space around it.
    pub(crate) fn field(self, place: usize) -> &'a str {
        self.table.record().get(place).unwrap_or_default().trim()
    }

    /// The header's name of the column at this place.
    pub(crate) fn column_name(self, place: usize) -> &'a str {
        self.table.header().get(place).unwrap_or_default()
    }

    /// The physical line on which it starts.
    pub(crate) fn line(self) -> u64 {
        self.table.line()
    }

    /// An error in this row.
    pub(crate) fn error(self, message: impl Into<String>) -> FileError {
        self.table.error(message)
    }

    pub(crate) fn proposal_number(self, column: Column) -> Result<ItemNumber, FileError> {
        let number = self.text(column).parse();
        number
            .map(ItemNumber)
            .map_err(|_| self.unexpected(column, format!("a whole number from 0 to {}", u32::MAX)))
    }

    pub(crate) fn participant(self, column: Column) -> Result<ParticipantId, FileError> {
        let number = self.text(column).parse().ok();
        number
            .and_then(|number| ParticipantId::from_number(number).ok())
            .ok_or_else(|| self.unexpected(column, format!("a whole number from 0 to {}", i64::MAX)))
    }

    /// Reads an instant in milliseconds since 1970.
    pub(crate) fn milliseconds(self, column: Column) -> Result<Timestamp, FileError> {
        let millis = self.text(column).parse();
        millis
            .map(Timestamp::from_millis)
            .map_err(|_| self.unexpected(column, "a whole number of milliseconds since 1970"))
    }

    /// Reads an instant in RFC 3339 or milliseconds since 1970.
    pub(crate) fn instant(self, column: Column) -> Result<Timestamp, FileError> {
        instant::parse(self.text(column))
            .ok_or_else(|| self.unexpected(column, "an instant like 2026-11-21T19:18:31.123Z"))
    }

    pub(crate) fn proposal_text(self, column: Column) -> Result<ProposalText, FileError> {
        ProposalText::parse(self.text(column), TEXT_LENGTH_MAX).map_err(|error| {
            self.error(text_fault(&error, |expected| self.unlike(column.place, expected), column.name))
        })
    }

    /// Reads a word of a closed list, or several words.
    pub(crate) fn word<W: FromStr<Err = UnknownWord>>(self, column: Column) -> Result<W, FileError> {
        let word = self.text(column).parse();
        word.map_err(|UnknownWord { kind, expected, .. }| {
            self.unexpected(column, format!("a {kind}, one of {expected}"))
        })
    }

    /// The error of a field that its column does not allow.
    pub(crate) fn unexpected(self, column: Column, expected: impl Display) -> FileError {
        self.unexpected_at(column.place, expected)
    }

    /// The same error by the column's place in the header.
    pub(crate) fn unexpected_at(self, place: usize, expected: impl Display) -> FileError {
        self.error(self.unlike(place, expected))
    }

    fn unlike(self, place: usize, expected: impl Display) -> String {
        let (name, found) = (excerpt(self.column_name(place)), excerpt(self.field(place)));
        format!("`{name}` is `{found}` and should be {expected}; correct the line")
    }
}

/// The reason why a text is no proposal. `unlike` says what it should be instead.
pub(crate) fn text_fault(
    error: &ProposalTextError,
    unlike: impl FnOnce(String) -> String,
    column: &str,
) -> String {
    match error {
        ProposalTextError::Empty { length_max } => unlike(format!("a text of 1 to {length_max} characters")),
        ProposalTextError::TooLong { length_max, .. } => format!(
            "`{column}` is longer than any consultation allows; shorten it to {length_max} characters"
        ),
    }
}

/// Enough of a field to recognise it, on one line.
pub(crate) fn excerpt(field: &str) -> String {
    const CHARACTERS_MAX: usize = 40;
    let mut short = one_line(&field.chars().take(CHARACTERS_MAX).collect::<String>());
    if field.chars().nth(CHARACTERS_MAX).is_some() {
        short.push('…');
    }
    short
}

/// A text without line breaks and other controls.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}
