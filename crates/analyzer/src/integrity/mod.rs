//! Signs that votes may not be what they seem: reported, never applied. Beside them the labels as they would be
//! without the ballots in question.
//!
//! Owns what looks suspicious and why; docs/METHOD.md, "Integrity signals". A sign is no proof: a poster in a
//! staff room makes a burst, friends vote alike, people met on paper differ from people met online. Must not
//! change a figure of the report, nor name a participant.

mod alike;
mod bursts;
mod channels;

use gd_domain::{ModerationStatus, ProposalNumber};
use serde::{Deserialize, Serialize};

pub use alike::Alike;
pub use bursts::Burst;
pub use channels::ChannelGap;

use crate::labels::assess::{Assessment, assess_labels};
use crate::{Counts, Label, Method, VoteTable};

/// The signs found, and what they would change.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Integrity {
    /// Minutes in which many more people voted than around them, in order of time.
    pub bursts: Vec<Burst>,
    /// Sets of participants whose ballots are all but the same, the largest first.
    pub alike: Vec<Alike>,
    /// Proposals on which a channel's ballots differ from the others', in order of their numbers.
    pub channels: Vec<ChannelGap>,
    /// Ballots on published proposals that any of these signs is about.
    pub ballots: usize,
    /// Proposals whose label would be another without these ballots.
    pub relabelled: Vec<Relabelled>,
}

/// A proposal's label with and without the ballots in question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relabelled {
    /// Which proposal.
    pub proposal: ProposalNumber,
    /// The label of the report.
    pub label: Label,
    /// The label without the ballots in question.
    pub without: Label,
    /// The ballots left.
    pub counts: Counts,
}

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
    let ballots = rows.suspicious.iter().filter(|one| **one).count();
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
) -> Vec<Relabelled> {
    let without = assess_labels(left, method);
    let compare = |(row, &place): (usize, &usize)| {
        let (label, other) = (assessment.label(row), without.label(row));
        let proposal = table.cards()[place].number;
        (label != other).then(|| Relabelled { proposal, label, without: other, counts: left[row].into() })
    };
    places.iter().enumerate().filter_map(compare).collect()
}

/// The table's rows, those on published proposals, and which of them a sign is about.
struct Rows<'a> {
    table: &'a VoteTable,
    /// By card.
    published: Vec<bool>,
    /// By row.
    suspicious: Vec<bool>,
}

impl<'a> Rows<'a> {
    fn of(table: &'a VoteTable) -> Self {
        let published = table.cards().iter().map(|card| card.status == ModerationStatus::Published).collect();
        Self { table, published, suspicious: vec![false; table.ballot_count()] }
    }

    fn is_published(&self, row: usize) -> bool {
        self.published[self.table.columns.proposal[row] as usize]
    }

    fn counts_without(&self, places: &[usize], counts: &[[u64; 3]]) -> Vec<[u64; 3]> {
        let mut row_of_card = vec![usize::MAX; self.table.cards().len()];
        for (row, &place) in places.iter().enumerate() {
            row_of_card[place] = row;
        }
        let mut left = counts.to_vec();
        let columns = &self.table.columns;
        for row in (0..columns.len()).filter(|row| self.suspicious[*row]) {
            left[row_of_card[columns.proposal[row] as usize]][columns.choice[row].index()] -= 1;
        }
        left
    }
}
