//! Measurements of a run: by kind of request, and by second.

use std::collections::BTreeMap;
use std::time::Instant;

use hdrhistogram::Histogram;
use serde::{Serialize, Serializer};

use crate::measure::{LATENCY_DIGITS, histogram, record};
use crate::outcomes::Outcomes;

/// Significant digits of the latencies of one second: enough for a plot.
const SECOND_DIGITS: u8 = 2;

/// Most seconds told apart; what comes later counts into the last.
const SECONDS_MAX: usize = 7_200;

/// Kinds of requests, in the order of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Propose,
    Sequence,
    Cast,
    Change,
    Retract,
    Repeat,
    Landing,
    VotePage,
    Results,
    Tallies,
    Proposals,
}

impl Kind {
    /// As it is written everywhere.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Propose => "propose",
            Self::Sequence => "sequence",
            Self::Cast => "cast",
            Self::Change => "change",
            Self::Retract => "retract",
            Self::Repeat => "repeat",
            Self::Landing => "landing",
            Self::VotePage => "vote_page",
            Self::Results => "results",
            Self::Tallies => "tallies",
            Self::Proposals => "proposals",
        }
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// The measurements of a run.
pub(crate) struct Record {
    /// The instant that seconds count from.
    origin: Instant,
    last_due: Instant,
    last_answer: Instant,
    /// The one kind that is followed second by second; all of them if none is named.
    followed: Option<Kind>,
    pub(crate) kinds: BTreeMap<Kind, KindRecord>,
    /// The outcomes of the ballots.
    pub(crate) outcomes: Outcomes,
    pub(crate) seconds: Vec<Second>,
}

/// One kind of requests.
pub(crate) struct KindRecord {
    pub(crate) offered: u64,
    pub(crate) answered: u64,
    /// Sent again after 503 or a broken connection.
    pub(crate) retries: u64,
    /// Exchanges that ended without an answer.
    pub(crate) broken: u64,
    /// Answers by status, those that were followed by a retry too.
    pub(crate) statuses: BTreeMap<u16, u64>,
    /// Microseconds from the instant the request was due to its answer, retries included.
    pub(crate) latency: Histogram<u64>,
}

/// The measurements of one second.
#[derive(Default)]
pub(crate) struct Second {
    /// Requests that were due in it.
    pub(crate) offered: u64,
    /// Answers that came in it.
    pub(crate) answered: u64,
    /// Latencies of the requests that were due in it, once there is one.
    pub(crate) latency: Option<Box<Histogram<u64>>>,
}

impl Record {
    pub(crate) fn new(followed: Option<Kind>) -> Self {
        let now = Instant::now();
        Self {
            origin: now,
            last_due: now,
            last_answer: now,
            followed,
            kinds: BTreeMap::new(),
            outcomes: Outcomes::default(),
            seconds: Vec::new(),
        }
    }

    /// Counts seconds from now on.
    pub(crate) fn begin(&mut self, origin: Instant) {
        (self.origin, self.last_due, self.last_answer) = (origin, origin, origin);
    }

    pub(crate) fn offered(&mut self, kind: Kind, due: Instant) {
        // Repeats are due once there is an answer: they do not tell how long the schedule was.
        if kind != Kind::Repeat && self.followed.is_none_or(|followed| followed == kind) {
            self.last_due = self.last_due.max(due);
        }
        self.of(kind).offered += 1;
        if let Some(second) = self.second(kind, due) {
            second.offered += 1;
        }
    }

    pub(crate) fn answered(&mut self, kind: Kind, due: Instant, now: Instant, status: u16) {
        let latency = now.saturating_duration_since(due);
        self.last_answer = self.last_answer.max(now);
        let of_kind = self.of(kind);
        of_kind.answered += 1;
        *of_kind.statuses.entry(status).or_default() += 1;
        record(&mut of_kind.latency, latency);
        if let Some(second) = self.second(kind, due) {
            record(second.latency.get_or_insert_with(|| Box::new(histogram(SECOND_DIGITS))), latency);
        }
        if let Some(second) = self.second(kind, now) {
            second.answered += 1;
        }
    }

    /// An answer that is not what was asked for.
    pub(crate) fn refused(&mut self, kind: Kind, status: u16) {
        *self.of(kind).statuses.entry(status).or_default() += 1;
    }

    pub(crate) fn broken(&mut self, kind: Kind) {
        self.of(kind).broken += 1;
    }

    pub(crate) fn repeated(&mut self, kind: Kind) {
        self.of(kind).retries += 1;
    }

    /// Seconds in which requests were due, and seconds until the last answer.
    pub(crate) fn spans(&self) -> (f64, f64) {
        let since = |instant: Instant| instant.saturating_duration_since(self.origin).as_secs_f64();
        (since(self.last_due), since(self.last_answer))
    }

    /// Requests offered and answered of what is followed.
    pub(crate) fn followed(&self) -> (u64, u64) {
        let sum = |count: fn(&Second) -> u64| self.seconds.iter().map(count).sum();
        (sum(|second| second.offered), sum(|second| second.answered))
    }

    /// The kind of request that the seconds count, in words.
    pub(crate) fn followed_name(&self) -> &'static str {
        self.followed.map_or("all", Kind::name)
    }

    /// The sum over all kinds of request.
    pub(crate) fn total(&self) -> KindRecord {
        let mut total = KindRecord::new();
        self.kinds.values().for_each(|kind| total.add(kind));
        total
    }

    fn of(&mut self, kind: Kind) -> &mut KindRecord {
        self.kinds.entry(kind).or_insert_with(KindRecord::new)
    }

    fn second(&mut self, kind: Kind, instant: Instant) -> Option<&mut Second> {
        if self.followed.is_some_and(|followed| followed != kind) {
            return None;
        }
        let since = instant.checked_duration_since(self.origin)?;
        let place = usize::try_from(since.as_secs()).unwrap_or(SECONDS_MAX).min(SECONDS_MAX - 1);
        if self.seconds.len() <= place {
            self.seconds.resize_with(place + 1, Second::default);
        }
        Some(&mut self.seconds[place])
    }
}

impl KindRecord {
    fn new() -> Self {
        Self {
            offered: 0,
            answered: 0,
            retries: 0,
            broken: 0,
            statuses: BTreeMap::new(),
            latency: histogram(LATENCY_DIGITS),
        }
    }

    pub(crate) fn unanswered(&self) -> u64 {
        self.offered - self.answered
    }

    fn add(&mut self, other: &Self) {
        self.offered += other.offered;
        self.answered += other.answered;
        self.retries += other.retries;
        self.broken += other.broken;
        for (&status, count) in &other.statuses {
            *self.statuses.entry(status).or_default() += count;
        }
        self.latency.add(&other.latency).expect("histograms of the same bounds");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn what_a_stall_held_up_is_late_by_the_second_it_was_due_in() {
        let mut record = Record::new(None);
        let at = |ms| record.origin + Duration::from_millis(ms);
        let (first, last) = (at(900), at(2_100));
        for due in [first, first, last] {
            record.offered(Kind::Cast, due);
            record.answered(Kind::Cast, due, last, 200);
        }
        let counts = record.seconds.iter().map(|second| (second.offered, second.answered));
        assert_eq!(counts.collect::<Vec<_>>(), [(2, 0), (0, 0), (1, 3)]);
        let total = record.total();
        assert_eq!(total.latency.count_between(1_150_000, 1_250_000), 2);
        assert_eq!(total.latency.count_between(0, 1_000), 1);
    }

    #[test]
    fn only_the_kind_that_is_followed_is_in_the_seconds() {
        let mut record = Record::new(Some(Kind::Cast));
        record.offered(Kind::Sequence, record.origin);
        assert!(record.seconds.is_empty());
        record.offered(Kind::Cast, record.origin);
        assert_eq!((record.seconds.len(), record.total().unanswered()), (1, 2));
    }
}
