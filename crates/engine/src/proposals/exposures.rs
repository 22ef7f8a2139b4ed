//! Exposures: cards shown, counted in memory as sequences are served, added to the records every few seconds.
//!
//! Exposures are not votes: a process that is killed loses those of the last interval, and an addition of
//! unknown outcome is not repeated. They tell which cards lack attention, and how uneven it was.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gd_domain::{ItemNumber, PollId};

use crate::port_error::{PortErrorKind, PortResult};
use crate::proposals::ports::Ports;

/// Exposures by item; items never shown are absent.
pub type ExposureTotals = BTreeMap<ItemNumber, u64>;

/// The exposures of one poll, as far as this process knows.
#[derive(Debug, Default)]
pub(crate) struct ExposureCounts {
    counts: Mutex<Counts>,
    recording: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Counts {
    /// By all processes, as last read.
    on_record: Arc<ExposureTotals>,
    /// By this process, on the way to the records.
    under_way: ExposureTotals,
    /// By this process since.
    waiting: ExposureTotals,
}

/// The exposures at one instant.
pub(crate) struct ItemExposures {
    on_record: Arc<ExposureTotals>,
    more: ExposureTotals,
}

impl ItemExposures {
    pub(crate) fn of(&self, number: ItemNumber) -> u64 {
        let times = |exposures: &ExposureTotals| exposures.get(&number).copied().unwrap_or(0);
        times(&self.on_record) + times(&self.more)
    }
}

impl ExposureCounts {
    /// Counts one exposure of each.
    pub(crate) fn note(&self, cards: &[ItemNumber]) {
        let mut counts = self.counts();
        for &number in cards {
            *counts.waiting.entry(number).or_default() += 1;
        }
    }

    pub(crate) fn shown(&self) -> ItemExposures {
        let counts = self.counts();
        let mut more = counts.waiting.clone();
        add(&mut more, &counts.under_way);
        ItemExposures { on_record: Arc::clone(&counts.on_record), more }
    }

    /// Adds this process's exposures to the records, and reads there those of all processes. Does nothing
    /// where nothing was shown.
    pub(crate) async fn record(&self, ports: &Ports, poll: PollId) -> PortResult<()> {
        let _one_at_a_time = self.recording.lock().await;
        let Some(additions) = self.begin() else { return Ok(()) };
        let added = ports.exposures.add(poll, &additions).await;
        self.settle(added.as_ref().err().map(|failure| failure.kind));
        added?;
        let on_record = Arc::new(ports.exposures.shown(poll).await?);
        self.counts().on_record = on_record;
        Ok(())
    }

    /// Whether nothing waits to be added to the records.
    pub(crate) fn is_recorded(&self) -> bool {
        let counts = self.counts();
        counts.waiting.is_empty() && counts.under_way.is_empty()
    }

    fn begin(&self) -> Option<Vec<(ItemNumber, u64)>> {
        let mut counts = self.counts();
        if counts.waiting.is_empty() {
            return None;
        }
        counts.under_way = std::mem::take(&mut counts.waiting);
        Some(counts.under_way.iter().map(|(&number, &times)| (number, times)).collect())
    }

    /// The counts under way are on record, wait again, or (when nobody can tell) are taken for recorded: the
    /// next reading shows whether they are.
    fn settle(&self, failure: Option<PortErrorKind>) {
        let mut counts = self.counts();
        let under_way = std::mem::take(&mut counts.under_way);
        if failure == Some(PortErrorKind::Unavailable) {
            add(&mut counts.waiting, &under_way);
        } else {
            add(Arc::make_mut(&mut counts.on_record), &under_way);
        }
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn add(sum: &mut ExposureTotals, more: &ExposureTotals) {
    for (&number, &times) in more {
        *sum.entry(number).or_default() += times;
    }
}
