//! The memory a server takes. Left alone, glibc's allocator opens up to eight arenas a core, and what one thread
//! frees in its own is of no use to the others; and it puts large blocks, which a step of the projection or a page
//! of tallies takes for a moment, among the small ones, where they leave holes. docs/PERFORMANCE.md has figures.

use std::env;
use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::settings;

/// Arenas at most, and the bytes from which a block goes back to the system when it is freed. glibc reads both
/// once, before `main` (`mallopt(3)`).
const SETTINGS: [(&str, &str); 2] = [("MALLOC_ARENA_MAX", "3"), ("MALLOC_MMAP_THRESHOLD_", "131072")];

/// A setting that the operator may have chosen instead.
const OTHERS: &str = "GLIBC_TUNABLES";

/// Restarts this program as the same process with [`SETTINGS`], unless the operator has set the allocator.
pub(crate) fn keep_small() {
    let mut names = SETTINGS.iter().map(|(name, _)| *name).chain([OTHERS]);
    if !cfg!(target_env = "gnu") || names.any(settings::is_set) {
        return;
    }
    let Ok(program) = env::current_exe() else { return };
    let mut arguments = env::args_os();
    let name = arguments.next().unwrap_or_else(|| program.clone().into());
    // `exec` returns only if it fails; this process then serves with the allocator's defaults.
    let _failure = Command::new(program).arg0(name).args(arguments).envs(SETTINGS).exec();
}
