//! The spread of votes over the proposals. A result is only as good as its coverage.

use super::table::Table;
use super::teller::Teller;
use crate::report::figures;
use crate::report::pictures::histogram::{Bin, COVERED_VOTES_MIN, Histogram, bins};

/// The histogram of votes a proposal, and its figures.
pub(crate) struct CoveragePart {
    pub(crate) drawing: Histogram,
    pub(crate) sentences: Vec<String>,
    pub(crate) table: Table,
}

impl CoveragePart {
    /// None where there is nothing to vote on.
    pub(crate) fn of(teller: Teller<'_>) -> Option<Self> {
        let mut votes: Vec<u64> = teller.report.published().map(|proposal| proposal.counts.total()).collect();
        votes.sort_unstable();
        let middle = *votes.get(votes.len() / 2)?;
        let bins = bins(&votes);
        let total = votes.len() as u64;
        let covered = total - votes.partition_point(|&votes| votes < COVERED_VOTES_MIN) as u64;
        let headline = teller.say(
            "coverage-story",
            &[
                ("covered", teller.percent_of(covered, total).into()),
                ("least", COVERED_VOTES_MIN.into()),
                ("middle", teller.number(middle).into()),
            ],
        );
        let mut sentences = vec![headline.clone()];
        sentences.extend(evenness(teller));
        let drawing = Histogram::new(teller.language, teller.say("coverage-title", &[]), headline, &bins);
        let row = |bin: &Bin| {
            let votes = if bin.votes_min == bin.votes_max {
                teller.number(bin.votes_min)
            } else {
                format!("{}–{}", teller.number(bin.votes_min), teller.number(bin.votes_max))
            };
            vec![votes, teller.number(bin.proposals), teller.percent_of(bin.proposals, total)]
        };
        let heads = ["coverage-axis", "figure-proposals", "figures-part"];
        let table = teller.table("coverage-title", &heads, bins.iter().map(row).collect());
        Some(Self { drawing, sentences, table })
    }
}

fn evenness(teller: Teller<'_>) -> Vec<String> {
    let Some(exposure) = &teller.report.exposure else { return Vec::new() };
    let gini = |value: f64| figures::decimal(teller.language, value, 2);
    let mut sentences = vec![teller.say("coverage-gini", &[("gini", gini(exposure.gini_ballots).into())])];
    if let (Some(shown), Some(of_exposures)) = (exposure.shown, exposure.gini_exposures) {
        let figures = [("count", shown.into()), ("gini", gini(of_exposures).into())];
        sentences.push(teller.say("coverage-shown", &figures));
    }
    if let Some(rate) = exposure.response_rate {
        sentences.push(teller.say("coverage-answered", &[("share", teller.percent(rate).into())]));
    }
    sentences
}
