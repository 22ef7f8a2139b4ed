//! State of the area, and its questions: may results be seen, which report is shown, the figures so far.

use std::sync::Arc;

use gd_domain::{
    Action, ConsultationId, Figures, Position, ResultsVisibility, Scope, StaffAction, Timestamp,
};
use serde_json::json;
use thiserror::Error;

use crate::consultation::{Catalogue, Lookup, LookupError, ReadError};
use crate::participants::Participants;
use crate::port_error::{PortError, PortResult};
use crate::proposals::Proposals;
use crate::proposals::item_lists::ItemLists;
use crate::results::ports::{ReportKind, Reports, StoredReport};
use crate::results::ranked_orders::RankedOrders;
use crate::results::shown_report::ShownReports;
use crate::staff::{NotPermitted, Permit};
use crate::voting::{LiveTotals, Voting};

/// Live totals, orders by votes, and reports, for those who may see them.
pub struct Results {
    pub(crate) port: Arc<dyn Reports>,
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) participants: Arc<Participants>,
    pub(crate) voting: Arc<Voting>,
    pub(crate) proposals: Arc<Proposals>,
    pub(crate) lists: Arc<ItemLists>,
    pub(crate) ranked_orders: RankedOrders,
    shown: ShownReports,
}

/// Results are not shown.
#[derive(Debug, Error)]
pub enum ResultsError {
    /// There is no such consultation for the public.
    #[error(transparent)]
    Lookup(#[from] LookupError),
    /// The organizer shows results later.
    #[error("the results are not public yet")]
    Hidden,
    /// They could not be read.
    #[error(transparent)]
    Port(#[from] PortError),
}

impl From<ReadError> for ResultsError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Lookup(error) => Self::Lookup(error),
            ReadError::Port(failure) => Self::Port(failure),
        }
    }
}

/// A report was not published.
#[derive(Debug, Error)]
pub enum PublishError {
    /// The actor may not.
    #[error(transparent)]
    NotPermitted(#[from] NotPermitted),
    /// It could not be recorded.
    #[error(transparent)]
    Port(#[from] PortError),
}

impl Results {
    pub(crate) fn new(
        port: Arc<dyn Reports>,
        catalogue: Arc<Catalogue>,
        participants: Arc<Participants>,
        voting: Arc<Voting>,
        proposals: Arc<Proposals>,
    ) -> Self {
        let lists = Arc::clone(&proposals.lists);
        let (ranked_orders, shown) = (RankedOrders::default(), ShownReports::new(Arc::clone(&port)));
        Self { port, catalogue, participants, voting, proposals, lists, ranked_orders, shown }
    }

    /// The counts of every proposal, at most [`TALLIES_AGE_MAX_MS`](crate::TALLIES_AGE_MAX_MS) behind the projection;
    /// more while the counters are out of reach, as much as counting in SQL takes a dozen times.
    ///
    /// # Errors
    /// [`ResultsError`].
    pub async fn tallies(
        &self,
        slug: &str,
        now: Timestamp,
    ) -> Result<(Lookup, Arc<LiveTotals>), ResultsError> {
        let lookup = self.catalogue.find(slug, Action::Read, now)?;
        if !self.are_visible(&lookup, now).await? {
            return Err(ResultsError::Hidden);
        }
        let totals = self.voting.totals(lookup.first_poll(), now).await?;
        Ok((lookup, totals))
    }

    /// The report the public sees: the latest published one, else the live one where results are live. Read
    /// once for all who ask, and looked for again after [`REPORT_AGE_MAX_MS`](crate::REPORT_AGE_MAX_MS).
    ///
    /// # Errors
    /// [`ResultsError::Hidden`] when there is none to see yet and results are not live.
    pub async fn report(
        &self,
        slug: &str,
        now: Timestamp,
    ) -> Result<(Lookup, Option<Arc<StoredReport>>), ResultsError> {
        let lookup = self.catalogue.find(slug, Action::Read, now)?;
        let shown = self.shown.newest(lookup.id(), now).await?;
        if !shown.is_published() && !are_live(&lookup) {
            return Err(ResultsError::Hidden);
        }
        let report = self.shown.body(lookup.id(), &shown).await?;
        Ok((lookup, report))
    }

    /// Whether the public may see results: they are live, or a report is published. Every page asks, so the
    /// records are looked at once for all, as [`Results::report`] does.
    ///
    /// # Errors
    /// Neither counters nor records can be read.
    pub async fn are_visible(&self, lookup: &Lookup, now: Timestamp) -> PortResult<bool> {
        Ok(are_live(lookup) || self.shown.newest(lookup.id(), now).await?.is_published())
    }

    /// The figures of a consultation: of one that nobody looks at as its records stood half a second ago, without
    /// loading it.
    ///
    /// # Errors
    /// Neither counters nor records can be read.
    pub async fn figures(&self, lookup: &Lookup, now: Timestamp) -> PortResult<Figures> {
        let poll = lookup.first_poll();
        let Some(mark) = self.voting.mark(poll) else { return Ok(Figures::default()) };
        let proposals = self.lists.published(&mark).await?;
        Ok(match self.voting.totals_if_running(poll, now).await? {
            Some(totals) => {
                Figures { proposals, ballots: totals.ballots(), participants: totals.participants() }
            }
            None => Figures { proposals, ballots: mark.ballots, participants: mark.participants },
        })
    }

    /// Publishes a report.
    ///
    /// # Errors
    /// [`PublishError`].
    pub async fn publish_report(
        &self,
        permit: &Permit,
        consultation: ConsultationId,
        position: Position,
        body: String,
    ) -> Result<(), PublishError> {
        let act = permit.check(StaffAction::PublishReport, Scope::Consultation(consultation))?;
        let detail = json!({ "after": { "position": position.0, "bytes": body.len() } });
        let audit = act.entry(&self.catalogue.staff, format!("report at position {position}"), &detail);
        let made_at = self.catalogue.running.now();
        let report = StoredReport { kind: ReportKind::Published, made_at, position, body };
        self.port.save(consultation, &report, Some(&audit)).await?;
        self.shown.expire(consultation);
        Ok(())
    }

    /// Records the live report that this server has made, in the place of the last one.
    ///
    /// # Errors
    /// The records do not answer: the report may be saved then.
    pub async fn save_live_report(
        &self,
        consultation: ConsultationId,
        position: Position,
        body: String,
    ) -> PortResult<()> {
        let made_at = self.catalogue.running.now();
        let report = StoredReport { kind: ReportKind::Live, made_at, position, body };
        self.port.save(consultation, &report, None).await?;
        self.shown.expire(consultation);
        Ok(())
    }

    /// The instant the latest live report of a consultation was made at, if there is one.
    ///
    /// # Errors
    /// The records cannot be read.
    pub async fn live_report_made_at(&self, consultation: ConsultationId) -> PortResult<Option<Timestamp>> {
        self.port.latest_made_at(consultation, ReportKind::Live).await
    }

    /// The consultations whose results are live and whose phase the public can see: those that need live reports.
    #[must_use]
    pub fn with_live_results(&self, now: Timestamp) -> Vec<Lookup> {
        self.catalogue.list(now).into_iter().filter(are_live).collect()
    }

    /// Lets go of what nobody looks at.
    pub(crate) fn let_go(&self, now: Timestamp) {
        self.shown.let_go(now);
    }
}

/// The figures of a consultation by these totals and so many published proposals.
#[must_use]
pub fn figures(published: usize, totals: &LiveTotals) -> Figures {
    Figures {
        proposals: u64::try_from(published).unwrap_or(u64::MAX),
        ballots: totals.ballots(),
        participants: totals.participants(),
    }
}

fn are_live(lookup: &Lookup) -> bool {
    lookup.view.consultation.description.rules.results == ResultsVisibility::Live
}
