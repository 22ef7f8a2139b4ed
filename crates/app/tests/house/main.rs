//! The house keeps its walls: crates, areas and files depend on whom they may, comments open with a subject,
//! and the documents name what exists.
#![expect(clippy::unwrap_used, reason = "a test fails where its set-up does")]

mod areas;
mod circles;
mod comments;
mod documents;
mod edges;
mod modules;
mod sources;

use std::path::{Path, PathBuf};

/// The folder of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}
