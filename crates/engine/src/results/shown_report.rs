//! The report that the public sees: looked for twice a second at most, read once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use gd_domain::{ConsultationId, Timestamp};

use crate::port_error::{PortError, PortResult};
use crate::results::ports::{ReportKind, Reports, StoredReport};
use crate::running::Running;
use crate::single_flight::{Freshness, SingleFlight};

/// Greatest age of the answer to "which report is shown", in milliseconds.
pub const REPORT_AGE_MAX_MS: i64 = 500;

/// Time after which a report that nobody asks for is let go, in milliseconds.
const IDLE_MS: i64 = 10 * 60 * 1_000;

/// The newest report of a consultation at one instant.
#[derive(Debug)]
pub(crate) struct ShownReport {
    looked_at: Timestamp,
    /// The kind and the instant of the newest one; its body is read when somebody wants it.
    newest: Option<(ReportKind, Timestamp)>,
    body: SingleFlight<Option<Arc<StoredReport>>>,
}

impl ShownReport {
    pub(crate) fn is_published(&self) -> bool {
        self.newest.is_some_and(|(kind, _)| kind == ReportKind::Published)
    }
}

/// The newest reports, by consultation.
pub(crate) struct ShownReports {
    port: Arc<dyn Reports>,
    shown: Mutex<HashMap<ConsultationId, Arc<SingleFlight<ShownReport>>>>,
}

impl ShownReports {
    pub(crate) fn new(port: Arc<dyn Reports>) -> Self {
        Self { port, shown: Mutex::default() }
    }

    /// The newest report, published ones before live ones.
    pub(crate) async fn newest(&self, id: ConsultationId, now: Timestamp) -> PortResult<Arc<ShownReport>> {
        let port = Arc::clone(&self.port);
        let is_young = |shown: &ShownReport| {
            if Running::is_within(shown.looked_at, now, REPORT_AGE_MAX_MS) {
                Freshness::Fresh
            } else {
                Freshness::Expired
            }
        };
        let look = |last: Option<Arc<ShownReport>>| async move {
            let newest = newest_on_record(&*port, id).await?;
            let last = last.filter(|last| last.newest == newest).and_then(|last| last.body.last());
            let shown = ShownReport { looked_at: now, newest, body: SingleFlight::default() };
            if let Some(body) = last {
                let keep = |_| async move { Ok::<_, PortError>(Option::clone(&body)) };
                shown.body.get(|_| Freshness::Fresh, keep).await?;
            }
            Ok::<_, PortError>(shown)
        };
        self.cache(id).get(is_young, look).await
    }

    /// The body of the newest report; `None` where there is none.
    pub(crate) async fn body(
        &self,
        id: ConsultationId,
        shown: &ShownReport,
    ) -> PortResult<Option<Arc<StoredReport>>> {
        let (port, newest) = (Arc::clone(&self.port), shown.newest);
        let read = |_| async move {
            let Some((kind, _)) = newest else { return Ok(None) };
            Ok::<_, PortError>(port.latest(id, kind).await?.map(Arc::new))
        };
        Ok(Option::clone(&*shown.body.get(|_| Freshness::Fresh, read).await?))
    }

    /// Looks again at the next question.
    pub(crate) fn expire(&self, id: ConsultationId) {
        self.cache(id).expire();
    }

    /// Lets go of the reports that nobody has asked for of late.
    pub(crate) fn let_go(&self, now: Timestamp) {
        let is_asked_for = |cache: &Arc<SingleFlight<ShownReport>>| {
            cache.last().is_some_and(|shown| Running::is_within(shown.looked_at, now, IDLE_MS))
        };
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, cache| is_asked_for(cache));
    }

    fn cache(&self, id: ConsultationId) -> Arc<SingleFlight<ShownReport>> {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(shown.entry(id).or_default())
    }
}

async fn newest_on_record(
    port: &dyn Reports,
    id: ConsultationId,
) -> PortResult<Option<(ReportKind, Timestamp)>> {
    for kind in [ReportKind::Published, ReportKind::Live] {
        if let Some(made_at) = port.latest_made_at(id, kind).await? {
            return Ok(Some((kind, made_at)));
        }
    }
    Ok(None)
}
