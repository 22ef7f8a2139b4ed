//! One poll as this process runs it: its write queue, the tail of its ledger, its projection and its totals.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use gd_domain::{Poll, PollId, Position, Timestamp};
use tokio::sync::{Mutex, Notify};

use crate::running::Running;
use crate::voting::items::PollItems;
use crate::voting::ledger_tail::LedgerTail;
use crate::voting::ports::{PollMark, Ports, ProjectionState};
use crate::voting::recent_standing::RecentStanding;
use crate::voting::totals::TotalsCache;
use crate::voting::waiting_deltas::WaitingDeltas;
use crate::voting::write_queue::WriteQueue;

/// A poll in memory.
#[derive(Debug)]
pub(crate) struct RunningPoll {
    pub(crate) poll: Poll,
    pub(crate) items: Arc<dyn PollItems>,
    pub(crate) queue: WriteQueue,
    pub(crate) ledger_head: Arc<AtomicU64>,
    pub(crate) tail: Arc<LedgerTail>,
    /// The furthest position ever projected. It does not go back while a recount folds again from the
    /// start: that is no reason to turn votes away.
    projected: AtomicU64,
    pub(crate) projection: Mutex<KnownProjection>,
    pub(crate) wake_projector: Arc<Notify>,
    pub(crate) totals_cache: TotalsCache,
    used_at_ms: AtomicI64,
}

/// A poll's projection as far as this process knows it.
#[derive(Debug, Default)]
pub(crate) struct KnownProjection {
    /// The state it stands at; `None` when that must be read again.
    pub(crate) state: Option<ProjectionState>,
    /// The generation that the followed tail of the ledger belongs to.
    generation: u64,
    /// The ballots that stand there, as far as they were read lately.
    pub(crate) recent: RecentStanding,
    /// Deltas that the counters have not taken yet.
    pub(crate) waiting: Option<WaitingDeltas>,
}

impl KnownProjection {
    fn at(state: ProjectionState) -> Self {
        Self { state: Some(state), generation: state.generation, ..Self::default() }
    }

    /// Forgets where the projection stands: it was moved by somebody else, or perhaps by a failed step.
    pub(crate) fn forget(&mut self) {
        self.state = None;
        self.recent = RecentStanding::default();
    }
}

impl RunningPoll {
    /// Starts a poll's writer.
    pub(crate) fn start(
        mark: &PollMark,
        items: Arc<dyn PollItems>,
        ports: &Ports,
        running: &Running,
    ) -> Self {
        let ledger_head = Arc::new(AtomicU64::new(mark.head.0));
        let tail = Arc::new(LedgerTail::default());
        let wake_projector = Arc::new(Notify::new());
        let queue = WriteQueue::start(
            mark.poll.id,
            (Arc::clone(&ports.ledger), Arc::clone(&running.ports.clock)),
            Arc::clone(&ledger_head),
            Arc::clone(&tail),
            Arc::clone(&wake_projector),
        );
        Self {
            poll: mark.poll,
            items,
            queue,
            ledger_head,
            tail,
            projected: AtomicU64::new(mark.projection.position.0),
            projection: Mutex::new(KnownProjection::at(mark.projection)),
            wake_projector,
            totals_cache: TotalsCache::default(),
            used_at_ms: AtomicI64::new(running.now().as_millis()),
        }
    }

    pub(crate) fn id(&self) -> PollId {
        self.poll.id
    }

    /// Events acknowledged but not yet projected, as far as this process knows.
    pub(crate) fn lag(&self) -> u64 {
        let head = self.ledger_head.load(Ordering::Relaxed);
        head.saturating_sub(self.projected.load(Ordering::Relaxed))
    }

    /// Takes note that the projection has come so far.
    pub(crate) fn note_projected(&self, position: Position) {
        self.projected.fetch_max(position.0, Ordering::Relaxed);
        self.tail.release(position);
    }

    /// Forgets the followed tail where the projection has begun again: the ledger of an erased poll has too.
    pub(crate) fn follow(&self, known: &mut KnownProjection, state: ProjectionState) {
        if known.generation != state.generation {
            known.generation = state.generation;
            self.tail.forget();
        }
    }

    /// Forgets everything known of a ledger that is erased.
    pub(crate) fn begin_again(&self, known: &mut KnownProjection) {
        known.forget();
        self.tail.forget();
        self.projected.store(0, Ordering::Relaxed);
        self.ledger_head.store(0, Ordering::Relaxed);
    }

    /// Takes note of where the records say things stand, and wakes the projector if it has work.
    pub(crate) fn observe(&self, mark: &PollMark) {
        self.ledger_head.fetch_max(mark.head.0, Ordering::Relaxed);
        self.note_projected(mark.projection.position);
        let is_behind = mark.head.0 > mark.projection.position.0;
        let has_work = match self.projection.try_lock() {
            Ok(mut known) => {
                let moved_elsewhere = known.state != Some(mark.projection);
                if moved_elsewhere {
                    known.forget();
                    self.follow(&mut known, mark.projection);
                }
                moved_elsewhere || known.waiting.is_some()
            }
            // When a step is under way the next look will tell.
            Err(_) => false,
        };
        if is_behind || has_work {
            self.wake_projector.notify_one();
        }
    }

    /// Takes note that somebody looked.
    pub(crate) fn touch(&self, now: Timestamp) {
        self.used_at_ms.fetch_max(now.as_millis(), Ordering::Relaxed);
    }

    /// Whether nobody has looked for so long, and nothing waits to be projected.
    pub(crate) fn is_idle(&self, now: Timestamp, idle_ms: i64) -> bool {
        let used_at = Timestamp::from_millis(self.used_at_ms.load(Ordering::Relaxed));
        self.lag() == 0 && !Running::is_within(used_at, now, idle_ms)
    }
}
