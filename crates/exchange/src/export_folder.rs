//! A folder that receives all files of an export or none.
//!
//! Each file is written under a temporary name and renamed once every file is whole and on disk. A failed or
//! abandoned export removes its files. Only the few renames at the end are not one step: a crash between two of
//! them leaves whole files, some old and some new.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::FileError;

const BUFFER_BYTES: usize = 64 * 1024;

/// Counts of an export.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ExportCounts {
    /// Proposals, of every status.
    pub proposals: u64,
    /// Standing ballots in the export.
    pub ballots: u64,
    /// Participants who cast them.
    pub participants: u64,
}

/// Makes the folder if need be, and refuses one whose files of these names come from elsewhere.
///
/// An earlier export is replaced, so that one can be repeated every night. Anything else of the same
/// name is left alone: it may be the only copy of somebody's data. `is_ours` tells them apart.
pub(crate) fn prepare(dir: &Path, names: &[&str], is_ours: fn(&Path) -> bool) -> Result<(), FileError> {
    if dir.exists() && !dir.is_dir() {
        return Err(FileError::whole(dir, "this is a file; give a folder to write into"));
    }
    fs::create_dir_all(dir).map_err(|error| FileError::unwritable(dir, &error))?;
    let taken = names.iter().map(|name| dir.join(name)).find(|path| path.exists());
    match taken {
        Some(path) if !is_ours(dir) => Err(FileError::whole(
            &path,
            "this file is there already and does not come from an export of ours; choose another folder",
        )),
        _ => Ok(()),
    }
}

/// A CSV file being written.
pub(crate) struct NewFile {
    writer: csv::Writer<File>,
    place: Place,
}

/// A file that is on disk, whole, but not yet in its place.
pub struct WholeFile(pub(crate) Place);

impl NewFile {
    pub(crate) fn create(dir: &Path, name: &str) -> Result<Self, FileError> {
        let (file, place) = Place::create(dir, name)?;
        let writer = csv::WriterBuilder::new().flexible(true).buffer_capacity(BUFFER_BYTES).from_writer(file);
        Ok(Self { writer, place })
    }

    /// Writes one line.
    pub(crate) fn line<I>(&mut self, fields: I) -> Result<(), FileError>
    where
        I: IntoIterator,
        I::Item: AsRef<[u8]>,
    {
        self.writer
            .write_record(fields)
            .map_err(|error| FileError::unwritable(&self.place.path, &error.into()))
    }

    /// Flushes the file and syncs it to disk.
    pub(crate) fn finish(mut self) -> Result<WholeFile, FileError> {
        let on_disk = self.writer.flush().and_then(|()| self.writer.get_ref().sync_all());
        on_disk.map_err(|error| FileError::unwritable(&self.place.path, &error))?;
        Ok(WholeFile(self.place))
    }
}

/// Renames whole files to their final paths.
pub(crate) fn put_in_place<const N: usize>(files: [WholeFile; N]) -> Result<(), FileError> {
    for WholeFile(mut place) in files {
        if let Some(part) = place.part.take() {
            fs::rename(&part, &place.path).map_err(|error| FileError::unwritable(&place.path, &error))?;
        }
    }
    Ok(())
}

/// A file's final path and its temporary one. Dropping it before the rename removes the file.
pub(crate) struct Place {
    pub(crate) path: PathBuf,
    part: Option<PathBuf>,
}

impl Place {
    /// Creates the file under its temporary name.
    pub(crate) fn create(dir: &Path, name: &str) -> Result<(File, Self), FileError> {
        let part = dir.join(format!(".{name}.part"));
        let place = Self { path: dir.join(name), part: Some(part.clone()) };
        let file = File::create(part).map_err(|error| FileError::unwritable(&place.path, &error))?;
        Ok((file, place))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(part) = &self.part {
            // Nothing better can be done with a failure here: the export already failed for another reason.
            let _ = fs::remove_file(part);
        }
    }
}
