//! The source files of the pages.

use std::fs;
use std::path::PathBuf;

/// The files in a folder and below it, with their texts.
pub fn below(folder: PathBuf) -> Vec<(PathBuf, String)> {
    let (mut folders, mut files) = (vec![folder], Vec::new());
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = fs::read_to_string(&path).unwrap();
                files.push((path, text));
            }
        }
    }
    files
}
