//! The projector: folds the ledger into the standing ballots, then tells the counters.
//!
//! One runs for each open poll, in the process that holds its lease. Should two run all the same (one
//! was paused while its lease passed on), a step takes effect only where the projection stands where the
//! step began: the slower one loses nothing but its time.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use gd_domain::Position;

use crate::port_error::PortResult;
use crate::running::Running;
use crate::running::ports::Job;
use crate::voting::poll::{KnownProjection, RunningPoll};
use crate::voting::ports::{Applied, CountChanges, Ports, ProjectionState, Totals};
use crate::voting::waiting_deltas::WaitingDeltas;

/// Events folded in one transaction: the more there are, the more of them share a page that is written.
pub(crate) const PROJECT_EVENTS_MAX: usize = 16_000;

/// Pause after catching up, in milliseconds: the more events a step folds, the less each of them costs. So
/// it grows with what there was to fold, as far as totals that are never two seconds old allow.
const PAUSE_MS_MIN: u64 = 100;
const PAUSE_MS_MAX: u64 = 500;
/// Events folded for which the pause is a millisecond.
const EVENTS_PER_PAUSE_MS: u64 = 16;

/// Pause between two looks at a projection that another process writes, in milliseconds.
const OTHERS_POLL_MS: u64 = 50;

/// The outcome of one step of the projector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The projection stands at this position after so many events more, and the ledger goes on.
    Moved { to: Position, events: u64 },
    /// Nothing was left to fold; counters stand where the projection stands.
    CaughtUp(Position),
}

/// Projects whenever it is woken, until there is nothing left, as long as this process holds the lease.
pub(crate) async fn run(ports: Ports, running: Arc<Running>, poll: Arc<RunningPoll>) {
    loop {
        poll.wake_projector.notified().await;
        let folded = project_what_waits(&ports, &running, &poll).await.unwrap_or_else(|failure| {
            // The watch wakes it again within half a second.
            tracing::error!(poll = poll.id().0, %failure, "projecting ballots failed; trying again");
            0
        });
        if folded > 0 {
            // Look once more after the pause: for what came meanwhile, or to find that nothing did.
            poll.wake_projector.notify_one();
        }
        let pause = (folded / EVENTS_PER_PAUSE_MS).clamp(PAUSE_MS_MIN, PAUSE_MS_MAX);
        tokio::time::sleep(Duration::from_millis(pause)).await;
    }
}

/// Folds the events that wait, not chasing the few that come during the last step; the number folded.
async fn project_what_waits(ports: &Ports, running: &Running, poll: &RunningPoll) -> PortResult<u64> {
    let mut folded = 0;
    while running.may_do(Job::Project(poll.id())).await? {
        let Step::Moved { to, events } = step(ports, poll).await? else { break };
        folded += events;
        let was_first_elsewhere = events == 0;
        if was_first_elsewhere || (events < PROJECT_EVENTS_MAX as u64 && is_near_head(poll, to)) {
            break;
        }
    }
    Ok(folded)
}

/// Returns once everything appended before this call is projected, by this process or by whichever
/// holds the lease, calling `progress` with each position reached.
pub(crate) async fn project_to_head(
    ports: &Ports,
    running: &Running,
    poll: &RunningPoll,
    mut progress: impl FnMut(Position),
) -> PortResult<Position> {
    let head = ports.ledger.head(poll.id()).await?;
    loop {
        if running.may_do(Job::Project(poll.id())).await? {
            match step(ports, poll).await? {
                Step::CaughtUp(position) => return Ok(position),
                Step::Moved { to, .. } => {
                    progress(to);
                    // While people vote there is always more.
                    if to >= head && settle(ports, poll).await {
                        return Ok(to);
                    }
                }
            }
            continue;
        }
        let position = ports.projection.state(poll.id()).await?.position;
        if position >= head {
            return Ok(position);
        }
        progress(position);
        tokio::time::sleep(Duration::from_millis(OTHERS_POLL_MS)).await;
    }
}

/// Has the counters stand where the projection stands, whatever else waits in the ledger; `false` when that has to be
/// found out first.
async fn settle(ports: &Ports, poll: &RunningPoll) -> bool {
    let mut known = poll.projection.lock().await;
    let Some(state) = known.state else { return false };
    keep_counters_at(ports, poll, &mut known, state).await;
    true
}

/// Whether no more than a step's worth of events is known to follow this position.
fn is_near_head(poll: &RunningPoll, position: Position) -> bool {
    poll.ledger_head.load(Ordering::Relaxed) <= position.0 + PROJECT_EVENTS_MAX as u64
}

async fn step(ports: &Ports, poll: &RunningPoll) -> PortResult<Step> {
    let mut known = poll.projection.lock().await;
    let stepped = step_from(ports, poll, &mut known).await;
    if stepped.is_err() {
        // The failed step may have moved the projection all the same.
        known.forget();
    }
    stepped
}

async fn step_from(ports: &Ports, poll: &RunningPoll, known: &mut KnownProjection) -> PortResult<Step> {
    let from = match known.state {
        Some(state) => state,
        None => ports.projection.state(poll.id()).await?,
    };
    poll.follow(known, from);
    let mut events = poll.tail.after(from.position, PROJECT_EVENTS_MAX);
    if events.is_empty() {
        events = ports.ledger.read_after(poll.id(), from.position, PROJECT_EVENTS_MAX).await?;
        poll.tail.add(&events);
    }
    let Some(last) = events.last() else {
        keep_counters_at(ports, poll, known, from).await;
        known.state = Some(from);
        poll.note_projected(from.position);
        return Ok(Step::CaughtUp(from.position));
    };

    let to = last.position;
    let near_head = is_near_head(poll, to);
    let events = events.into_iter().map(|positioned| positioned.event).collect::<Vec<_>>();
    // It goes ahead of the records: kept only if they follow. Should the step fail, or be dropped half way,
    // nothing is remembered.
    let mut recent = std::mem::take(&mut known.recent);
    let unknown = recent.unknown(&events);
    if !unknown.is_empty() {
        let ballots = ports.projection.standing_of(poll.id(), &unknown).await?;
        recent.learn(unknown, ballots);
    }
    let folded = recent.fold(&events);
    let changed = recent.follow(&folded);
    let gained = CountChanges { ballots: folded.deltas.ballots(), participants: folded.deltas.participants };
    if !ports.projection.advance(poll.id(), from, to, &changed, gained).await? {
        known.forget();
        return Ok(Step::Moved { to: from.position, events: 0 });
    }
    known.recent = recent;
    known.state = Some(ProjectionState { position: to, ..from });
    poll.note_projected(to);

    let deltas = WaitingDeltas { from, to, deltas: folded.deltas, is_told: false };
    tell_counters(ports, poll, known, deltas, near_head).await;
    Ok(Step::Moved { to, events: to.0 - from.position.0 })
}

/// Offers deltas to the counters, with those that waited before them. What they do not take waits.
async fn tell_counters(
    ports: &Ports,
    poll: &RunningPoll,
    known: &mut KnownProjection,
    new: WaitingDeltas,
    near_head: bool,
) {
    let offered = match known.waiting.take() {
        Some(sum) if sum.lead_to(new.from) => sum.and_then(&new),
        // The sum does not lead here: the counters will be found elsewhere, and replaced.
        _ => new,
    };
    match ports.counters.apply(poll.id(), offered.from, offered.to, &offered.deltas).await {
        Ok(Applied::Added) => {}
        // Far behind, a replacement would be out of date at once: catch up first.
        Ok(Applied::Elsewhere) if !near_head => {}
        Ok(Applied::Elsewhere) => {
            let reached = ProjectionState { position: offered.to, ..offered.from };
            bring_counters_to(ports, poll, reached).await;
        }
        Err(failure) => {
            // Said once: while they wait, every step finds the counters out of reach.
            if !offered.is_told {
                tracing::warn!(poll = poll.id().0, %failure, "the counters did not take the deltas; they wait");
            }
            known.waiting = Some(WaitingDeltas { is_told: true, ..offered });
        }
    }
}

/// Sees to it that the counters stand at `state`, where the projection has caught up: by what waited for
/// them, else by a replacement.
async fn keep_counters_at(
    ports: &Ports,
    poll: &RunningPoll,
    known: &mut KnownProjection,
    state: ProjectionState,
) {
    match known.waiting.take() {
        Some(sum) if sum.lead_to(state) => {
            tell_counters(ports, poll, known, sum, true).await;
        }
        _ => bring_counters_to(ports, poll, state).await,
    }
}

/// Replaces the counters from the standing ballots unless they stand where the projection does.
/// Counters that cannot be reached hold nobody up: they are replaced once they are back.
async fn bring_counters_to(ports: &Ports, poll: &RunningPoll, state: ProjectionState) {
    let outcome: PortResult<()> = async {
        let seen = ports.counters.state(poll.id()).await?;
        if seen == Some(state) {
            return Ok(());
        }
        let (state, counts) = ports.standing_ballots.count(poll.id()).await?;
        let replaced = ports.counters.replace(poll.id(), seen, &Totals { state, counts }).await?;
        tracing::info!(poll = poll.id().0, position = state.position.0, replaced, "counters replaced");
        Ok(())
    }
    .await;
    if let Err(failure) = outcome {
        tracing::warn!(poll = poll.id().0, %failure, "the counters could not be replaced");
    }
}
