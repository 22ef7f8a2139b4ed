//! Results: labels and the thresholds between them.

mod label;
mod thresholds;

pub use label::{Label, Thresholds};
pub use thresholds::ThresholdsError;
