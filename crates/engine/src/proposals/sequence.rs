//! Serving cards: what a participant is asked to vote on next.

use std::collections::BTreeSet;
use std::sync::Arc;

use gd_domain::{Action, Channel, ParticipantId, Proposal, ProposalNumber, Timestamp};

use crate::engine::{Engine, Lookup};
use crate::ports::PortResult;
use crate::proposals::deck::DeckSource;
use crate::results::report::ResultsError;
use crate::voting::own_ballots::own_ballots;

/// Most cards of one sequence.
pub const SEQUENCE_SIZE_MAX: usize = 12;

/// Who asks for how many cards.
pub struct SequenceRequest<'a> {
    /// The consultation's short name.
    pub slug: &'a str,
    /// Who will vote on them.
    pub participant: ParticipantId,
    /// Whether they got their number only now: somebody new has voted on nothing, and nothing is read.
    pub is_new: bool,
    /// How many; more than [`SEQUENCE_SIZE_MAX`] is that many.
    pub size: usize,
    /// Through which channel the cards go out: their keys say so.
    pub channel: Channel,
    /// Proposals not to serve: those skipped a moment ago.
    pub excluding: &'a [ProposalNumber],
    /// When.
    pub now: Timestamp,
    /// Decides the draw.
    pub seed: u64,
}

/// A proposal shown to one participant, with the key that lets them vote on it.
#[derive(Clone, Debug)]
pub struct Card {
    /// The proposal.
    pub proposal: Proposal,
    /// The vote key.
    pub key: String,
}

impl Engine {
    /// Draws cards among the published proposals the participant has not voted on: a third of them the
    /// least exposed, the rest those whose votes leave most open, in random order
    /// ([`gd_deck::Deck::draw`]). They count as shown.
    ///
    /// # Errors
    /// [`ResultsError::NotFound`], or `Port` when the participant's ballots cannot be read.
    pub async fn serve_sequence(&self, request: SequenceRequest<'_>) -> Result<Vec<Card>, ResultsError> {
        let lookup = self.find(request.slug, Action::Read, request.now)?;
        let mut excluded = self.voted_on(&lookup, &request).await?;
        excluded.extend(request.excluding);
        let totals = self.totals(&lookup.entry, request.now).await?;

        let now = request.now;
        let source =
            DeckSource { entry: Arc::clone(&lookup.entry), view: Arc::clone(&lookup.view), totals, now };
        let drawn = draw(&source, &request, &excluded).await;
        lookup.entry.exposures.note(&drawn);
        let card = |number| {
            let proposal = lookup.view.proposal(number)?.clone();
            let key =
                self.vote_key(lookup.entry.id, number, request.participant, request.channel, request.now);
            Some(Card { proposal, key })
        };
        Ok(drawn.into_iter().filter_map(card).collect())
    }

    async fn voted_on(
        &self,
        lookup: &Lookup,
        request: &SequenceRequest<'_>,
    ) -> PortResult<BTreeSet<ProposalNumber>> {
        if request.is_new {
            return Ok(BTreeSet::new());
        }
        let standing = own_ballots(&self.ports, &lookup.entry, request.participant).await?;
        Ok(standing.into_iter().map(|ballot| ballot.proposal).collect())
    }
}

/// Draws from the last deck, or from a new one where that holds too few.
async fn draw(
    source: &DeckSource,
    request: &SequenceRequest<'_>,
    excluded: &BTreeSet<ProposalNumber>,
) -> Vec<ProposalNumber> {
    let size = request.size.min(SEQUENCE_SIZE_MAX);
    let prepared = source.deck().await;
    // The catalogue knows of a refusal before the deck does; a deck of the same revision knows it too.
    let is_newest = prepared.is_of_revision(source);
    let is_open = |number| {
        let is_published = || is_newest || source.view.proposal(number).is_some_and(Proposal::is_published);
        !excluded.contains(&number) && is_published()
    };
    let drawn = prepared.deck.draw(size, request.seed, is_open);
    if drawn.len() == size || prepared.is_of(source) {
        return drawn;
    }
    source.newest_deck().await.deck.draw(size, request.seed, is_open)
}
