//! Every file format through the crate's public interface: reading, writing, refusing.
#![expect(clippy::unwrap_used, reason = "a test fails where its set-up does")]

mod bad_input;
mod mangled;
mod real_data;
mod round_trip;
