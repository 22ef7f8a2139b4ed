//! Figures as they are printed and written.

use std::collections::BTreeMap;

use hdrhistogram::Histogram;
use serde::Serialize;

use crate::check::Verdict;
use crate::measure::{Measure, percentile_ms};
use crate::outcomes::Outcomes;

/// Most differences printed; the JSON has all of them.
const DIFFERENCES_PRINTED_MAX: usize = 10;

/// A measure as it is written.
#[derive(Serialize)]
pub(crate) struct Figures {
    pub(crate) acknowledged: u64,
    #[serde(flatten)]
    ballots: Outcomes,
    requests: u64,
    seconds: f64,
    pub(crate) ballots_per_second: f64,
    statuses: BTreeMap<u16, u64>,
    broken_connections: u64,
    latency_ms: Latency,
}

/// Percentiles, in milliseconds.
#[derive(Clone, Copy, Serialize)]
pub(crate) struct Latency {
    pub(crate) p50: f64,
    pub(crate) p90: f64,
    pub(crate) p99: f64,
    pub(crate) p999: f64,
    pub(crate) max: f64,
}

impl From<&Histogram<u64>> for Latency {
    fn from(latency: &Histogram<u64>) -> Self {
        let [p50, p90, p99, p999, max] =
            [50.0, 90.0, 99.0, 99.9, 100.0].map(|percentile| percentile_ms(latency, percentile));
        Self { p50, p90, p99, p999, max }
    }
}

impl From<&Measure> for Figures {
    fn from(measure: &Measure) -> Self {
        Self {
            acknowledged: measure.ballots.acknowledged(),
            ballots: measure.ballots.clone(),
            requests: measure.requests,
            seconds: measure.elapsed.as_secs_f64(),
            ballots_per_second: measure.ballots_per_second(),
            statuses: measure.statuses.clone(),
            broken_connections: measure.broken,
            latency_ms: Latency::from(&measure.latency),
        }
    }
}

impl Figures {
    /// The lines of the table.
    pub(crate) fn print(&self) {
        self.ballots.print();
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

impl Outcomes {
    /// The lines of the table.
    pub(crate) fn print(&self) {
        let (acknowledged, refused) = (self.acknowledged(), self.refused());
        let Self { first_on_the_proposal: first, changes, retractions, unknown, .. } = self;
        line(
            "acknowledged",
            &format!(
                "{acknowledged} ballots: {first} first on their proposal, {changes} changes ({refused} refused, {unknown} of unknown outcome)"
            ),
        );
        if *retractions > 0 {
            line("retracted", &format!("{retractions} ballots"));
        }
        if refused > 0 {
            line("refused", &list(&self.refused));
        }
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

pub(crate) fn list(counts: &BTreeMap<impl std::fmt::Display, u64>) -> String {
    counts.iter().map(|(name, count)| format!("{name}: {count}")).collect::<Vec<_>>().join(", ")
}
