//! What was measured while ballots were cast.

use std::collections::BTreeMap;
use std::time::Duration;

use hdrhistogram::Histogram;

/// The longest latency told apart, in microseconds; longer ones count as this long.
const LATENCY_MICROSECONDS_MAX: u64 = 600_000_000;

/// Significant digits of a latency.
const LATENCY_DIGITS: u8 = 3;

/// Figures of one connection, one round or a whole run; they add up.
pub(crate) struct Measure {
    /// Requests answered with 200.
    pub(crate) requests: u64,
    /// Ballots acknowledged that were the voter's first on the proposal.
    pub(crate) first: u64,
    /// Ballots acknowledged that changed an earlier one.
    pub(crate) changes: u64,
    /// Ballots refused, by code.
    pub(crate) refused: BTreeMap<String, u64>,
    /// Ballots of which nobody knows whether they were recorded, after all repeats.
    pub(crate) unknown: u64,
    /// Answers by status; those that were repeated count too.
    pub(crate) statuses: BTreeMap<u16, u64>,
    /// Exchanges that ended without an answer.
    pub(crate) broken: u64,
    /// Microseconds from the first sending of a request to its acknowledgement, repeats included.
    pub(crate) latency: Histogram<u64>,
    /// Time spent casting; time to draw cards is not in it.
    pub(crate) elapsed: Duration,
}

impl Measure {
    pub(crate) fn new() -> Self {
        let latency = Histogram::new_with_bounds(1, LATENCY_MICROSECONDS_MAX, LATENCY_DIGITS);
        Self {
            requests: 0,
            first: 0,
            changes: 0,
            refused: BTreeMap::new(),
            unknown: 0,
            statuses: BTreeMap::new(),
            broken: 0,
            latency: latency.expect("constant bounds that the histogram allows"),
            elapsed: Duration::ZERO,
        }
    }

    pub(crate) fn acknowledged(&self) -> u64 {
        self.first + self.changes
    }

    /// Ballots that are done with, one way or the other.
    pub(crate) fn ballots(&self) -> u64 {
        self.acknowledged() + self.refused.values().sum::<u64>() + self.unknown
    }

    pub(crate) fn record_latency(&mut self, latency: Duration) {
        self.latency.saturating_record(u64::try_from(latency.as_micros()).unwrap_or(u64::MAX).max(1));
    }

    /// Adds what another connection measured over the same time.
    pub(crate) fn add(&mut self, other: &Self) {
        self.requests += other.requests;
        self.first += other.first;
        self.changes += other.changes;
        self.unknown += other.unknown;
        self.broken += other.broken;
        for (code, count) in &other.refused {
            *self.refused.entry(code.clone()).or_default() += count;
        }
        for (&status, count) in &other.statuses {
            *self.statuses.entry(status).or_default() += count;
        }
        self.latency.add(&other.latency).expect("histograms of the same bounds");
    }

    /// Adds a later round.
    pub(crate) fn then(&mut self, later: &Self) {
        self.add(later);
        self.elapsed += later.elapsed;
    }

    /// Acknowledged ballots a second.
    #[expect(clippy::cast_precision_loss, reason = "a rate, for reading")]
    pub(crate) fn ballots_per_second(&self) -> f64 {
        self.acknowledged() as f64 / self.elapsed.as_secs_f64().max(f64::EPSILON)
    }

    /// A latency in milliseconds below which the given percentage of requests was acknowledged.
    #[expect(clippy::cast_precision_loss, reason = "a latency, for reading")]
    pub(crate) fn latency_ms(&self, percentile: f64) -> f64 {
        self.latency.value_at_percentile(percentile) as f64 / 1_000.0
    }
}
