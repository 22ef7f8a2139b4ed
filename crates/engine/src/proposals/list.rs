//! Looking through the published proposals: lists, words, and what resembles a text being typed.

use gd_domain::{Channel, ItemNumber, ParticipantId, PollId, Timestamp};

use crate::consultation::ReadError;
use crate::proposals::item_view::ListedItem;
use crate::proposals::search_text::SearchWords;
use crate::proposals::sequence::ServedCard;
use crate::proposals::state::Proposals;

/// Most proposals of one page of a list.
pub const LISTING_LIMIT_MAX: usize = 100;

/// Most proposals given as similar to a text.
pub const SIMILAR_MAX: usize = 5;

/// The order of a list of proposals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListingOrder {
    /// The latest first.
    #[default]
    New,
    /// The earliest first.
    Old,
}

/// A query for a page of a list.
#[derive(Clone, Debug, Default)]
pub struct ListingQuery<'a> {
    /// The order of the page: the latest or the earliest first.
    pub order: ListingOrder,
    /// Only proposals of the theme of this short name.
    pub theme: Option<&'a str>,
    /// Only proposals that hold each of these words, accents and case aside.
    pub words: Option<&'a str>,
    /// Only proposals that come after this one in the order.
    pub after: Option<ItemNumber>,
    /// The size of the page; more than [`LISTING_LIMIT_MAX`] is that many.
    pub limit: usize,
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Listing {
    /// The proposals, each with a vote key for the reader.
    pub cards: Vec<ServedCard>,
    /// The start of the next page; `None` at the end.
    pub after: Option<ItemNumber>,
}

impl Proposals {
    /// A page of the published proposals, for this participant.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn list(
        &self,
        slug: &str,
        participant: ParticipantId,
        query: &ListingQuery<'_>,
        now: Timestamp,
    ) -> Result<Listing, ReadError> {
        let (_, list) = self.readable(slug, now).await?;
        let view = list.view();
        let words = SearchWords::read(query.words.unwrap_or_default(), view.language());
        let matches = |listed: &&ListedItem| {
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
        let published = view.published_listed();
        let mut found: Vec<_> = match query.order {
            ListingOrder::New => published.rev().filter(matches).take(limit + 1).collect(),
            ListingOrder::Old => published.filter(matches).take(limit + 1).collect(),
        };
        let more = found.len() > limit;
        found.truncate(limit);
        let after = found.last().filter(|_| more).map(|listed| listed.proposal.number);
        let cards = found.into_iter().map(|listed| self.card(list.poll, listed, participant, now)).collect();
        Ok(Listing { cards, after })
    }

    /// Published proposals that resemble a text being typed, the closest first, at most [`SIMILAR_MAX`].
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn similar(
        &self,
        slug: &str,
        participant: ParticipantId,
        text: &str,
        now: Timestamp,
    ) -> Result<Vec<ServedCard>, ReadError> {
        let (lookup, list) = self.readable(slug, now).await?;
        let view = list.view();
        let text = lookup.view.consultation.description.presentation.answer(text);
        let similar = list.similar_texts().await.similar(&view, &text, SIMILAR_MAX);
        // The index may be a change ahead of this view, or behind it.
        let listed = similar.into_iter().filter_map(|number| view.published_under(number));
        Ok(listed.map(|listed| self.card(list.poll, listed, participant, now)).collect())
    }

    /// The published proposal of this number, for this participant, with a key of this channel; `None` when
    /// there is none.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn show(
        &self,
        slug: &str,
        participant: ParticipantId,
        number: ItemNumber,
        channel: Channel,
        now: Timestamp,
    ) -> Result<Option<ServedCard>, ReadError> {
        let (_, list) = self.readable(slug, now).await?;
        let view = list.view();
        let published = view.proposal(number).filter(|proposal| proposal.is_published());
        Ok(published.cloned().map(|proposal| {
            let key = self.voting.key(list.poll, number, participant, channel, now);
            ServedCard { proposal, key }
        }))
    }

    fn card(
        &self,
        poll: PollId,
        listed: &ListedItem,
        participant: ParticipantId,
        now: Timestamp,
    ) -> ServedCard {
        let proposal = listed.proposal.clone();
        let key = self.voting.key(poll, proposal.number, participant, Channel::Explore, now);
        ServedCard { proposal, key }
    }
}
