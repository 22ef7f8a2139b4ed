//! Measurements taken while ballots were cast.

use std::collections::BTreeMap;
use std::time::Duration;

use hdrhistogram::Histogram;

use crate::outcomes::Outcomes;

/// The longest latency told apart, in microseconds; longer ones count as this long.
const LATENCY_MICROSECONDS_MAX: u64 = 600_000_000;

/// Significant digits of a latency.
pub(crate) const LATENCY_DIGITS: u8 = 3;

/// Figures of one connection, one round or a whole run; they add up.
pub(crate) struct Measure {
    /// Requests answered with 200.
    pub(crate) requests: u64,
    pub(crate) ballots: Outcomes,
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
        Self {
            requests: 0,
            ballots: Outcomes::default(),
            statuses: BTreeMap::new(),
            broken: 0,
            latency: histogram(LATENCY_DIGITS),
            elapsed: Duration::ZERO,
        }
    }

    pub(crate) fn record_latency(&mut self, latency: Duration) {
        record(&mut self.latency, latency);
    }

    /// Adds what another connection measured over the same time.
    pub(crate) fn add(&mut self, other: &Self) {
        self.requests += other.requests;
        self.ballots.add(&other.ballots);
        self.broken += other.broken;
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
        self.ballots.acknowledged() as f64 / self.elapsed.as_secs_f64().max(f64::EPSILON)
    }
}

/// A histogram of latencies, in microseconds; each digit costs ten times the memory.
pub(crate) fn histogram(digits: u8) -> Histogram<u64> {
    let latency = Histogram::new_with_bounds(1, LATENCY_MICROSECONDS_MAX, digits);
    latency.expect("constant bounds that the histogram allows")
}

pub(crate) fn record(histogram: &mut Histogram<u64>, latency: Duration) {
    histogram.saturating_record(u64::try_from(latency.as_micros()).unwrap_or(u64::MAX).max(1));
}

/// A latency in milliseconds below which the given percentage lies.
#[expect(clippy::cast_precision_loss, reason = "a latency, for reading")]
pub(crate) fn percentile_ms(histogram: &Histogram<u64>, percentile: f64) -> f64 {
    histogram.value_at_percentile(percentile) as f64 / 1_000.0
}
