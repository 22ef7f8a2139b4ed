//! The area's state: the item lists in memory, and what serving them needs.

use std::sync::Arc;

use gd_domain::{Action, PollId, Timestamp};

use crate::consultation::{Catalogue, Lookup, ReadError};
use crate::port_error::PortResult;
use crate::proposals::item_list::ItemList;
use crate::proposals::item_lists::ItemLists;
use crate::proposals::item_view::ItemView;
use crate::voting::Voting;

/// Proposals and every other item: submitted, listed, searched, and served as cards.
pub struct Proposals {
    pub(crate) lists: Arc<ItemLists>,
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) voting: Arc<Voting>,
}

impl Proposals {
    pub(crate) fn new(lists: Arc<ItemLists>, catalogue: Arc<Catalogue>, voting: Arc<Voting>) -> Self {
        Self { lists, catalogue, voting }
    }

    /// The items of a poll, loaded if they are not in memory.
    ///
    /// # Errors
    /// The records cannot be read.
    pub async fn items(&self, poll: PollId) -> PortResult<Arc<ItemView>> {
        Ok(self.lists.list(poll).await?.view())
    }

    /// A consultation for a reader, with the list of its proposals.
    pub(crate) async fn readable(
        &self,
        slug: &str,
        now: Timestamp,
    ) -> Result<(Lookup, Arc<ItemList>), ReadError> {
        let lookup = self.catalogue.find(slug, Action::Read, now)?;
        let list = self.lists.list(lookup.first_poll()).await?;
        Ok((lookup, list))
    }
}
