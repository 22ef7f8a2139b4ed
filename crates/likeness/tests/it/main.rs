//! Precision and recall on texts labelled by hand.
#![expect(clippy::unwrap_used, reason = "a test fails where its set-up does")]

mod labelled_pairs;
mod suggestions;
