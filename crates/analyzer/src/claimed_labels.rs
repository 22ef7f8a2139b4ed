//! Labels from counts alone, for whoever simulates consultations.

use crate::assess::assess;
use crate::{Label, Method};

/// What a report would claim of proposals with these counts of agree, disagree and neutral, in their order:
/// the whole machinery of [`analyze`](crate::analyze) without a table of ballots.
#[must_use]
pub fn claimed_labels(counts: &[[u64; 3]], method: &Method) -> Vec<Label> {
    let assessment = assess(counts, method);
    (0..counts.len()).map(|place| assessment.label(place)).collect()
}
