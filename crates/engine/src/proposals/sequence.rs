//! Serving cards: the proposals a participant votes on next.

use std::collections::BTreeSet;
use std::sync::Arc;

use gd_domain::{Channel, ItemNumber, ParticipantId, Proposal, Timestamp};

use crate::consultation::ReadError;
use crate::port_error::PortResult;
use crate::proposals::deck_source::DeckSource;
use crate::proposals::item_list::ItemList;
use crate::proposals::state::Proposals;

/// Most cards of one sequence.
pub const SEQUENCE_SIZE_MAX: usize = 12;

/// A request for cards.
pub struct SequenceRequest<'a> {
    /// The consultation's short name.
    pub slug: &'a str,
    /// The voter who asks for cards.
    pub participant: ParticipantId,
    /// Whether they got their number only now: somebody new has voted on nothing, and nothing is read.
    pub is_new: bool,
    /// The number of cards; more than [`SEQUENCE_SIZE_MAX`] is that many.
    pub size: usize,
    /// The channel the cards go out by: their keys carry it.
    pub channel: Channel,
    /// Proposals not to serve: those skipped a moment ago.
    pub excluding: &'a [ItemNumber],
    /// The instant of the request.
    pub now: Timestamp,
    /// The seed of the draw.
    pub seed: u64,
}

/// A proposal shown to one participant, with the key that lets them vote on it.
#[derive(Clone, Debug)]
pub struct ServedCard {
    /// The proposal on the card.
    pub proposal: Proposal,
    /// The vote key.
    pub key: String,
}

impl Proposals {
    /// Draws cards among the published proposals the participant has not voted on: a third of them the
    /// least exposed, the rest those whose votes leave most open, in random order
    /// ([`gd_deck::Deck::draw`]). They count as shown.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn sequence(&self, request: SequenceRequest<'_>) -> Result<Vec<ServedCard>, ReadError> {
        let (_, list) = self.readable(request.slug, request.now).await?;
        let mut excluded = self.voted_on(&list, &request).await?;
        excluded.extend(request.excluding);
        let totals = self.voting.totals(list.poll, request.now).await?;
        let (view, now) = (list.view(), request.now);
        let source = DeckSource { list: Arc::clone(&list), view: Arc::clone(&view), totals, now };
        let drawn = draw(&source, &request, &excluded).await;
        list.exposures.note(&drawn);
        let card = |number| {
            let proposal = view.proposal(number)?.clone();
            let key = self.voting.key(list.poll, number, request.participant, request.channel, now);
            Some(ServedCard { proposal, key })
        };
        Ok(drawn.into_iter().filter_map(card).collect())
    }

    async fn voted_on(
        &self,
        list: &ItemList,
        request: &SequenceRequest<'_>,
    ) -> PortResult<BTreeSet<ItemNumber>> {
        if request.is_new {
            return Ok(BTreeSet::new());
        }
        let standing = self.voting.own_ballots(list.poll, request.participant).await?;
        Ok(standing.into_iter().map(|ballot| ballot.proposal).collect())
    }
}

/// Draws from the last deck, or from a new one where that holds too few.
async fn draw(
    source: &DeckSource,
    request: &SequenceRequest<'_>,
    excluded: &BTreeSet<ItemNumber>,
) -> Vec<ItemNumber> {
    let size = request.size.min(SEQUENCE_SIZE_MAX);
    let prepared = source.deck().await;
    // The catalogue knows of a refusal before the deck does; a deck of the same revision knows it too.
    let is_newest = source.is_of_revision(&prepared);
    let is_open = |number| {
        let is_published = || is_newest || source.view.proposal(number).is_some_and(Proposal::is_published);
        !excluded.contains(&number) && is_published()
    };
    let drawn = prepared.deck.draw(size, request.seed, is_open);
    if drawn.len() == size || source.is_of(&prepared) {
        return drawn;
    }
    source.newest_deck().await.deck.draw(size, request.seed, is_open)
}
