//! The house keeps its walls: crates depend on whom they may, and the documents name what exists.
#![expect(clippy::unwrap_used, reason = "a test fails where its set-up does")]

mod documents;
mod edges;

use std::path::{Path, PathBuf};

/// The folder of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}
