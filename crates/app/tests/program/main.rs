//! The program as people use it: the executable, its output, its exit codes, its addresses.
#![expect(clippy::unwrap_used, reason = "a test fails where its set-up does")]

mod bad_files;
mod demo;
mod full_disk;
mod given_groups;
mod kill;
mod ledger_print;
mod memory;
mod real_consultations;
mod renderings;
mod running_server;
mod service_errors;
mod services;
mod staff;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Environment variables that must not decide the outcome of these tests.
const SETTINGS: [&str; 11] = [
    "GD_DATABASE_URL",
    "GD_LISTEN",
    "GD_LOG",
    "GD_PUBLIC_URL",
    "GD_RATE_LIMIT",
    "GD_REDIS_URL",
    "GD_SECRET",
    "GD_SLUG",
    "GLIBC_TUNABLES",
    "MALLOC_ARENA_MAX",
    "MALLOC_MMAP_THRESHOLD_",
];

/// The executable, pointed at an installation, deaf to the environment's settings.
fn program(data_dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_grand-dialogue"));
    for name in SETTINGS {
        command.env_remove(name);
    }
    command.env("GD_DATA_DIR", data_dir);
    command
}

/// Runs a command that must succeed, and gives what it printed.
fn run(data_dir: &Path, arguments: &[&str]) -> String {
    success_of(with(data_dir, arguments))
}

/// Runs a command that must fail with exit code 1 and a one-line reason, and gives the reason.
fn fail(data_dir: &Path, arguments: &[&str]) -> String {
    refusal_of(with(data_dir, arguments))
}

fn outcome(data_dir: &Path, arguments: &[&str]) -> Output {
    outcome_of(with(data_dir, arguments))
}

fn with(data_dir: &Path, arguments: &[&str]) -> Command {
    let mut command = program(data_dir);
    command.args(arguments);
    command
}

fn success_of(command: Command) -> String {
    let shown = format!("{command:?}");
    let output = outcome_of(command);
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{shown}\n{out}\n{err}");
    assert!(!err.contains("\"level\":"), "a command that does its work has nothing to log: {shown}\n{err}");
    out
}

fn refusal_of(command: Command) -> String {
    let shown = format!("{command:?}");
    let output = outcome_of(command);
    let reason = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{shown}\n{reason}");
    assert_eq!(reason.trim_end().lines().count(), 1, "{reason}");
    reason
}

fn outcome_of(mut command: Command) -> Output {
    command.output().unwrap()
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
