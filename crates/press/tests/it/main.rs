//! Every file for people through the crate's public interface, read back by other libraries.
#![expect(clippy::unwrap_used, reason = "a test fails where its set-up does")]

mod report_tables;
