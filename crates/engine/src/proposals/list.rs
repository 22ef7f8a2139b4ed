//! Looking through the published proposals: lists, words, and what resembles a text being typed.

use gd_domain::{Action, Channel, ParticipantId, ProposalNumber, Timestamp};

use crate::consultation::catalogue::{CatalogueEntry, Listed};
use crate::engine::{Engine, LookupError};
use crate::proposals::search_text::SearchWords;
use crate::proposals::sequence::Card;

/// Most proposals of one page of a list.
pub const LISTING_LIMIT_MAX: usize = 100;

/// Most proposals given as similar to a text.
pub const SIMILAR_MAX: usize = 5;

/// In which order proposals are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListingOrder {
    /// The latest first.
    #[default]
    New,
    /// The earliest first.
    Old,
}

/// What to list.
#[derive(Clone, Debug, Default)]
pub struct ListingQuery<'a> {
    /// In which order.
    pub order: ListingOrder,
    /// Only proposals of the theme of this short name.
    pub theme: Option<&'a str>,
    /// Only proposals that hold each of these words, accents and case aside.
    pub words: Option<&'a str>,
    /// Only proposals that come after this one in the order.
    pub after: Option<ProposalNumber>,
    /// How many; more than [`LISTING_LIMIT_MAX`] is that many.
    pub limit: usize,
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Listing {
    /// The proposals, each with a vote key for the reader.
    pub cards: Vec<Card>,
    /// Where the next page starts; `None` at the end.
    pub after: Option<ProposalNumber>,
}

impl Engine {
    /// A page of the published proposals, for this participant.
    ///
    /// # Errors
    /// [`LookupError::NotFound`].
    pub fn list_proposals(
        &self,
        slug: &str,
        participant: ParticipantId,
        query: &ListingQuery<'_>,
        now: Timestamp,
    ) -> Result<Listing, LookupError> {
        let lookup = self.find(slug, Action::Read, now)?;
        let language = lookup.view.consultation.description.language;
        let words = SearchWords::read(query.words.unwrap_or_default(), language);
        let matches = |listed: &&Listed| {
            let proposal = &listed.proposal;
            let theme_fits = query
                .theme
                .is_none_or(|id| proposal.theme.as_ref().is_some_and(|theme| theme.as_str() == id));
            let comes_after = query.after.is_none_or(|after| match query.order {
                ListingOrder::New => proposal.number < after,
                ListingOrder::Old => proposal.number > after,
            });
            theme_fits && comes_after && words.are_in(&listed.folded, &listed.stems)
        };
        let limit = query.limit.clamp(1, LISTING_LIMIT_MAX);
        let published = lookup.view.published_listed();
        let mut found: Vec<_> = match query.order {
            ListingOrder::New => published.rev().filter(matches).take(limit + 1).collect(),
            ListingOrder::Old => published.filter(matches).take(limit + 1).collect(),
        };
        let more = found.len() > limit;
        found.truncate(limit);
        let after = found.last().filter(|_| more).map(|listed| listed.proposal.number);
        let cards =
            found.into_iter().map(|listed| self.card(&lookup.entry, listed, participant, now)).collect();
        Ok(Listing { cards, after })
    }

    /// Published proposals that resemble a text being typed, the closest first, at most [`SIMILAR_MAX`].
    ///
    /// # Errors
    /// [`LookupError::NotFound`].
    pub fn similar_proposals(
        &self,
        slug: &str,
        participant: ParticipantId,
        text: &str,
        now: Timestamp,
    ) -> Result<Vec<Card>, LookupError> {
        let lookup = self.find(slug, Action::Read, now)?;
        let (entry, view) = (&lookup.entry, &lookup.view);
        if !entry.similar_texts.is_made() {
            entry.similar_texts.prepare(|| entry.view());
        }
        let text = view.consultation.description.presentation.answer(text);
        let similar = entry.similar_texts.similar(view, &text, SIMILAR_MAX);
        // The index may be a change ahead of this view, or behind it.
        let listed = similar.into_iter().filter_map(|number| view.published_under(number));
        Ok(listed.map(|listed| self.card(entry, listed, participant, now)).collect())
    }

    /// The published proposal of this number, for this participant, with a key of this channel; `None` when
    /// there is none.
    ///
    /// # Errors
    /// [`LookupError::NotFound`].
    pub fn show_proposal(
        &self,
        slug: &str,
        participant: ParticipantId,
        number: ProposalNumber,
        channel: Channel,
        now: Timestamp,
    ) -> Result<Option<Card>, LookupError> {
        let lookup = self.find(slug, Action::Read, now)?;
        let published = lookup.view.proposal(number).filter(|proposal| proposal.is_published());
        Ok(published.cloned().map(|proposal| {
            let key = self.vote_key(lookup.entry.id, number, participant, channel, now);
            Card { proposal, key }
        }))
    }

    fn card(
        &self,
        entry: &CatalogueEntry,
        listed: &Listed,
        participant: ParticipantId,
        now: Timestamp,
    ) -> Card {
        let proposal = listed.proposal.clone();
        let key = self.vote_key(entry.id, proposal.number, participant, Channel::Explore, now);
        Card { proposal, key }
    }
}
