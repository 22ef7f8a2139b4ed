//! The projector: folds the ledger into the standing ballots, then tells the counters.
//!
//! One runs for each consultation. Several processes may try at once: a step takes effect only where the
//! projection stands where the step began, so the slower one loses nothing but its time.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use gd_domain::{Position, fold};

use crate::catalogue::CatalogueEntry;
use crate::ports::{Applied, PortResult, Ports, ProjectionState, Totals, Watermark};

/// Events folded in one transaction.
const PROJECT_EVENTS_MAX: usize = 5_000;

/// What one step of the projector came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The projection stands at this position, and the ledger goes on.
    Moved(Position),
    /// Nothing was left to fold; counters stand where the projection stands.
    CaughtUp(Position),
}

/// Projects whenever it is woken, until there is nothing left.
pub(crate) async fn run(ports: Arc<Ports>, entry: Arc<CatalogueEntry>) {
    loop {
        entry.wake_projector.notified().await;
        if let Err(failure) = project_to_head(&ports, &entry, |_| ()).await {
            // The watch wakes it again within half a second.
            tracing::error!(consultation = entry.id.0, %failure, "projecting ballots failed; trying again");
        }
    }
}

/// Projects until nothing is left, calling `progress` with each position reached.
pub(crate) async fn project_to_head(
    ports: &Ports,
    entry: &CatalogueEntry,
    mut progress: impl FnMut(Position),
) -> PortResult<Position> {
    loop {
        match step(ports, entry).await? {
            Step::Moved(position) => progress(position),
            Step::CaughtUp(position) => return Ok(position),
        }
    }
}

/// Takes note of where the records say things stand, and wakes the projector if it has work.
pub(crate) fn observe(entry: &CatalogueEntry, seen: &Watermark) {
    entry.ledger_head.fetch_max(seen.head.0, Ordering::Relaxed);
    let behind = seen.head.0 > seen.projection.position.0;
    let moved_elsewhere = match entry.projection.try_lock() {
        Ok(mut known) if *known != Some(seen.projection) => {
            *known = None;
            true
        }
        // When a step is under way the next look will tell.
        _ => false,
    };
    if behind || moved_elsewhere {
        entry.wake_projector.notify_one();
    }
}

async fn step(ports: &Ports, entry: &CatalogueEntry) -> PortResult<Step> {
    let mut known = entry.projection.lock().await;
    let from = match *known {
        Some(state) => state,
        None => ports.projection.state(entry.id).await?,
    };
    // Until the step has succeeded nothing is known: an error may have moved the projection.
    *known = None;
    let events = ports.ledger.read_after(entry.id, from.position, PROJECT_EVENTS_MAX).await?;
    let Some(last) = events.last() else {
        bring_counters_to(ports, entry, from).await;
        *known = Some(from);
        entry.projected.fetch_max(from.position.0, Ordering::Relaxed);
        return Ok(Step::CaughtUp(from.position));
    };

    let to = last.position;
    let near_head = events.len() < PROJECT_EVENTS_MAX;
    let events = events.into_iter().map(|positioned| positioned.event).collect::<Vec<_>>();
    let before = ports.projection.standing_before(entry.id, &events).await?;
    let folded = fold(&before, &events);
    if !ports.projection.advance(entry.id, from, to, &folded).await? {
        return Ok(Step::Moved(from.position));
    }
    let reached = ProjectionState { position: to, ..from };
    *known = Some(reached);
    entry.projected.fetch_max(to.0, Ordering::Relaxed);

    match ports.counters.apply(entry.id, from, to, &folded.deltas).await {
        Ok(Applied::Added) => {}
        // Far behind, a replacement would be out of date at once: catch up first.
        Ok(Applied::Elsewhere) if !near_head => {}
        Ok(Applied::Elsewhere) => bring_counters_to(ports, entry, reached).await,
        Err(failure) => {
            tracing::warn!(consultation = entry.id.0, %failure, "the counters did not take the deltas");
        }
    }
    Ok(Step::Moved(to))
}

/// Replaces the counters from the standing ballots unless they stand where the projection does.
/// Counters that cannot be reached hold nobody up: they are replaced once they are back.
async fn bring_counters_to(ports: &Ports, entry: &CatalogueEntry, state: ProjectionState) {
    let outcome = async {
        if ports.counters.state(entry.id).await? == Some(state) {
            return Ok(());
        }
        let (state, counts) = ports.standing_ballots.count(entry.id).await?;
        ports.counters.replace(entry.id, &Totals { state, counts }).await
    };
    if let Err(failure) = outcome.await {
        let failure: crate::ports::PortError = failure;
        tracing::warn!(consultation = entry.id.0, %failure, "the counters could not be replaced");
    }
}
