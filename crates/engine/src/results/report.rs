//! Live totals and reports, for those who may see them.

use std::sync::Arc;

use gd_domain::{Action, ConsultationId, Figures, Position, ResultsVisibility, Timestamp};
use thiserror::Error;

use crate::consultation::catalogue::CatalogueEntry;
use crate::engine::{Engine, Lookup};
use crate::ports::{PortError, PortResult, ReportKind, StoredReport};
use crate::voting::totals::{self, LiveTotals};

/// How old the answer to "which report is shown" may be, in milliseconds.
pub const REPORT_AGE_MAX_MS: i64 = 500;

/// The report that is shown, as far as this process knows.
#[derive(Debug, Default)]
pub(crate) struct ShownReport {
    looked_at: Option<Timestamp>,
    report: Option<Arc<StoredReport>>,
}

/// Why results are not shown.
#[derive(Debug, Error)]
pub enum ResultsError {
    /// No such consultation.
    #[error("there is no consultation at this address")]
    NotFound,
    /// The organizer shows results later.
    #[error("the results are not public yet")]
    Hidden,
    /// They could not be read.
    #[error(transparent)]
    Port(PortError),
}

impl Engine {
    /// The counts of every proposal, at most [`TALLIES_AGE_MAX_MS`](crate::TALLIES_AGE_MAX_MS) behind the projection; more while the
    /// counters are out of reach, as much as counting in SQL takes a dozen times.
    ///
    /// # Errors
    /// [`ResultsError`].
    pub async fn tallies(
        &self,
        slug: &str,
        now: Timestamp,
    ) -> Result<(Lookup, Arc<LiveTotals>), ResultsError> {
        let lookup = self.find(slug, Action::Read, now)?;
        if !self.results_are_visible(&lookup, now).await? {
            return Err(ResultsError::Hidden);
        }
        let totals = self.totals(&lookup.entry, now).await?;
        Ok((lookup, totals))
    }

    /// The report the public sees: the latest published one, else the live one where results are live. Read
    /// once for all who ask, and looked for again after [`REPORT_AGE_MAX_MS`].
    ///
    /// # Errors
    /// [`ResultsError::Hidden`] when there is none to see yet and results are not live.
    pub async fn report(
        &self,
        slug: &str,
        now: Timestamp,
    ) -> Result<(Lookup, Option<Arc<StoredReport>>), ResultsError> {
        let lookup = self.find(slug, Action::Read, now)?;
        let report = self.last_report(&lookup, now).await?;
        if !is_published(report.as_ref()) && !results_are_live(&lookup) {
            return Err(ResultsError::Hidden);
        }
        Ok((lookup, report))
    }

    /// The report to show, if there is any, whether or not it may be shown.
    async fn last_report(&self, lookup: &Lookup, now: Timestamp) -> PortResult<Option<Arc<StoredReport>>> {
        let mut shown = lookup.entry.shown_report.lock().await;
        let age_ms = shown.looked_at.map(|at| now.as_millis() - at.as_millis());
        if !age_ms.is_some_and(|age_ms| (0..REPORT_AGE_MAX_MS).contains(&age_ms)) {
            let last = shown.report.take();
            shown.report = self.look_for_report(lookup, last).await?;
            shown.looked_at = Some(now);
        }
        Ok(shown.report.clone())
    }

    /// The report to show; the last one if it is still that, so that nothing is read twice.
    async fn look_for_report(
        &self,
        lookup: &Lookup,
        last: Option<Arc<StoredReport>>,
    ) -> PortResult<Option<Arc<StoredReport>>> {
        let id = lookup.entry.id;
        for kind in [ReportKind::Published, ReportKind::Live] {
            let Some(made_at) = self.ports.reports.latest_made_at(id, kind).await? else { continue };
            return match last {
                Some(last) if last.kind == kind && last.made_at == made_at => Ok(Some(last)),
                _ => Ok(self.ports.reports.latest(id, kind).await?.map(Arc::new)),
            };
        }
        Ok(None)
    }

    /// Whether the public may see results: they are live, or a report is published. Every page asks, so the
    /// records are looked at once for all, as [`Engine::report`] does.
    ///
    /// # Errors
    /// Of the ports.
    pub async fn results_are_visible(&self, lookup: &Lookup, now: Timestamp) -> PortResult<bool> {
        Ok(results_are_live(lookup) || is_published(self.last_report(lookup, now).await?.as_ref()))
    }

    /// What a consultation has gathered so far.
    ///
    /// # Errors
    /// Of the ports.
    pub async fn figures(&self, lookup: &Lookup, now: Timestamp) -> PortResult<Figures> {
        let totals = self.live_totals(lookup, now).await?;
        Ok(lookup.figures(&totals))
    }

    /// The totals that figures and public answers are made of, whether or not results are shown: what is
    /// said of single proposals goes through [`Engine::tallies`].
    ///
    /// # Errors
    /// Of the ports.
    pub async fn live_totals(&self, lookup: &Lookup, now: Timestamp) -> PortResult<Arc<LiveTotals>> {
        self.totals(&lookup.entry, now).await
    }

    /// Records a report.
    ///
    /// # Errors
    /// Of the ports.
    pub async fn save_report(
        &self,
        consultation: ConsultationId,
        kind: ReportKind,
        position: Position,
        body: String,
    ) -> PortResult<()> {
        let report = StoredReport { kind, made_at: self.now(), position, body };
        self.ports.reports.save(consultation, &report).await?;
        if let Some(entry) = self.catalogue.by_id(consultation) {
            entry.shown_report.lock().await.looked_at = None;
        }
        Ok(())
    }

    /// The latest live report of a consultation.
    ///
    /// # Errors
    /// Of the ports.
    pub async fn live_report(&self, consultation: ConsultationId) -> PortResult<Option<StoredReport>> {
        self.ports.reports.latest(consultation, ReportKind::Live).await
    }

    /// When the latest live report of a consultation was made, if there is one.
    ///
    /// # Errors
    /// Of the ports.
    pub async fn live_report_made_at(&self, consultation: ConsultationId) -> PortResult<Option<Timestamp>> {
        self.ports.reports.latest_made_at(consultation, ReportKind::Live).await
    }

    /// The totals to show now, read at most once a second for all who ask.
    pub(crate) async fn totals(
        &self,
        entry: &Arc<CatalogueEntry>,
        now: Timestamp,
    ) -> PortResult<Arc<LiveTotals>> {
        totals::totals(&self.ports, entry, now).await
    }
}

impl Lookup {
    /// What the consultation has gathered, by these totals of it.
    #[must_use]
    pub fn figures(&self, totals: &LiveTotals) -> Figures {
        Figures {
            proposals: u64::try_from(self.view.published().len()).unwrap_or(u64::MAX),
            ballots: totals.ballots(),
            participants: totals.participants(),
        }
    }
}

fn is_published(report: Option<&Arc<StoredReport>>) -> bool {
    report.is_some_and(|report| report.kind == ReportKind::Published)
}

fn results_are_live(lookup: &Lookup) -> bool {
    lookup.view.consultation.description.rules.results == ResultsVisibility::Live
}
