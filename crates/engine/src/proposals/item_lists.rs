//! The item lists in memory: loaded when a poll opens or somebody looks, let go when nobody does.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use async_trait::async_trait;
use gd_domain::{PollId, Timestamp};

use crate::consultation::Catalogue;
use crate::port_error::{PortError, PortErrorKind, PortResult};
use crate::proposals::item_list::ItemList;
use crate::proposals::ports::Ports;
use crate::voting::items::{ItemSource, PollItems};
use crate::voting::ports::{PollMark, Polls};

/// Time after which a list that nobody looks at is let go, in milliseconds.
const IDLE_MS: i64 = 10 * 60 * 1_000;

type Lists = HashMap<PollId, Arc<ItemList>>;

/// Every list in memory.
pub(crate) struct ItemLists {
    pub(crate) ports: Ports,
    polls: Arc<dyn Polls>,
    catalogue: Arc<Catalogue>,
    lists: ArcSwap<Lists>,
    loading: tokio::sync::Mutex<()>,
    /// Published items of polls whose list is not in memory, with the revision they were counted at.
    published: Mutex<HashMap<PollId, (u64, u64)>>,
}

impl ItemLists {
    pub(crate) fn new(ports: Ports, polls: Arc<dyn Polls>, catalogue: Arc<Catalogue>) -> Self {
        Self {
            ports,
            polls,
            catalogue,
            lists: ArcSwap::default(),
            loading: tokio::sync::Mutex::default(),
            published: Mutex::default(),
        }
    }

    /// The list of a poll, loaded if it is not in memory.
    pub(crate) async fn list(&self, poll: PollId) -> PortResult<Arc<ItemList>> {
        let now = self.catalogue.running.now();
        if let Some(list) = self.in_memory(poll) {
            list.touch(now);
            return Ok(list);
        }
        self.list_to_hold(poll).await
    }

    /// The list of a poll for one who holds it for long: got while no list is let go, so that it stays the one
    /// that is looked after.
    async fn list_to_hold(&self, poll: PollId) -> PortResult<Arc<ItemList>> {
        let now = self.catalogue.running.now();
        let _one_at_a_time = self.loading.lock().await;
        if let Some(list) = self.in_memory(poll) {
            return Ok(list);
        }
        let mark = self.polls.mark(poll).await?.ok_or_else(|| unknown(poll))?;
        let consultation = self.catalogue.view(mark.poll.consultation).ok_or_else(|| unknown(poll))?;
        let language = consultation.consultation.description.language;
        let list = Arc::new(ItemList::load(poll, language, self.ports.clone(), now).await?);
        let mut lists = Lists::clone(&self.lists.load());
        lists.insert(poll, Arc::clone(&list));
        self.lists.store(Arc::new(lists));
        Ok(list)
    }

    pub(crate) fn in_memory(&self, poll: PollId) -> Option<Arc<ItemList>> {
        self.lists.load().get(&poll).cloned()
    }

    pub(crate) fn all_in_memory(&self) -> Vec<Arc<ItemList>> {
        self.lists.load().values().cloned().collect()
    }

    /// Takes over what other processes changed, by these marks.
    /// One list's failure keeps no other from catching up; the first one is returned.
    pub(crate) async fn look(&self, mark_of: impl Fn(PollId) -> Option<PollMark>) -> PortResult<()> {
        let mut outcome = Ok(());
        for list in self.all_in_memory() {
            if let Some(mark) = mark_of(list.poll).filter(|mark| list.is_behind(mark.revision)) {
                let caught_up = list.catch_up(mark.revision).await;
                outcome = outcome.and(caught_up);
            }
        }
        outcome
    }

    /// Lets go of the lists that nobody has looked at for a while, and that no running poll holds.
    pub(crate) async fn let_go(&self, now: Timestamp) {
        const HERE_AND_IN_THE_COPY: usize = 1;
        let _one_at_a_time = self.loading.lock().await;
        let mut lists = Lists::clone(&self.lists.load());
        let before = lists.len();
        let is_needed = |list: &Arc<ItemList>| {
            // The map and its copy hold one each.
            Arc::strong_count(list) > HERE_AND_IN_THE_COPY + 1
                || !list.is_idle(now, IDLE_MS)
                || !list.exposures.is_recorded()
        };
        lists.retain(|_, list| is_needed(list));
        if lists.len() < before {
            self.lists.store(Arc::new(lists));
        }
    }

    /// The number of published items of a poll at this mark; counted once a revision where the list is not in
    /// memory.
    pub(crate) async fn published(&self, mark: &PollMark) -> PortResult<u64> {
        let poll = mark.poll.id;
        if let Some(list) = self.in_memory(poll) {
            return Ok(u64::try_from(list.view().published().len()).unwrap_or(u64::MAX));
        }
        let counted = self.counted().get(&poll).copied();
        if let Some((revision, published)) = counted
            && revision == mark.revision
        {
            return Ok(published);
        }
        let published = self.ports.items.published(poll).await?;
        self.counted().insert(poll, (mark.revision, published));
        Ok(published)
    }

    fn counted(&self) -> std::sync::MutexGuard<'_, HashMap<PollId, (u64, u64)>> {
        self.published.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl ItemSource for ItemLists {
    async fn items(&self, poll: PollId) -> PortResult<Arc<dyn PollItems>> {
        Ok(self.list_to_hold(poll).await? as Arc<dyn PollItems>)
    }
}

fn unknown(poll: PollId) -> PortError {
    PortError::new(PortErrorKind::NotFound, format!("there is no poll of number {poll}"))
}
