//! A CSV file with a header, read row by row; every row has as many fields as the header.
//!
//! Knows commas, quotes, lines and encodings; not what the columns mean.

use std::fs::File;
use std::path::{Path, PathBuf};

use csv::{ByteRecord, StringRecord};

use crate::FileError;
use crate::line_breaks::LineBreaks;
use crate::row::{Row, excerpt};

const BUFFER_BYTES: usize = 64 * 1024;

/// A CSV file read past its header.
pub(crate) struct Table {
    path: PathBuf,
    reader: csv::Reader<LineBreaks<File>>,
    header: Header,
    record: StringRecord,
    closed_columns: &'static [&'static str],
}

/// The names of the columns and the line they stand on.
pub(crate) struct Header {
    names: StringRecord,
    line: u64,
}

/// A column that is there.
#[derive(Clone, Copy)]
pub(crate) struct Column {
    pub(crate) place: usize,
    pub(crate) name: &'static str,
}

impl Table {
    /// Opens a file and reads its header.
    pub(crate) fn open(path: &Path) -> Result<Self, FileError> {
        let mut table = Self::open_without_header(path)?;
        if !table.advance()? {
            return Err(FileError::whole(path, "the file is empty; export or download it again"));
        }
        let line = table.line();
        let names = table.record.iter().map(str::trim).collect();
        table.header = Header { names, line };
        Ok(table)
    }

    /// Opens a file that has no header: the first row is a row.
    pub(crate) fn open_without_header(path: &Path) -> Result<Self, FileError> {
        let file = File::open(path).map_err(|error| FileError::unreadable(path, &error))?;
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(BUFFER_BYTES)
            .from_reader(LineBreaks::new(file));
        Ok(Self {
            path: path.to_owned(),
            reader,
            header: Header { names: StringRecord::new(), line: 1 },
            record: StringRecord::new(),
            closed_columns: &[],
        })
    }

    /// Names the columns in which a value cut short shows. A file that does not end with a line break
    /// is taken for whole when it ends in one of them (or in a quote): anything else may be half a
    /// number or half a sentence, and would be taken for a whole one.
    pub(crate) fn closed_columns(&mut self, names: &'static [&'static str]) {
        self.closed_columns = names;
    }

    pub(crate) fn header(&self) -> &StringRecord {
        &self.header.names
    }

    pub(crate) fn record(&self) -> &StringRecord {
        &self.record
    }

    /// The next row; `None` after the last.
    pub(crate) fn next_row(&mut self) -> Result<Option<Row<'_>>, FileError> {
        if !self.advance()? {
            return Ok(None);
        }
        self.check_width()?;
        self.check_last_line()?;
        Ok(Some(Row { table: self }))
    }

    /// The next row of a file without header, however wide.
    pub(crate) fn next_fields(&mut self) -> Result<Option<&StringRecord>, FileError> {
        if !self.advance()? {
            return Ok(None);
        }
        self.check_last_line()?;
        Ok(Some(&self.record))
    }

    /// A required column; it occurs once.
    pub(crate) fn column(&self, name: &'static str) -> Result<Column, FileError> {
        self.optional_column(name)?.ok_or_else(|| {
            let (found, advice) = (self.columns_found(), self.advice_on_columns());
            self.header_error(format!("there is no column `{name}` (columns found: {found}); {advice}"))
        })
    }

    /// An optional column; it occurs at most once.
    pub(crate) fn optional_column(&self, name: &'static str) -> Result<Option<Column>, FileError> {
        let mut places = self.header().iter().enumerate().filter(|(_, found)| *found == name);
        let first = places.next().map(|(place, _)| Column { place, name });
        match places.next() {
            Some(_) => {
                Err(self.header_error(format!("there are two columns `{name}`; keep the one that counts")))
            }
            None => Ok(first),
        }
    }

    pub(crate) fn header_error(&self, message: impl Into<String>) -> FileError {
        FileError::at(&self.path, self.header.line, message)
    }

    /// The names of the columns for an error: the first ones, on one line.
    pub(crate) fn columns_found(&self) -> String {
        const COLUMNS_SHOWN_MAX: usize = 12;
        let names = self.header().iter().take(COLUMNS_SHOWN_MAX).map(excerpt);
        let more = (self.header().len() > COLUMNS_SHOWN_MAX).then(|| "…".to_owned());
        names.chain(more).collect::<Vec<_>>().join(", ")
    }

    fn advice_on_columns(&self) -> &'static str {
        let one_wide_column = self.header().len() == 1;
        if one_wide_column && self.header()[0].contains([';', '\t']) {
            "save the file with commas between the columns"
        } else {
            "add it, or export the file again"
        }
    }

    pub(crate) fn error(&self, message: impl Into<String>) -> FileError {
        FileError::at(&self.path, self.line(), message)
    }

    /// Reads the next record; false at the end.
    fn advance(&mut self) -> Result<bool, FileError> {
        let mut record = std::mem::take(&mut self.record).into_byte_record();
        let more = self.reader.read_byte_record(&mut record).map_err(|error| self.unreadable(error))?;
        if more && self.is_past_the_end() {
            let line = self.reader.position().line().saturating_sub(line_breaks(&record));
            return Err(FileError::at(
                &self.path,
                line,
                "a quote that opens here is never closed, so the file may be cut off; close it, or export the file again",
            ));
        }
        self.record = StringRecord::from_byte_record(record).map_err(|error| {
            let field = error.utf8_error().field() + 1;
            let line = self.line_of(&error.into_byte_record());
            FileError::at(
                &self.path,
                line,
                format!("field {field} is not UTF-8 text; save the file as UTF-8"),
            )
        })?;
        Ok(more)
    }

    /// Whether the current record holds the extra line breaks of [`LineBreaks`], both of them.
    fn is_past_the_end(&self) -> bool {
        self.reader.get_ref().length() == Some(self.reader.position().byte())
    }

    fn unreadable(&self, error: csv::Error) -> FileError {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => FileError::unreadable(&self.path, &error),
            kind => FileError::whole(&self.path, format!("it cannot be read ({kind:?}); export it again")),
        }
    }

    fn check_width(&self) -> Result<(), FileError> {
        let (found, expected) = (self.record.len(), self.header().len());
        if found == expected {
            return Ok(());
        }
        Err(self.error(if found < expected && self.is_last_without_line_break() {
            format!("the last line is cut off after {found} of {expected} fields; export the file again")
        } else if found < expected {
            format!(
                "this line has {found} fields and the header {expected}; complete it, or export the file again"
            )
        } else {
            format!(
                "this line has {found} fields and the header {expected}; put texts that hold commas between quotes"
            )
        }))
    }

    fn check_last_line(&self) -> Result<(), FileError> {
        let last_name = self.header().iter().next_back().unwrap_or_default();
        let shows_a_cut =
            self.reader.get_ref().last() == Some(b'"') || self.closed_columns.contains(&last_name);
        if shows_a_cut || !self.is_last_without_line_break() {
            return Ok(());
        }
        Err(self.error(
            "the last line may be cut off, since no line break ends it; export the file again, or end it with a line break if it is whole",
        ))
    }

    fn is_last_without_line_break(&self) -> bool {
        let source = self.reader.get_ref();
        let needed_an_extra_break = source.length() == Some(self.reader.position().byte() + 1);
        needed_an_extra_break && !matches!(source.last(), Some(b'\n' | b'\r'))
    }

    /// The physical line on which the current record starts.
    pub(crate) fn line(&self) -> u64 {
        self.line_of(self.record.as_byte_record())
    }

    /// The parser says where a record ends, which is sure; where it starts includes skipped empty lines.
    fn line_of(&self, record: &ByteRecord) -> u64 {
        self.reader.position().line().saturating_sub(line_breaks(record) + 1).max(1)
    }
}

fn line_breaks(record: &ByteRecord) -> u64 {
    record.as_slice().iter().map(|&byte| u64::from(byte == b'\n')).sum()
}
