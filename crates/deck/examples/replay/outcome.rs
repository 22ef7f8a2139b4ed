//! The achievement of a policy: the proposals that were heard, and the labels that the report can give.

use gd_analyzer::{Label, Method, label_counts};
use gd_domain::Thresholds;

use crate::replay::VotesSoFar;
use crate::world::World;

/// From so many votes on a proposal counts as covered.
pub const COVERED_VOTES: u32 = 30;

/// The figures of one replay.
#[derive(Clone, Copy, Debug, Default)]
pub struct Outcome {
    pub votes: f64,
    /// Share of proposals with [`COVERED_VOTES`] or more.
    pub coverage: f64,
    pub gini_votes: f64,
    pub gini_exposures: f64,
    /// Claims, and right ones, as shares of all proposals.
    pub settled: f64,
    pub right: f64,
    /// Share of the claims that is wrong.
    pub wrong: f64,
    /// Shares of the true consensus and controversies that are claimed as such.
    pub consensus_found: f64,
    pub controversy_found: f64,
}

/// A figure's name and how it is read.
pub type Figure = (&'static str, fn(&Outcome) -> f64);

impl Outcome {
    /// The figures printed for a replay.
    pub const FIGURES: [Figure; 9] = [
        ("votes, million", |one| one.votes / 1e6),
        ("proposals with 30 votes or more", |one| one.coverage),
        ("Gini of votes", |one| one.gini_votes),
        ("Gini of exposures", |one| one.gini_exposures),
        ("labels settled", |one| one.settled),
        ("of all proposals, settled and right", |one| one.right),
        ("of the settled, wrong", |one| one.wrong),
        ("true consensus found", |one| one.consensus_found),
        ("true controversies found", |one| one.controversy_found),
    ];

    pub fn of(world: &World, seen: &VotesSoFar) -> Self {
        let votes = seen.votes();
        let counts: Vec<[u64; 3]> = seen.counts.iter().map(|counts| counts.map(u64::from)).collect();
        let verdicts = label_counts(&counts, &Method::default());
        let labels: Vec<Label> = verdicts.iter().map(|verdict| verdict.label).collect();
        let thresholds = Thresholds::default();
        let truths: Vec<Label> =
            world.truths.iter().map(|truth| thresholds.label_at(truth[0], truth[1])).collect();
        let count = |is_one: &dyn Fn(Label, Label) -> bool| {
            labels.iter().zip(&truths).filter(|(label, truth)| is_one(**label, **truth)).count() as f64
        };
        let settled = count(&|label, _| label != Label::Undetermined);
        let right = count(&|label, truth| label == truth);
        let found = |wanted: Label| {
            count(&|label, truth| label == wanted && truth == wanted) / count(&|_, truth| truth == wanted)
        };
        let all = votes.len() as f64;
        Self {
            votes: votes.iter().copied().map(f64::from).sum(),
            coverage: votes.iter().filter(|&&votes| votes >= COVERED_VOTES).count() as f64 / all,
            gini_votes: gini(&votes),
            gini_exposures: gini(&seen.shown),
            settled: settled / all,
            right: right / all,
            wrong: (settled - right) / settled,
            consensus_found: found(Label::Consensus),
            controversy_found: found(Label::Controversy),
        }
    }
}

fn gini(values: &[u32]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let count = sorted.len() as f64;
    let all: f64 = sorted.iter().copied().map(f64::from).sum();
    let ranked: f64 = (1_u32..).zip(&sorted).map(|(rank, &value)| f64::from(rank) * f64::from(value)).sum();
    2.0 * ranked / (count * all) - (count + 1.0) / count
}
