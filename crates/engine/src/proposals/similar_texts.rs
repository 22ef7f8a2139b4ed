//! The index of similar texts: the published proposals that resemble a text, changed with their list.
//!
//! It is made when it is first needed, or ahead of that where a server starts ([`crate::Engine::run`]), so that
//! a command that only lists proposals does not pay for it.

use std::sync::{PoisonError, RwLock};

use gd_domain::{ItemNumber, Language, Proposal};
use gd_likeness::{Index, Reader};

use crate::proposals::item_view::ItemView;

/// The index of one poll's items.
#[derive(Debug, Default)]
pub(crate) struct SimilarTexts {
    made: RwLock<Option<Index>>,
}

impl SimilarTexts {
    /// Makes the index if there is none: about 20 µs a published proposal. `view` is asked for under the lock, so
    /// that what changes meanwhile comes by [`SimilarTexts::follow`] afterwards.
    pub(crate) fn prepare<V: AsRef<ItemView>>(&self, view: impl FnOnce() -> V) {
        if self.made.read().unwrap_or_else(PoisonError::into_inner).is_some() {
            return;
        }
        let mut made = self.made.write().unwrap_or_else(PoisonError::into_inner);
        if made.is_some() {
            return;
        }
        let view = view();
        let (mut reader, mut index) = (reader(view.as_ref()), Index::default());
        for proposal in view.as_ref().published() {
            index.add(proposal.number.0, &reader.read(proposal.text.as_str()));
        }
        *made = Some(index);
    }

    /// Whether the index is there and can be asked at once.
    pub(crate) fn is_ready(&self) -> bool {
        self.made.try_read().is_ok_and(|made| made.is_some())
    }

    /// Takes over these proposals as they are in the view.
    pub(crate) fn follow(&self, changed: &[ItemNumber], view: &ItemView) {
        let mut made = self.made.write().unwrap_or_else(PoisonError::into_inner);
        let Some(index) = made.as_mut() else { return };
        let mut reader = reader(view);
        for &number in changed {
            match view.proposal(number).filter(|proposal| Proposal::is_published(proposal)) {
                Some(proposal) => index.add(number.0, &reader.read(proposal.text.as_str())),
                None => index.remove(number.0),
            }
        }
    }

    /// Numbers of the proposals most similar to the text, the most similar first.
    pub(crate) fn similar(&self, view: &ItemView, text: &str, limit: usize) -> Vec<ItemNumber> {
        let reading = reader(view).read(text);
        let made = self.made.read().unwrap_or_else(PoisonError::into_inner);
        let similar = made.as_ref().map(|index| index.similar(&reading, limit)).unwrap_or_default();
        similar.into_iter().map(|similar| ItemNumber(similar.number)).collect()
    }
}

/// Texts whose language cannot be told are read in the consultation's.
fn reader(view: &ItemView) -> Reader {
    Reader::new(match view.language() {
        Language::Fr => gd_likeness::Language::French,
        Language::En => gd_likeness::Language::English,
    })
}
