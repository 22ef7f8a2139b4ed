//! Cuts the audit trail where its retention ends, once a day, on one of all servers.

use std::sync::Arc;
use std::time::Duration;

use gd_domain::{Actor, Scope, StaffAction, Timestamp};
use gd_engine::Engine;
use gd_engine::ports::Job;

/// Interval between two looks, in seconds.
const INTERVAL_S: u64 = 24 * 60 * 60;

/// Milliseconds of a month of thirty-one days: no entry goes early.
const MONTH_MS: i64 = 31 * 24 * 60 * 60 * 1_000;

/// The instant before which entries are older than so many months.
pub(crate) fn months_before(now: Timestamp, months: u32) -> Timestamp {
    now.plus_millis(-i64::from(months).saturating_mul(MONTH_MS))
}

/// Cuts entries older than so many months, now and every day, until the runtime ends.
pub(crate) async fn keep(engine: Arc<Engine>, months: u32) {
    let mut interval = tokio::time::interval(Duration::from_secs(INTERVAL_S));
    loop {
        interval.tick().await;
        if !engine.running().may_do(Job::AuditRetention).await.unwrap_or(false) {
            continue;
        }
        match cut(&engine, months).await {
            Ok(0) => {}
            Ok(entries) => tracing::info!(entries, "the audit trail was cut where its retention ended"),
            Err(failure) => tracing::error!(%failure, "the audit trail could not be cut"),
        }
    }
}

/// Cuts entries older than so many months; the number cut.
pub(crate) async fn cut(engine: &Engine, months: u32) -> anyhow::Result<u64> {
    let permit = engine.desk(Actor::Operator).permit(StaffAction::CutAudit, Scope::Installation)?;
    Ok(engine.staff().cut_audit(&permit, months_before(engine.now(), months)).await?)
}
