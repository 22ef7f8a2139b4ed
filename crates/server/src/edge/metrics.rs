//! Metrics behind `/metrics`, in the Prometheus text format.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use gd_engine::{CastOutcome, LedgerLag};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

/// Upper bounds of the latency buckets: from 0.5 ms to about 8 s.
const LATENCY_BUCKETS: (f64, f64, u16) = (0.0005, 2.0, 15);

/// The counts of this process. Labels are fixed words, so that no client can create a new series.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    latency: Family<RouteLabels, Histogram>,
    ballots_recorded: Counter,
    ballots_refused: Family<RefusalLabels, Counter>,
    ledger_head: Family<ConsultationLabels, Gauge<u64, AtomicU64>>,
    projection_lag: Family<ConsultationLabels, Gauge<u64, AtomicU64>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    route: &'static str,
    method: &'static str,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    route: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RefusalLabels {
    code: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ConsultationLabels {
    consultation: String,
}

impl Default for Metrics {
    fn default() -> Self {
        let latency = || {
            let (start, factor, length) = LATENCY_BUCKETS;
            Histogram::new(exponential_buckets(start, factor, length))
        };
        let mut metrics = Self {
            registry: Registry::with_prefix("gd"),
            requests: Family::default(),
            latency: Family::new_with_constructor(latency),
            ballots_recorded: Counter::default(),
            ballots_refused: Family::default(),
            ledger_head: Family::default(),
            projection_lag: Family::default(),
        };
        metrics.register();
        metrics
    }
}

impl Metrics {
    fn register(&mut self) {
        let registry = &mut self.registry;
        registry.register("http_requests", "Requests served", self.requests.clone());
        let name = "http_request_duration_seconds";
        registry.register(name, "Time from a request's headers to its response", self.latency.clone());
        let name = "ballots_recorded";
        registry.register(name, "Ballots acknowledged as recorded", self.ballots_recorded.clone());
        registry.register("ballots_refused", "Ballots refused one by one", self.ballots_refused.clone());
        let name = "ledger_head";
        registry.register(name, "Position of the last event of the ledger", self.ledger_head.clone());
        let name = "projection_lag_events";
        registry.register(name, "Events of the ledger not projected yet", self.projection_lag.clone());
    }

    pub(crate) fn count_request(
        &self,
        route: &'static str,
        method: &'static str,
        status: u16,
        took: Duration,
    ) {
        self.requests.get_or_create(&RequestLabels { route, method, status }).inc();
        self.latency.get_or_create(&RouteLabels { route }).observe(took.as_secs_f64());
    }

    pub(crate) fn count_ballots(&self, outcome: &CastOutcome) {
        self.ballots_recorded.inc_by(u64::try_from(outcome.recorded).unwrap_or(0));
        for (_, refusal) in &outcome.refused {
            self.ballots_refused.get_or_create(&RefusalLabels { code: refusal.code() }).inc();
        }
    }

    pub(crate) fn text(&self, lags: Vec<LedgerLag>) -> String {
        for LedgerLag { slug, head, lag } in lags {
            let labels = ConsultationLabels { consultation: slug };
            self.ledger_head.get_or_create(&labels).set(head);
            self.projection_lag.get_or_create(&labels).set(lag);
        }
        let mut text = String::new();
        encode(&mut text, &self.registry).expect("writing into a string does not fail");
        text
    }
}
