//! Promises of the pages, read from what they render.
#![expect(clippy::unwrap_used, reason = "tests; the lint excuses test functions only, not what they call")]

mod colours;
mod every_page;
mod markup;
mod report_pictures;
mod samples;
mod translations;
mod views;
