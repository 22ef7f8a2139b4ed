//! Figures as they are printed and written.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::check::Verdict;
use crate::measure::Measure;

/// Most differences printed; the JSON has all of them.
const DIFFERENCES_PRINTED_MAX: usize = 10;

/// A measure as it is written.
#[derive(Serialize)]
pub(crate) struct Figures {
    pub(crate) acknowledged: u64,
    first_on_the_proposal: u64,
    changes: u64,
    refused: BTreeMap<String, u64>,
    unknown: u64,
    requests: u64,
    seconds: f64,
    pub(crate) ballots_per_second: f64,
    statuses: BTreeMap<u16, u64>,
    broken_connections: u64,
    latency_ms: Latency,
}

#[derive(Serialize)]
struct Latency {
    p50: f64,
    p90: f64,
    p99: f64,
    p999: f64,
    max: f64,
}

impl From<&Measure> for Figures {
    fn from(measure: &Measure) -> Self {
        let latency_ms = Latency {
            p50: measure.latency_ms(50.0),
            p90: measure.latency_ms(90.0),
            p99: measure.latency_ms(99.0),
            p999: measure.latency_ms(99.9),
            max: measure.latency_ms(100.0),
        };
        Self {
            acknowledged: measure.acknowledged(),
            first_on_the_proposal: measure.first,
            changes: measure.changes,
            refused: measure.refused.clone(),
            unknown: measure.unknown,
            requests: measure.requests,
            seconds: measure.elapsed.as_secs_f64(),
            ballots_per_second: measure.ballots_per_second(),
            statuses: measure.statuses.clone(),
            broken_connections: measure.broken,
            latency_ms,
        }
    }
}

impl Figures {
    /// The lines of the table.
    pub(crate) fn print(&self) {
        let refused = self.refused.values().sum::<u64>();
        line(
            "acknowledged",
            &format!(
                "{} ballots: {} first on their proposal, {} changes ({refused} refused, {} of unknown outcome)",
                self.acknowledged, self.first_on_the_proposal, self.changes, self.unknown
            ),
        );
        if refused > 0 {
            line("refused", &list(&self.refused));
        }
        let rate = format!(
            "{:.0} ballots/s: {} requests in {:.2} s",
            self.ballots_per_second, self.requests, self.seconds
        );
        line("rate", &rate);
        let Latency { p50, p90, p99, p999, max } = self.latency_ms;
        line(
            "latency",
            &format!("ms p50 {p50:.2}, p90 {p90:.2}, p99 {p99:.2}, p99.9 {p999:.2}, max {max:.2}"),
        );
        line("answers", &format!("{}; {} broken connections", list(&self.statuses), self.broken_connections));
    }
}

impl Verdict {
    /// The lines of the table.
    pub(crate) fn print(&self) {
        let compared = format!(
            "{} proposals by choice and qualification ({} ms after the last answer), {} participants' own ballots",
            self.proposals, self.tallies_after_ms, self.participants
        );
        line("compared", &compared);
        for difference in self.differences.iter().take(DIFFERENCES_PRINTED_MAX) {
            line("DIFFERENT", difference);
        }
        match self.differences.len() {
            0 => line("verdict", "every acknowledged ballot stands, and nothing else is counted"),
            count => line("verdict", &format!("{count} differences")),
        }
    }
}

/// One line of a table.
pub(crate) fn line(name: &str, text: &str) {
    println!("  {name:<13} {text}");
}

fn list(counts: &BTreeMap<impl std::fmt::Display, u64>) -> String {
    counts.iter().map(|(name, count)| format!("{name}: {count}")).collect::<Vec<_>>().join(", ")
}
