//! Promises of the pages, read from what they render.
#![expect(clippy::unwrap_used, reason = "tests; the lint excuses test functions only, not what they call")]

mod files;
mod frame;
mod markup;
mod public;
mod report;
mod rooms;
mod samples;
