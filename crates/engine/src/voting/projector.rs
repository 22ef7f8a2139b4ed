//! The projector: folds the ledger into the standing ballots, then tells the counters.
//!
//! One runs for each consultation, in the process that holds its lease. Should two run all the same (one
//! was paused while its lease passed on), a step takes effect only where the projection stands where the
//! step began: the slower one loses nothing but its time.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use gd_domain::{Deltas, Position};

use crate::consultation::catalogue::CatalogueEntry;
use crate::ports::{Applied, Job, PortResult, Ports, ProjectionState, Totals, Watermark};
use crate::voting::recent_standing::RecentStanding;

/// Events folded in one transaction: the more there are, the more of them share a page that is written.
pub(crate) const PROJECT_EVENTS_MAX: usize = 16_000;

/// Pause after catching up, in milliseconds: the more events a step folds, the less each of them costs. So
/// it grows with what there was to fold, as far as totals that are never two seconds old allow.
const PAUSE_MS_MIN: u64 = 100;
const PAUSE_MS_MAX: u64 = 500;
/// Events folded for which the pause is a millisecond.
const EVENTS_PER_PAUSE_MS: u64 = 16;

/// How often a process that waits for another one's projection looks where it stands, in milliseconds.
const OTHERS_POLL_MS: u64 = 50;

/// What this process knows of a consultation's projection.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Where it stands; `None` when that must be read again.
    state: Option<ProjectionState>,
    /// What stands there, as far as it was read lately.
    recent: RecentStanding,
    /// What the counters have not taken yet.
    waiting: Option<WaitingDeltas>,
}

impl Known {
    pub(crate) fn at(state: ProjectionState) -> Self {
        Self { state: Some(state), ..Self::default() }
    }

    /// Forgets where the projection stands: it was moved by somebody else, or perhaps by a failed step.
    pub(crate) fn forget(&mut self) {
        self.state = None;
        self.recent = RecentStanding::default();
    }
}

/// Deltas that wait for counters out of reach: one sum a proposal, however many steps it is made of.
#[derive(Debug)]
struct WaitingDeltas {
    from: ProjectionState,
    to: Position,
    deltas: Deltas,
    /// Whether operators know that they wait.
    is_told: bool,
}

/// What one step of the projector came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The projection stands at this position after so many events more, and the ledger goes on.
    Moved { to: Position, events: u64 },
    /// Nothing was left to fold; counters stand where the projection stands.
    CaughtUp(Position),
}

/// Projects whenever it is woken, until there is nothing left, as long as this process holds the lease.
pub(crate) async fn run(ports: Arc<Ports>, entry: Arc<CatalogueEntry>) {
    loop {
        entry.wake_projector.notified().await;
        let folded = project_what_waits(&ports, &entry).await.unwrap_or_else(|failure| {
            // The watch wakes it again within half a second.
            tracing::error!(consultation = entry.id.0, %failure, "projecting ballots failed; trying again");
            0
        });
        if folded > 0 {
            // Look once more after the pause: for what came meanwhile, or to find that nothing did.
            entry.wake_projector.notify_one();
        }
        let pause = (folded / EVENTS_PER_PAUSE_MS).clamp(PAUSE_MS_MIN, PAUSE_MS_MAX);
        tokio::time::sleep(Duration::from_millis(pause)).await;
    }
}

/// Folds what waits, not chasing the few events that come during the last step; how many it folded.
async fn project_what_waits(ports: &Ports, entry: &CatalogueEntry) -> PortResult<u64> {
    let mut folded = 0;
    while ports.leases.hold(Job::Project(entry.id)).await? {
        let Step::Moved { to, events } = step(ports, entry).await? else { break };
        folded += events;
        let was_first_elsewhere = events == 0;
        if was_first_elsewhere || (events < PROJECT_EVENTS_MAX as u64 && is_near_head(entry, to)) {
            break;
        }
    }
    Ok(folded)
}

/// Comes back once everything appended before this call is projected, by this process or by whichever
/// holds the lease, calling `progress` with each position reached.
pub(crate) async fn project_to_head(
    ports: &Ports,
    entry: &CatalogueEntry,
    mut progress: impl FnMut(Position),
) -> PortResult<Position> {
    let head = ports.ledger.head(entry.id).await?;
    loop {
        if ports.leases.hold(Job::Project(entry.id)).await? {
            match step(ports, entry).await? {
                Step::CaughtUp(position) => return Ok(position),
                Step::Moved { to, .. } => {
                    progress(to);
                    // While people vote there is always more.
                    if to >= head && settle(ports, entry).await {
                        return Ok(to);
                    }
                }
            }
            continue;
        }
        let position = ports.projection.state(entry.id).await?.position;
        if position >= head {
            return Ok(position);
        }
        progress(position);
        tokio::time::sleep(Duration::from_millis(OTHERS_POLL_MS)).await;
    }
}

/// Has the counters stand where the projection stands, whatever else waits in the ledger; `false` when that has to be
/// found out first.
async fn settle(ports: &Ports, entry: &CatalogueEntry) -> bool {
    let mut known = entry.projection.lock().await;
    let Some(state) = known.state else { return false };
    keep_counters_at(ports, entry, &mut known, state).await;
    true
}

/// Whether no more than a step's worth of events is known to follow this position.
fn is_near_head(entry: &CatalogueEntry, position: Position) -> bool {
    entry.ledger_head.load(Ordering::Relaxed) <= position.0 + PROJECT_EVENTS_MAX as u64
}

/// Takes note of where the records say things stand, and wakes the projector if it has work.
pub(crate) fn observe(entry: &CatalogueEntry, seen: &Watermark) {
    entry.ledger_head.fetch_max(seen.head.0, Ordering::Relaxed);
    entry.note_projected(seen.projection.position);
    let behind = seen.head.0 > seen.projection.position.0;
    let has_work = match entry.projection.try_lock() {
        Ok(mut known) => {
            let moved_elsewhere = known.state != Some(seen.projection);
            if moved_elsewhere {
                known.forget();
            }
            moved_elsewhere || known.waiting.is_some()
        }
        // When a step is under way the next look will tell.
        Err(_) => false,
    };
    if behind || has_work {
        entry.wake_projector.notify_one();
    }
}

async fn step(ports: &Ports, entry: &CatalogueEntry) -> PortResult<Step> {
    let mut known = entry.projection.lock().await;
    let stepped = step_from(ports, entry, &mut known).await;
    if stepped.is_err() {
        // The failed step may have moved the projection all the same.
        known.forget();
    }
    stepped
}

async fn step_from(ports: &Ports, entry: &CatalogueEntry, known: &mut Known) -> PortResult<Step> {
    let from = match known.state {
        Some(state) => state,
        None => ports.projection.state(entry.id).await?,
    };
    let mut events = entry.tail.after(from.position, PROJECT_EVENTS_MAX);
    if events.is_empty() {
        events = ports.ledger.read_after(entry.id, from.position, PROJECT_EVENTS_MAX).await?;
        entry.tail.add(&events);
    }
    let Some(last) = events.last() else {
        keep_counters_at(ports, entry, known, from).await;
        known.state = Some(from);
        entry.note_projected(from.position);
        return Ok(Step::CaughtUp(from.position));
    };

    let to = last.position;
    let near_head = is_near_head(entry, to);
    let events = events.into_iter().map(|positioned| positioned.event).collect::<Vec<_>>();
    // It goes ahead of the records: kept only if they follow. Should the step fail, or be dropped half way,
    // nothing is remembered.
    let mut recent = std::mem::take(&mut known.recent);
    let unknown = recent.unknown(&events);
    if !unknown.is_empty() {
        let ballots = ports.projection.standing_of(entry.id, &unknown).await?;
        recent.learn(unknown, ballots);
    }
    let folded = recent.fold(&events);
    let changed = recent.follow(&folded);
    if !ports.projection.advance(entry.id, from, to, &changed).await? {
        known.forget();
        return Ok(Step::Moved { to: from.position, events: 0 });
    }
    known.recent = recent;
    known.state = Some(ProjectionState { position: to, ..from });
    entry.note_projected(to);

    let deltas = WaitingDeltas { from, to, deltas: folded.deltas, is_told: false };
    tell_counters(ports, entry, known, deltas, near_head).await;
    Ok(Step::Moved { to, events: to.0 - from.position.0 })
}

/// Offers deltas to the counters, with those that waited before them. What they do not take waits.
async fn tell_counters(
    ports: &Ports,
    entry: &CatalogueEntry,
    known: &mut Known,
    new: WaitingDeltas,
    near_head: bool,
) {
    let offered = match known.waiting.take() {
        Some(mut sum) if sum.from.generation == new.from.generation && sum.to == new.from.position => {
            sum.deltas.add(&new.deltas);
            WaitingDeltas { to: new.to, ..sum }
        }
        // What waited does not lead here: the counters will be found elsewhere, and replaced.
        _ => new,
    };
    match ports.counters.apply(entry.id, offered.from, offered.to, &offered.deltas).await {
        Ok(Applied::Added) => {}
        // Far behind, a replacement would be out of date at once: catch up first.
        Ok(Applied::Elsewhere) if !near_head => {}
        Ok(Applied::Elsewhere) => {
            let reached = ProjectionState { position: offered.to, ..offered.from };
            bring_counters_to(ports, entry, reached).await;
        }
        Err(failure) => {
            // Said once: while they wait, every step finds the counters out of reach.
            if !offered.is_told {
                tracing::warn!(consultation = entry.id.0, %failure, "the counters did not take the deltas; they wait");
            }
            known.waiting = Some(WaitingDeltas { is_told: true, ..offered });
        }
    }
}

/// Sees to it that the counters stand at `state`, where the projection has caught up: by what waited for
/// them, else by a replacement.
async fn keep_counters_at(ports: &Ports, entry: &CatalogueEntry, known: &mut Known, state: ProjectionState) {
    match known.waiting.take() {
        Some(sum) if sum.from.generation == state.generation && sum.to == state.position => {
            tell_counters(ports, entry, known, sum, true).await;
        }
        _ => bring_counters_to(ports, entry, state).await,
    }
}

/// Replaces the counters from the standing ballots unless they stand where the projection does.
/// Counters that cannot be reached hold nobody up: they are replaced once they are back.
async fn bring_counters_to(ports: &Ports, entry: &CatalogueEntry, state: ProjectionState) {
    let outcome: PortResult<()> = async {
        let seen = ports.counters.state(entry.id).await?;
        if seen == Some(state) {
            return Ok(());
        }
        let (state, counts) = ports.standing_ballots.count(entry.id).await?;
        let replaced = ports.counters.replace(entry.id, seen, &Totals { state, counts }).await?;
        tracing::info!(consultation = entry.id.0, position = state.position.0, replaced, "counters replaced");
        Ok(())
    }
    .await;
    if let Err(failure) = outcome {
        tracing::warn!(consultation = entry.id.0, %failure, "the counters could not be replaced");
    }
}
