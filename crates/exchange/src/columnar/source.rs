//! A Parquet file: its columns by name, its row groups, and its errors in words.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;

use crate::FileError;

use super::batches::Group;

/// A file whose footer was read.
pub(super) struct Source {
    path: PathBuf,
    reader: SerializedFileReader<File>,
}

/// A column of the file, of a type that can be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) place: usize,
    pub(super) name: &'static str,
    pub(super) physical: Physical,
}

/// Physical types that a column may be stored in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Physical {
    Int32,
    /// Unsigned integers of 32 bits.
    Uint32,
    Int64,
    Text,
}

/// The content that a column must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Text,
}

impl Source {
    pub(super) fn open(path: &Path) -> Result<Self, FileError> {
        let file = File::open(path).map_err(|error| FileError::unreadable(path, &error))?;
        let reader = guarded(path, || SerializedFileReader::new(file))?;
        Ok(Self { path: path.to_owned(), reader })
    }

    /// The names of the columns, nested ones by their whole path.
    pub(super) fn names(&self) -> Vec<String> {
        self.descriptors().map(|one| one.path().string()).collect()
    }

    /// A required column.
    pub(super) fn column(&self, name: &'static str, kind: Kind) -> Result<Column, FileError> {
        self.optional_column(name, kind)?.ok_or_else(|| {
            let found =
                self.names().iter().map(|name| crate::row::excerpt(name)).collect::<Vec<_>>().join(", ");
            self.error(format!(
                "there is no column `{name}` (columns found: {found}); add it, or export the file again"
            ))
        })
    }

    /// An optional column.
    pub(super) fn optional_column(
        &self,
        name: &'static str,
        kind: Kind,
    ) -> Result<Option<Column>, FileError> {
        let found = self.descriptors().enumerate().find(|(_, one)| one.path().string() == name);
        let Some((place, descriptor)) = found else { return Ok(None) };
        let physical = match (descriptor.physical_type(), kind) {
            (Type::INT32, Kind::Number) if is_unsigned(descriptor) => Physical::Uint32,
            (Type::INT32, Kind::Number) => Physical::Int32,
            (Type::INT64, Kind::Number) => Physical::Int64,
            (Type::BYTE_ARRAY, Kind::Text) => Physical::Text,
            (found, _) => {
                let expected = if kind == Kind::Text { "text" } else { "whole numbers" };
                return Err(self.error(format!(
                    "the column `{name}` holds {found} and should hold {expected}; write it as such"
                )));
            }
        };
        if descriptor.max_rep_level() > 0 || descriptor.max_def_level() > 1 {
            return Err(self.error(format!("the column `{name}` is nested; write one value a row")));
        }
        Ok(Some(Column { place, name, physical }))
    }

    /// The number of a column's units in a millisecond. Numbers that are no timestamps are milliseconds.
    pub(super) fn units_per_milli(&self, column: Column) -> i64 {
        let descriptor = self.reader.metadata().file_metadata().schema_descr().column(column.place);
        match (descriptor.logical_type_ref(), descriptor.converted_type()) {
            (Some(LogicalType::Timestamp(stamp)), _) => match stamp.unit {
                TimeUnit::MILLIS => 1,
                TimeUnit::MICROS => 1_000,
                TimeUnit::NANOS => 1_000_000,
            },
            (None, ConvertedType::TIMESTAMP_MICROS) => 1_000,
            _ => 1,
        }
    }

    pub(super) fn group_count(&self) -> usize {
        self.reader.num_row_groups()
    }

    pub(super) fn group(&self, index: usize) -> Result<Group<'_>, FileError> {
        let groups = self.reader.metadata().row_groups();
        let first_row = groups[..index].iter().map(|group| group.num_rows().max(0).cast_unsigned()).sum();
        let reader = guarded(&self.path, || self.reader.get_row_group(index))?;
        Ok(Group { path: &self.path, reader, first_row })
    }

    /// An error that concerns the whole file.
    pub(super) fn error(&self, message: impl Into<String>) -> FileError {
        FileError::whole(&self.path, message)
    }

    fn descriptors(&self) -> impl Iterator<Item = &ColumnDescriptor> {
        let schema = self.reader.metadata().file_metadata().schema_descr();
        schema.columns().iter().map(AsRef::as_ref)
    }
}

fn is_unsigned(descriptor: &ColumnDescriptor) -> bool {
    match descriptor.logical_type_ref() {
        Some(LogicalType::Integer(integer)) => !integer.is_signed,
        _ => descriptor.converted_type() == ConvertedType::UINT_32,
    }
}

/// Runs a call of the Parquet library and turns a panic into an error. The library asserts some promises of the
/// format, so a damaged file can make it panic.
pub(super) fn guarded<T>(
    path: &Path,
    read: impl FnOnce() -> Result<T, ParquetError>,
) -> Result<T, FileError> {
    let said = match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(value)) => return Ok(value),
        Ok(Err(error)) => crate::row::one_line(&error.to_string()),
        Err(_) => "it contradicts itself".to_owned(),
    };
    Err(FileError::whole(
        path,
        format!("this Parquet file cannot be read ({said}); export or download it again"),
    ))
}
