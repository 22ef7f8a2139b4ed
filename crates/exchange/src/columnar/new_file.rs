//! A Parquet file being written, row group by row group.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, Encoding};
use parquet::data_type::{ByteArray, ByteArrayType, DataType};
use parquet::errors::ParquetError;
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;

use crate::FileError;
use crate::export_folder::{Place, WholeFile};

/// A Parquet file being written.
pub(super) struct NewFile {
    writer: SerializedFileWriter<File>,
    place: Place,
}

impl NewFile {
    pub(super) fn create(dir: &Path, name: &str, schema: &str) -> Result<Self, FileError> {
        let (file, place) = Place::create(dir, name)?;
        let schema = parse_message_type(schema).expect("the schemas here are well formed");
        let writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties()))
            .map_err(|error| unwritable(&place, &error))?;
        Ok(Self { writer, place })
    }

    /// Writes a row group.
    pub(super) fn group(
        &mut self,
        write: impl FnOnce(&mut SerializedRowGroupWriter<'_, File>) -> Result<(), ParquetError>,
    ) -> Result<(), FileError> {
        let group = self.writer.next_row_group().and_then(|mut group| {
            write(&mut group)?;
            group.close()
        });
        group.map(|_| ()).map_err(|error| unwritable(&self.place, &error))
    }

    /// Flushes the file and syncs it to disk.
    pub(super) fn finish(self) -> Result<WholeFile, FileError> {
        let file = self.writer.into_inner().map_err(|error| unwritable(&self.place, &error))?;
        file.sync_all().map_err(|error| FileError::unwritable(&self.place.path, &error))?;
        Ok(WholeFile(self.place))
    }
}

/// Stores growing numbers as differences and words by their place in a dictionary: a few bytes a ballot.
fn properties() -> WriterProperties {
    let differences = ["participant", "proposal", "cast_at", "number", "shown"].map(ColumnPath::from);
    let builder = WriterProperties::builder()
        .set_created_by("grand-dialogue".to_owned())
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_max_row_group_row_count(None)
        .set_compression(Compression::SNAPPY);
    let builder = differences.into_iter().fold(builder, |builder, column| {
        builder
            .set_column_dictionary_enabled(column.clone(), false)
            .set_column_compression(column.clone(), Compression::UNCOMPRESSED)
            .set_column_encoding(column, Encoding::DELTA_BINARY_PACKED)
    });
    builder.build()
}

fn unwritable(place: &Place, error: &ParquetError) -> FileError {
    FileError::unwritable(&place.path, &std::io::Error::other(crate::row::one_line(&error.to_string())))
}

/// Writes the next column of a row group.
pub(super) fn column<D: DataType>(
    group: &mut SerializedRowGroupWriter<'_, File>,
    values: &[D::T],
    levels: Option<&[i16]>,
) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else {
        return Err(ParquetError::General("more columns than the schema has".to_owned()));
    };
    column.typed::<D>().write_batch(values, levels, None)?;
    column.close()
}

/// A column of texts. Empty texts are null.
#[derive(Default)]
pub(super) struct Texts {
    levels: Vec<i16>,
    values: Vec<ByteArray>,
}

impl Texts {
    pub(super) fn push(&mut self, text: &str) {
        self.levels.push(i16::from(!text.is_empty()));
        if !text.is_empty() {
            self.values.push(text.into());
        }
    }

    pub(super) fn write(self, group: &mut SerializedRowGroupWriter<'_, File>) -> Result<(), ParquetError> {
        column::<ByteArrayType>(group, &self.values, Some(&self.levels))
    }
}

impl<'t> FromIterator<&'t str> for Texts {
    fn from_iter<I: IntoIterator<Item = &'t str>>(texts: I) -> Self {
        let mut all = Self::default();
        texts.into_iter().for_each(|text| all.push(text));
        all
    }
}
