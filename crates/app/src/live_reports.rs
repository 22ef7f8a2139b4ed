//! Keeps the reports of consultations with live results up to date while a server runs.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use gd_analyzer::{Method, MethodKind};
use gd_domain::{ConsultationId, Position, ResultsVisibility};
use gd_engine::ports::{Job, ReportKind};
use gd_engine::{CatalogueEntry, Engine};

use crate::analysis;

/// How often reports are made again where ballots came in, in seconds.
const LIVE_REPORT_INTERVAL_S: u64 = 60;

/// What each consultation's last report was made from.
#[derive(Default)]
pub(crate) struct LiveReports {
    made_from: HashMap<ConsultationId, (u64, Position)>,
}

impl LiveReports {
    /// Makes live reports now and then every minute, until the runtime ends.
    pub(crate) async fn keep_up_to_date(mut self, engine: Arc<Engine>) {
        let mut interval = tokio::time::interval(Duration::from_secs(LIVE_REPORT_INTERVAL_S));
        interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            interval.tick().await;
            // Of many servers one makes them. Where that cannot be told, none does: the next minute will tell.
            if !engine.may_do(Job::LiveReports).await.unwrap_or(false) {
                continue;
            }
            for entry in engine.consultations_for_staff() {
                if let Err(failure) = self.refresh(&engine, &entry).await {
                    tracing::error!(consultation = entry.id.0, %failure, "the live report could not be made");
                }
            }
        }
    }

    /// Makes the live report of a consultation again if its results are live and something has changed.
    pub(crate) async fn refresh(&mut self, engine: &Engine, entry: &CatalogueEntry) -> anyhow::Result<()> {
        let view = entry.view();
        if view.consultation.description.rules.results != ResultsVisibility::Live {
            return Ok(());
        }
        let now_at = (view.revision(), engine.ledger_head(entry).await?);
        if self.made_from.get(&entry.id) == Some(&now_at) {
            return Ok(());
        }
        let votes = engine.votes_on_record(entry, &mut |_, _| ()).await?;
        let position = votes.position;
        let method = Method::new(MethodKind::Calibrated, 0);
        let analysed = tokio::task::spawn_blocking(move || analysis::report_on_record(&votes, &method));
        let report = analysed.await.context("the analysis was stopped")??;
        engine.save_report(entry.id, ReportKind::Live, position, report.to_json()).await?;
        self.made_from.insert(entry.id, now_at);
        Ok(())
    }
}
