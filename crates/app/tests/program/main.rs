//! The program as people use it: the executable, its output, its exit codes, its addresses.
#![expect(clippy::unwrap_used, reason = "a test fails where its set-up does")]

mod bad_files;
mod demo;
mod full_disk;
mod kill;
mod real_consultations;
mod running_server;
mod staff;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The executable, pointed at an installation, deaf to the environment's settings.
fn program(data_dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_grand-dialogue"));
    for name in ["GD_LISTEN", "GD_SECRET", "GD_SLUG", "GD_RATE_LIMIT", "GD_PUBLIC_URL", "GD_LOG"] {
        command.env_remove(name);
    }
    command.env("GD_DATA_DIR", data_dir);
    command
}

/// Runs a command that must succeed, and gives what it printed.
fn run(data_dir: &Path, arguments: &[&str]) -> String {
    let output = outcome(data_dir, arguments);
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{arguments:?}\n{out}\n{err}");
    out
}

/// Runs a command that must fail with exit code 1 and a one-line reason, and gives the reason.
fn fail(data_dir: &Path, arguments: &[&str]) -> String {
    let output = outcome(data_dir, arguments);
    let reason = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}\n{reason}");
    assert_eq!(reason.trim_end().lines().count(), 1, "{reason}");
    reason
}

fn outcome(data_dir: &Path, arguments: &[&str]) -> Output {
    program(data_dir).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The folder of real consultations; `None` only where nobody promised it.
#[expect(clippy::disallowed_methods, reason = "the tests' own setting")]
fn real_data() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("GD_REAL_DATA").map_or(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "no real consultations in {}", folder.display());
    eprintln!("no real consultations in {}: set GD_REAL_DATA to test against them", folder.display());
    None
}
