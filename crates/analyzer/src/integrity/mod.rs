//! Signs that votes may not be what they seem: reported, never applied. Beside them the labels as they would be
//! without the ballots in question.
//!
//! Owns what looks suspicious and why; docs/METHOD.md, "Integrity signals". A sign is no proof: a poster in a
//! staff room makes a burst, friends vote alike, people met on paper differ from people met online. Must not
//! change a figure of the report, nor name a participant.

mod alike;
mod bursts;
mod channels;
mod rows;

use gd_report::{Integrity, LabelChange};

use crate::labels::assess::{Assessment, assess_labels};
use crate::{Method, VoteTable};
use rows::Rows;

/// Looks for signs among the ballots on published proposals. `places` are the published cards' places in the
/// table, `counts` their ballots, `assessment` what they say.
pub(crate) fn integrity(
    table: &VoteTable,
    places: &[usize],
    counts: &[[u64; 3]],
    assessment: &Assessment,
    method: &Method,
) -> Integrity {
    let mut rows = Rows::of(table);
    let bursts = bursts::find(&mut rows);
    let alike = alike::find(&mut rows, places, counts);
    let channels = channels::find(&mut rows);
    let ballots = rows.suspicious.iter().filter(|one| **one).count() as u64;
    let relabelled = if ballots == 0 {
        Vec::new()
    } else {
        let left = rows.counts_without(places, counts);
        relabelled(table, places, &left, assessment, method)
    };
    Integrity { bursts, alike, channels, ballots, relabelled }
}

/// Labels made anew from what is left, by the same method.
fn relabelled(
    table: &VoteTable,
    places: &[usize],
    left: &[[u64; 3]],
    assessment: &Assessment,
    method: &Method,
) -> Vec<LabelChange> {
    let without = assess_labels(left, method);
    let compare = |(row, &place): (usize, &usize)| {
        let (label, other) = (assessment.label(row), without.label(row));
        let proposal = table.cards()[place].number;
        (label != other).then(|| LabelChange { proposal, label, without: other, counts: left[row].into() })
    };
    places.iter().enumerate().filter_map(compare).collect()
}
