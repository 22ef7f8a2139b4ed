//! The polls of the installation: a mark of each, and those that run in this process.
//!
//! A poll runs while it takes ballots, while its ledger is ahead of its projection, and while somebody looks at it. Left
//! alone it is let go again, so that thousands of closed consultations cost a mark each.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use gd_domain::PollId;
use tokio::task::AbortHandle;

use crate::voting::poll::RunningPoll;
use crate::voting::ports::PollMark;

type Marks = BTreeMap<PollId, PollMark>;
type Polls = HashMap<PollId, Arc<RunningPoll>>;

/// A projection's distance from its ledger.
pub struct LedgerLag {
    /// The consultation's short name.
    pub slug: String,
    /// The ledger's last position.
    pub head: u64,
    /// Events not projected yet.
    pub lag: u64,
}

/// Marks and running polls.
#[derive(Default)]
pub(crate) struct Registry {
    marks: ArcSwap<Marks>,
    polls: ArcSwap<Polls>,
    projectors: Mutex<HashMap<PollId, AbortHandle>>,
    /// Held while a poll is started or let go.
    pub(crate) changing: tokio::sync::Mutex<()>,
}

impl Registry {
    pub(crate) fn running(&self, poll: PollId) -> Option<Arc<RunningPoll>> {
        self.polls.load().get(&poll).cloned()
    }

    pub(crate) fn all_running(&self) -> Vec<Arc<RunningPoll>> {
        self.polls.load().values().cloned().collect()
    }

    pub(crate) fn mark(&self, poll: PollId) -> Option<PollMark> {
        self.marks.load().get(&poll).copied()
    }

    pub(crate) fn marks(&self) -> Arc<Marks> {
        self.marks.load_full()
    }

    pub(crate) fn set_marks(&self, marks: Vec<PollMark>) {
        self.marks.store(Arc::new(marks.into_iter().map(|mark| (mark.poll.id, mark)).collect()));
    }

    /// Adds a mark that was read by itself.
    pub(crate) fn add_mark(&self, mark: PollMark) {
        let mut marks = Marks::clone(&self.marks.load());
        marks.insert(mark.poll.id, mark);
        self.marks.store(Arc::new(marks));
    }

    pub(crate) fn add(&self, poll: Arc<RunningPoll>, projector: AbortHandle) {
        self.projectors().insert(poll.id(), projector);
        let mut polls = Polls::clone(&self.polls.load());
        polls.insert(poll.id(), poll);
        self.polls.store(Arc::new(polls));
    }

    /// Lets a poll go, if nobody holds it but this registry and its projector.
    pub(crate) fn let_go(&self, poll: PollId) -> bool {
        const REGISTRY_AND_PROJECTOR: usize = 2;
        let mut polls = Polls::clone(&self.polls.load());
        let Some(held) = polls.remove(&poll) else { return false };
        // Our own two: the map's that is being replaced, and `held`.
        if Arc::strong_count(&held) > REGISTRY_AND_PROJECTOR + 1 {
            return false;
        }
        self.polls.store(Arc::new(polls));
        if let Some(projector) = self.projectors().remove(&poll) {
            projector.abort();
        }
        true
    }

    /// Ends every projector; those at work on another thread come to their end there.
    pub(crate) async fn stop(&self) {
        let projectors = std::mem::take(&mut *self.projectors());
        for projector in projectors.values() {
            projector.abort();
        }
        while projectors.values().any(|projector| !projector.is_finished()) {
            tokio::task::yield_now().await;
        }
    }

    fn projectors(&self) -> std::sync::MutexGuard<'_, HashMap<PollId, AbortHandle>> {
        self.projectors.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
