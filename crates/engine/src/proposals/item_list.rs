//! The items of one poll in memory, with what is derived from them: the index of similar texts, the deck, and
//! the exposures counted here.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use arc_swap::ArcSwap;
use async_trait::async_trait;
use gd_domain::{ItemNumber, Language, ModerationStatus, PollId, Proposal, Timestamp};

use crate::port_error::PortResult;
use crate::proposals::deck::DeckCache;
use crate::proposals::exposures::ExposureCounts;
use crate::proposals::item_view::ItemView;
use crate::proposals::ports::Ports;
use crate::proposals::similar_texts::SimilarTexts;
use crate::proposals::submissions::Submissions;
use crate::running::Running;
use crate::single_flight::{Freshness, SingleFlight};
use crate::voting::items::PollItems;

/// Items read in one statement while the list catches up.
const REFRESH_ITEMS_MAX: usize = 2_000;

/// The items of one poll.
#[derive(Debug)]
pub(crate) struct ItemList {
    pub(crate) poll: PollId,
    state: Arc<ListState>,
    /// The number of the last refresh: they are numbered as they begin, so that those who wait for one can
    /// tell whether it saw their change.
    refreshed: SingleFlight<u64>,
    refreshes_begun: Arc<AtomicU64>,
    pub(crate) submissions: Submissions,
    pub(crate) deck_cache: DeckCache,
    pub(crate) exposures: ExposureCounts,
    used_at_ms: AtomicI64,
}

/// The part of a list that a refresh changes.
struct ListState {
    poll: PollId,
    ports: Ports,
    view: ArcSwap<ItemView>,
    similar_texts: SimilarTexts,
    /// The poll's revision that the view is known to have taken over.
    seen_revision: AtomicU64,
}

impl std::fmt::Debug for ListState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ListState").field("poll", &self.poll).finish_non_exhaustive()
    }
}

impl ItemList {
    /// Reads every item of a poll.
    pub(crate) async fn load(
        poll: PollId,
        language: Language,
        ports: Ports,
        now: Timestamp,
    ) -> PortResult<Self> {
        let view = ArcSwap::from_pointee(ItemView::new(language));
        let (similar_texts, seen_revision) = (SimilarTexts::default(), AtomicU64::new(0));
        let state = Arc::new(ListState { poll, ports, view, similar_texts, seen_revision });
        state.read_changes().await?;
        Ok(Self {
            poll,
            state,
            refreshed: SingleFlight::default(),
            refreshes_begun: Arc::default(),
            submissions: Submissions::default(),
            deck_cache: DeckCache::default(),
            exposures: ExposureCounts::default(),
            used_at_ms: AtomicI64::new(now.as_millis()),
        })
    }

    /// The items as they are known now.
    pub(crate) fn view(&self) -> Arc<ItemView> {
        self.state.view.load_full()
    }

    pub(crate) fn ports(&self) -> &Ports {
        &self.state.ports
    }

    /// The index of similar texts, made if it is not there yet: on a thread for long work, because fifty thousand
    /// proposals take a second.
    pub(crate) async fn similar_texts(&self) -> &SimilarTexts {
        if !self.state.similar_texts.is_ready() {
            let state = Arc::clone(&self.state);
            let made = tokio::task::spawn_blocking(move || {
                state.similar_texts.prepare(|| state.view.load_full());
            });
            if let Err(failure) = made.await {
                tracing::error!(poll = self.poll.0, %failure, "the index of similar texts could not be made");
            }
        }
        &self.state.similar_texts
    }

    /// Whether the records are known to have gone on beyond what is here.
    pub(crate) fn is_behind(&self, revision: u64) -> bool {
        self.state.seen_revision.load(Ordering::Relaxed).max(self.view().revision()) < revision
    }

    /// Takes over everything up to this revision of the poll at least.
    pub(crate) async fn catch_up(&self, revision: u64) -> PortResult<()> {
        self.refresh().await?;
        self.state.seen_revision.fetch_max(revision, Ordering::Relaxed);
        Ok(())
    }

    /// Takes note that somebody looked.
    pub(crate) fn touch(&self, now: Timestamp) {
        self.used_at_ms.fetch_max(now.as_millis(), Ordering::Relaxed);
    }

    /// Whether nobody has looked for so long.
    pub(crate) fn is_idle(&self, now: Timestamp, idle_ms: i64) -> bool {
        let used_at = Timestamp::from_millis(self.used_at_ms.load(Ordering::Relaxed));
        !Running::is_within(used_at, now, idle_ms)
    }
}

#[async_trait]
impl PollItems for ItemList {
    fn status(&self, item: ItemNumber) -> Option<ModerationStatus> {
        self.state.view.load().proposal(item).map(|proposal| proposal.status)
    }

    fn published(&self) -> Vec<ItemNumber> {
        self.view().published().map(|proposal| proposal.number).collect()
    }

    /// Many who wait are served by one reading.
    async fn refresh(&self) -> PortResult<()> {
        let begun_before = self.refreshes_begun.load(Ordering::SeqCst);
        let saw_it =
            |refresh: &u64| if *refresh > begun_before { Freshness::Fresh } else { Freshness::Expired };
        let (state, begun) = (Arc::clone(&self.state), Arc::clone(&self.refreshes_begun));
        let read = |_| async move {
            let this_one = begun.fetch_add(1, Ordering::SeqCst) + 1;
            state.read_changes().await?;
            Ok::<_, crate::port_error::PortError>(this_one)
        };
        self.refreshed.get(saw_it, read).await.map(|_| ())
    }
}

impl ListState {
    /// Reads what has changed since it last did.
    async fn read_changes(&self) -> PortResult<()> {
        let (mut view, mut changed) = (ItemView::clone(&self.view.load()), Vec::new());
        loop {
            let read = self.ports.items.changed_after(self.poll, view.last_change(), REFRESH_ITEMS_MAX);
            let page: Vec<(u64, Proposal)> = read.await?;
            let is_complete = page.len() < REFRESH_ITEMS_MAX;
            changed.extend(page.iter().map(|(_, proposal)| proposal.number));
            view.record(page);
            if is_complete {
                break;
            }
        }
        if !changed.is_empty() {
            let view = Arc::new(view);
            self.view.store(Arc::clone(&view));
            self.similar_texts.follow(&changed, &view);
        }
        Ok(())
    }
}
