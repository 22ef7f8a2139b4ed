//! Vitals: the records, the clock and the counters, looked at when a load balancer asks.

use std::time::Duration;

use gd_domain::Timestamp;
use tokio::sync::Mutex;
use tokio::time::timeout;

use crate::running::Running;
use crate::voting::ports::Counters;

/// Greatest age of an answer, in milliseconds: each new one costs a small commit.
pub const VITALS_AGE_MAX_MS: i64 = 1_000;

/// Time that records and counters have to answer.
const ANSWER_TIMEOUT: Duration = Duration::from_millis(1_500);

/// Interval at which this process's clock is compared with the records', in milliseconds.
const CLOCK_INTERVAL_MS: i64 = 60_000;

/// Greatest distance of the two, in milliseconds: calendars are judged by the instants servers stamp.
const CLOCK_SKEW_MAX_MS: i64 = 1_000;

/// Something a process lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Records cannot be written: nothing works.
    Records,
    /// The clock is more than a second away from the records': votes would be stamped wrongly.
    Clock,
    /// The live counters are out of reach: voting goes on, totals are counted in SQL.
    Counters,
}

impl Missing {
    /// Whether requests should go to another server.
    #[must_use]
    pub const fn is_fatal(self) -> bool {
        matches!(self, Self::Records | Self::Clock)
    }

    /// The word for readiness answers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Records => "records",
            Self::Clock => "clock",
            Self::Counters => "counters",
        }
    }
}

/// The last answers.
#[derive(Debug, Default)]
pub(crate) struct Vitals {
    last: Mutex<Last>,
}

#[derive(Debug, Default)]
struct Last {
    at: Option<Timestamp>,
    missing: Vec<Missing>,
    clock_at: Option<Timestamp>,
    clock_is_off: bool,
}

impl Vitals {
    pub(crate) async fn missing(
        &self,
        running: &Running,
        counters: &dyn Counters,
        now: Timestamp,
    ) -> Vec<Missing> {
        let mut last = self.last.lock().await;
        if !is_older(last.at, now, VITALS_AGE_MAX_MS) {
            return last.missing.clone();
        }
        let (records, counters) = tokio::join!(
            timeout(ANSWER_TIMEOUT, running.ports.heartbeat.beat(now)),
            timeout(ANSWER_TIMEOUT, counters.check())
        );
        let mut missing = Vec::new();
        if answered(records, "the records cannot be written") {
            last.look_at_the_clock(running, now).await;
        } else {
            missing.push(Missing::Records);
        }
        if last.clock_is_off {
            missing.push(Missing::Clock);
        }
        if !answered(counters, "the counters cannot be reached") {
            missing.push(Missing::Counters);
        }
        last.at = Some(now);
        last.missing.clone_from(&missing);
        missing
    }
}

impl Last {
    async fn look_at_the_clock(&mut self, running: &Running, now: Timestamp) {
        if !self.clock_is_off && !is_older(self.clock_at, now, CLOCK_INTERVAL_MS) {
            return;
        }
        let before = running.now();
        let Ok(Ok(Some(theirs))) = timeout(ANSWER_TIMEOUT, running.ports.heartbeat.clock()).await else {
            return;
        };
        let after = running.now();
        self.clock_at = Some(now);
        // Theirs was read between the two.
        let early = before.as_millis() - theirs.as_millis();
        let late = theirs.as_millis() - after.as_millis();
        self.clock_is_off = early.max(late) > CLOCK_SKEW_MAX_MS;
        if self.clock_is_off {
            tracing::error!(
                ahead_ms = early,
                behind_ms = late,
                "this machine's clock is not the database's: set both by NTP"
            );
        }
    }
}

fn is_older(at: Option<Timestamp>, now: Timestamp, age_max_ms: i64) -> bool {
    at.is_none_or(|at| !(0..age_max_ms).contains(&(now.as_millis() - at.as_millis())))
}

fn answered<E: std::fmt::Display>(
    outcome: Result<Result<(), E>, tokio::time::error::Elapsed>,
    otherwise: &str,
) -> bool {
    match outcome {
        Ok(Ok(())) => return true,
        Ok(Err(failure)) => tracing::warn!(%failure, "{otherwise}"),
        Err(_) => tracing::warn!("{otherwise}: no answer in time"),
    }
    false
}
