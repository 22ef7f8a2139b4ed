//! The items of one poll as they were at one instant.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use gd_domain::{ItemNumber, Language, Proposal, Slug};
use rpds::RedBlackTreeMapSync;

use crate::proposals::search_text::{fold_for_search, stems_for_search};

/// Items by number. A view shares with the one before it all that did not change: with ten thousand
/// items, taking one more costs no more than with a hundred.
type ByNumber = RedBlackTreeMapSync<ItemNumber, Arc<ListedItem>>;

/// An item with its text made ready for searching.
#[derive(Debug)]
pub(crate) struct ListedItem {
    pub(crate) proposal: Proposal,
    pub(crate) folded: String,
    pub(crate) stems: String,
    /// The same for items that the organizer put under one idea, and else for texts of the same words,
    /// whatever their case, accents and punctuation.
    pub(crate) idea: u64,
}

/// Every item of a poll at one instant; replaced whole, never changed.
#[derive(Clone, Debug)]
pub struct ItemView {
    language: Language,
    last_change: (u64, ItemNumber),
    items: ByNumber,
    published: ByNumber,
}

impl ItemView {
    pub(crate) fn new(language: Language) -> Self {
        Self {
            language,
            last_change: (0, ItemNumber(0)),
            items: ByNumber::new_sync(),
            published: ByNumber::new_sync(),
        }
    }

    /// The item of this number, whatever its status.
    #[must_use]
    pub fn proposal(&self, number: ItemNumber) -> Option<&Proposal> {
        self.items.get(&number).map(|listed| &listed.proposal)
    }

    /// Goes up with every change of an item.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.last_change.0
    }

    /// Every item, whatever its status, by number.
    #[must_use]
    pub fn proposals(&self) -> impl DoubleEndedIterator<Item = &Proposal> {
        self.items.values().map(|listed| &listed.proposal)
    }

    /// The published items, by number.
    #[must_use]
    pub fn published(&self) -> impl ExactSizeIterator<Item = &Proposal> + DoubleEndedIterator {
        self.published_listed().map(|listed| &listed.proposal)
    }

    pub(crate) fn language(&self) -> Language {
        self.language
    }

    pub(crate) fn last_change(&self) -> (u64, ItemNumber) {
        self.last_change
    }

    pub(crate) fn published_under(&self, number: ItemNumber) -> Option<&ListedItem> {
        self.published.get(&number).map(Arc::as_ref)
    }

    pub(crate) fn published_listed(
        &self,
    ) -> impl ExactSizeIterator<Item = &ListedItem> + DoubleEndedIterator {
        self.published.values().map(Arc::as_ref)
    }

    pub(crate) fn record(&mut self, changes: Vec<(u64, Proposal)>) {
        for (revision, proposal) in changes {
            let number = proposal.number;
            self.last_change = (revision, number);
            let folded = fold_for_search(proposal.text.as_str());
            let idea = idea_key(proposal.idea.as_ref(), &folded);
            let stems = stems_for_search(proposal.text.as_str(), self.language);
            let listed = Arc::new(ListedItem { proposal, folded, stems, idea });
            if listed.proposal.is_published() {
                self.published.insert_mut(number, Arc::clone(&listed));
            } else {
                self.published.remove_mut(&number);
            }
            self.items.insert_mut(number, listed);
        }
    }
}

fn idea_key(organizers: Option<&Slug>, folded: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    organizers.hash(&mut hasher);
    if organizers.is_none() {
        folded.split_whitespace().for_each(|word| word.hash(&mut hasher));
    }
    hasher.finish()
}
