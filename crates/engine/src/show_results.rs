//! Live totals and reports, for those who may see them.

use std::sync::Arc;

use gd_domain::{Action, ConsultationId, Deltas, Figures, Position, ResultsVisibility, Timestamp};
use thiserror::Error;

use crate::catalogue::CatalogueEntry;
use crate::engine::{Engine, Lookup};
use crate::ports::{PortError, PortResult, ReportKind, StoredReport, Totals};

/// How old totals may be when they are shown, in milliseconds: they are read once for all who ask.
pub const TALLIES_AGE_MAX_MS: i64 = 1_000;

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
    /// The counts of every proposal, at most [`TALLIES_AGE_MAX_MS`] behind the projection.
    ///
    /// # Errors
    /// [`ResultsError`].
    pub async fn tallies(&self, slug: &str, now: Timestamp) -> Result<(Lookup, Arc<Totals>), ResultsError> {
        let lookup = self.find(slug, Action::Read, now)?;
        if !self.results_are_visible(&lookup).await? {
            return Err(ResultsError::Hidden);
        }
        let totals = self.totals(&lookup.entry, now).await?;
        Ok((lookup, totals))
    }

    /// The report the public sees: the latest published one, else the live one where results are live.
    ///
    /// # Errors
    /// [`ResultsError::Hidden`] when there is none to see yet and results are not live.
    pub async fn report(
        &self,
        slug: &str,
        now: Timestamp,
    ) -> Result<(Lookup, Option<StoredReport>), ResultsError> {
        let lookup = self.find(slug, Action::Read, now)?;
        let id = lookup.entry.id;
        if let Some(report) = self.ports.reports.latest(id, ReportKind::Published).await? {
            return Ok((lookup, Some(report)));
        }
        if !results_are_live(&lookup) {
            return Err(ResultsError::Hidden);
        }
        let report = self.ports.reports.latest(id, ReportKind::Live).await?;
        Ok((lookup, report))
    }

    /// Whether the public may see results: they are live, or a report is published.
    ///
    /// # Errors
    /// Of the ports.
    pub async fn results_are_visible(&self, lookup: &Lookup) -> PortResult<bool> {
        if results_are_live(lookup) {
            return Ok(true);
        }
        let published = self.ports.reports.latest_made_at(lookup.entry.id, ReportKind::Published).await?;
        Ok(published.is_some())
    }

    /// What a consultation has gathered so far.
    ///
    /// # Errors
    /// Of the ports.
    pub async fn figures(&self, lookup: &Lookup, now: Timestamp) -> PortResult<Figures> {
        let totals = self.totals(&lookup.entry, now).await?;
        let count = |number: i64| u64::try_from(number).unwrap_or(0);
        Ok(Figures {
            proposals: u64::try_from(lookup.view.published().len()).unwrap_or(u64::MAX),
            ballots: count(totals.counts.ballots()),
            participants: count(totals.counts.participants),
        })
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
        self.ports.reports.save(consultation, &report).await
    }

    /// The latest live report of a consultation.
    ///
    /// # Errors
    /// Of the ports.
    pub async fn live_report(&self, consultation: ConsultationId) -> PortResult<Option<StoredReport>> {
        self.ports.reports.latest(consultation, ReportKind::Live).await
    }

    /// The totals from the counters, read at most once in [`TALLIES_AGE_MAX_MS`]; from SQL while the
    /// counters are empty or out of reach.
    pub(crate) async fn totals(&self, entry: &CatalogueEntry, now: Timestamp) -> PortResult<Arc<Totals>> {
        let mut cache = entry.totals_cache.lock().await;
        if let Some((read_at, totals)) = cache.as_ref() {
            let age_ms = now.as_millis() - read_at.as_millis();
            if (0..TALLIES_AGE_MAX_MS).contains(&age_ms) {
                return Ok(Arc::clone(totals));
            }
        }
        let counted = match self.ports.counters.totals(entry.id).await {
            Ok(Some(totals)) => totals,
            Ok(None) => self.count_in_sql(entry).await?,
            Err(failure) => {
                tracing::warn!(consultation = entry.id.0, %failure, "the counters could not be read; counting in SQL");
                self.count_in_sql(entry).await?
            }
        };
        let totals = Arc::new(counted);
        *cache = Some((now, Arc::clone(&totals)));
        Ok(totals)
    }

    async fn count_in_sql(&self, entry: &CatalogueEntry) -> PortResult<Totals> {
        let (state, counts): (_, Deltas) = self.ports.standing_ballots.count(entry.id).await?;
        Ok(Totals { state, counts })
    }
}

fn results_are_live(lookup: &Lookup) -> bool {
    lookup.view.consultation.description.rules.results == ResultsVisibility::Live
}
