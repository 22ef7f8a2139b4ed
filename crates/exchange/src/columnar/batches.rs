//! The columns of one row group, read a batch of rows at a time.

use std::path::Path;
use std::str;

use parquet::column::reader::{ColumnReaderImpl, get_typed_column_reader};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::file::reader::RowGroupReader;

use crate::FileError;

use super::dictionary::NumberedWords;
use super::source::{Column, Physical, guarded};

/// Rows of a column that memory holds in the file's form at once.
const BATCH_ROWS: usize = 1 << 14;

/// One row group of a file.
pub(super) struct Group<'a> {
    pub(super) path: &'a Path,
    pub(super) reader: Box<dyn RowGroupReader + 'a>,
    /// Rows of the file before it.
    pub(super) first_row: u64,
}

impl Group<'_> {
    /// Reads a column of numbers by `read`. A number that it refuses is an error in that row.
    pub(super) fn numbers<T>(
        &self,
        column: Column,
        read: impl Fn(i64) -> Result<T, String>,
    ) -> Result<Vec<T>, FileError> {
        let mut rows = Vec::new();
        match column.physical {
            Physical::Int32 => self.each_number::<Int32Type, _>(column, i64::from, read, &mut rows)?,
            Physical::Uint32 => {
                let unsigned = |number: i32| i64::from(number.cast_unsigned());
                self.each_number::<Int32Type, _>(column, unsigned, read, &mut rows)?;
            }
            Physical::Int64 => self.each_number::<Int64Type, _>(column, |number| number, read, &mut rows)?,
            Physical::Text => return Err(self.broken(column, "holds text")),
        }
        Ok(rows)
    }

    fn each_number<D: DataType, T>(
        &self,
        column: Column,
        wide: impl Fn(D::T) -> i64,
        read: impl Fn(i64) -> Result<T, String>,
        rows: &mut Vec<T>,
    ) -> Result<(), FileError>
    where
        D::T: Copy,
    {
        self.batches(column, self.column_reader::<D>(column)?, |levels, values| {
            if let Some(empty) = levels.iter().position(|level| *level == 0) {
                return Err(self.fault(rows.len() + empty, format!("`{}` is empty; fill it", column.name)));
            }
            rows.reserve(values.len());
            for &value in values {
                let value = read(wide(value)).map_err(|message| self.fault(rows.len(), message))?;
                rows.push(value);
            }
            Ok(())
        })
    }

    /// Reads a column of words by `read` and passes each to `take` with the number of successive rows that have it.
    /// Null is the empty text.
    pub(super) fn words<T: Copy>(
        &self,
        column: Column,
        mut read: impl FnMut(&str) -> Result<T, String>,
        take: impl FnMut(T, usize),
    ) -> Result<(), FileError> {
        let read = |row: usize, bytes: &[u8]| {
            let word = self.text(column, row, bytes)?;
            read(word).map_err(|message| self.fault(row, message))
        };
        let numbered =
            guarded(self.path, || NumberedWords::of(self.reader.get_column_page_reader(column.place)?))?;
        match numbered {
            Some(numbered) => self.numbered_words(column, numbered, read, take),
            None => self.plain_words(column, read, take),
        }
    }

    /// Reads each word of the dictionary once, at its first row.
    fn numbered_words<T: Copy>(
        &self,
        column: Column,
        NumberedWords { words, pages }: NumberedWords,
        mut read: impl FnMut(usize, &[u8]) -> Result<T, FileError>,
        mut take: impl FnMut(T, usize),
    ) -> Result<(), FileError> {
        let descriptor = self.reader.metadata().column(column.place).column_descr_ptr();
        let reader = ColumnReaderImpl::<Int32Type>::new(descriptor, Box::new(pages));
        // The last place stands for null.
        let null = words.len();
        let mut known: Vec<Option<T>> = vec![None; null + 1];
        let mut done = 0;
        let mut same = |place: usize, times: usize| {
            let word = match known[place] {
                Some(word) => word,
                None => *known[place].insert(read(done, words.get(place).map_or(&[], Vec::as_slice))?),
            };
            take(word, times);
            done += times;
            Ok(())
        };
        let place = |number: &i32| usize::try_from(*number).unwrap_or(null);
        self.batches(column, reader, |levels, values| {
            if levels.len() > values.len() {
                return each_value(levels, values, |number| same(number.map_or(null, place), 1));
            }
            let mut runs = values.chunk_by(|one, next| one == next);
            runs.try_for_each(|run| same(place(&run[0]), run.len()))
        })
    }

    /// Reads words that are not all in a dictionary of the file.
    fn plain_words<T: Copy>(
        &self,
        column: Column,
        mut read: impl FnMut(usize, &[u8]) -> Result<T, FileError>,
        mut take: impl FnMut(T, usize),
    ) -> Result<(), FileError> {
        let mut done = 0;
        self.batches(column, self.column_reader::<ByteArrayType>(column)?, |levels, values| {
            if !levels.is_empty() && values.is_empty() {
                take(read(done, &[])?, levels.len());
                done += levels.len();
                return Ok(());
            }
            each_value(levels, values, |value| {
                take(read(done, value.map_or(&[], ByteArray::data))?, 1);
                done += 1;
                Ok(())
            })
        })
    }

    /// A column of texts. Null is the empty text.
    pub(super) fn texts(&self, column: Column) -> Result<Vec<String>, FileError> {
        let mut texts = Vec::new();
        self.batches(column, self.column_reader::<ByteArrayType>(column)?, |levels, values| {
            each_value(levels, values, |value| {
                let bytes = value.map_or(&[][..], ByteArray::data);
                let text = self.text(column, texts.len(), bytes)?.to_owned();
                texts.push(text);
                Ok(())
            })
        })?;
        Ok(texts)
    }

    /// An error in a row of the group.
    pub(super) fn fault(&self, row: usize, message: impl AsRef<str>) -> FileError {
        let row = self.first_row + row as u64 + 1;
        FileError::whole(self.path, format!("row {row}: {}", message.as_ref()))
    }

    fn text<'t>(&self, column: Column, row: usize, bytes: &'t [u8]) -> Result<&'t str, FileError> {
        let no_text = |_| self.fault(row, format!("`{}` is not UTF-8 text; write it as such", column.name));
        str::from_utf8(bytes).map_err(no_text)
    }

    fn broken(&self, column: Column, what: &str) -> FileError {
        let name = column.name;
        FileError::whole(self.path, format!("the column `{name}` {what}; export or download the file again"))
    }

    fn column_reader<D: DataType>(&self, column: Column) -> Result<ColumnReaderImpl<D>, FileError> {
        let reader = guarded(self.path, || self.reader.get_column_reader(column.place))?;
        Ok(get_typed_column_reader::<D>(reader))
    }

    /// Passes on definition levels (none for a column that cannot be null) and values, batch by batch.
    fn batches<D: DataType>(
        &self,
        column: Column,
        mut reader: ColumnReaderImpl<D>,
        mut take: impl FnMut(&[i16], &[D::T]) -> Result<(), FileError>,
    ) -> Result<(), FileError> {
        let rows = usize::try_from(self.reader.metadata().num_rows()).unwrap_or(0);
        let (mut levels, mut values) = (Vec::new(), Vec::new());
        let mut done = 0;
        loop {
            levels.clear();
            values.clear();
            let (records, ..) =
                guarded(self.path, || reader.read_records(BATCH_ROWS, Some(&mut levels), None, &mut values))?;
            if records == 0 {
                break;
            }
            done += records;
            take(&levels, &values)?;
        }
        if done == rows { Ok(()) } else { Err(self.broken(column, "has not as many rows as the others")) }
    }
}

/// The value of each row, null ones too.
fn each_value<V>(
    levels: &[i16],
    values: &[V],
    mut take: impl FnMut(Option<&V>) -> Result<(), FileError>,
) -> Result<(), FileError> {
    if levels.is_empty() {
        return values.iter().try_for_each(|value| take(Some(value)));
    }
    let mut values = values.iter();
    levels.iter().try_for_each(|level| take(if *level == 0 { None } else { values.next() }))
}
