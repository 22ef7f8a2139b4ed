//! Serving cards: what a participant is asked to vote on next.

use std::collections::BTreeSet;

use gd_domain::{Action, Channel, ParticipantId, Proposal, ProposalNumber, Timestamp};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use crate::engine::Engine;
use crate::show_results::ResultsError;

/// Most cards of one sequence.
pub const SEQUENCE_SIZE_MAX: usize = 12;

/// Who asks for how many cards.
pub struct SequenceRequest<'a> {
    /// The consultation's short name.
    pub slug: &'a str,
    /// Who will vote on them.
    pub participant: ParticipantId,
    /// How many; more than [`SEQUENCE_SIZE_MAX`] is that many.
    pub size: usize,
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
    /// Draws cards among the published proposals the participant has not voted on: half of them (rounded
    /// up) those with the fewest votes so far, the rest at random, in random order.
    ///
    /// # Errors
    /// [`ResultsError::NotFound`], or `Port` when the participant's ballots cannot be read.
    pub async fn serve_sequence(&self, request: SequenceRequest<'_>) -> Result<Vec<Card>, ResultsError> {
        let lookup = self.find(request.slug, Action::Read, request.now)?;
        let standing =
            self.ports.standing_ballots.of_participant(lookup.entry.id, request.participant).await?;
        let excluded = standing.iter().map(|ballot| ballot.proposal).chain(request.excluding.iter().copied());
        let excluded = excluded.collect::<BTreeSet<_>>();
        let totals = self.totals(&lookup.entry, request.now).await?;

        let candidates = lookup.view.published().filter(|proposal| !excluded.contains(&proposal.number));
        let votes_on = |number| totals.counts.proposals.get(&number).map_or(0, gd_domain::Tally::total);
        let candidates = candidates.map(|proposal| (votes_on(proposal.number), proposal.number)).collect();
        let drawn = draw(candidates, request.size.min(SEQUENCE_SIZE_MAX), request.seed);

        let card = |number| {
            let proposal = lookup.view.proposal(number)?.clone();
            let key =
                self.vote_key(lookup.entry.id, number, request.participant, Channel::Sequence, request.now);
            Some(Card { proposal, key })
        };
        Ok(drawn.into_iter().filter_map(card).collect())
    }
}

/// Draws `size` of the candidates, each (votes so far, number): half the least voted, half at random.
fn draw(mut candidates: Vec<(i64, ProposalNumber)>, size: usize, seed: u64) -> Vec<ProposalNumber> {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    let size = size.min(candidates.len());
    let least_voted = size.div_ceil(2);
    candidates.shuffle(&mut generator);
    if least_voted > 0 {
        // The shuffle decides between equals only where equals keep their order: sort by place too.
        let mut keyed = candidates
            .iter()
            .enumerate()
            .map(|(place, &(votes, number))| (votes, place, number))
            .collect::<Vec<_>>();
        keyed.select_nth_unstable(least_voted - 1);
        candidates = keyed.into_iter().map(|(votes, _, number)| (votes, number)).collect();
    }
    let others = &mut candidates[least_voted..];
    let (drawn, _) = others.partial_shuffle(&mut generator, size - least_voted);
    let drawn = drawn.to_vec();
    candidates.truncate(least_voted);
    candidates.extend(drawn);
    candidates.shuffle(&mut generator);
    candidates.into_iter().map(|(_, number)| number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cards_are_distinct_and_half_are_the_least_voted(votes in prop::collection::vec(0..50_i64, 0..60), size in 0..=12_usize, seed: u64) {
            let candidates = votes.iter().zip(1..).map(|(&votes, number)| (votes, ProposalNumber(number))).collect::<Vec<_>>();
            let drawn = draw(candidates.clone(), size, seed);
            prop_assert_eq!(drawn.len(), size.min(candidates.len()));
            prop_assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), drawn.len());
            let votes_of = |number: &ProposalNumber| votes[usize::try_from(number.0 - 1).unwrap()];
            let mut all = votes.clone();
            all.sort_unstable();
            let mut of_drawn = drawn.iter().map(votes_of).collect::<Vec<_>>();
            of_drawn.sort_unstable();
            let least = drawn.len().div_ceil(2);
            prop_assert_eq!(&of_drawn[..least], &all[..least]);
        }

        #[test]
        fn the_seed_decides(size in 1..=12_usize, seed: u64) {
            let candidates = (1..100).map(|number| (0, ProposalNumber(number))).collect::<Vec<_>>();
            prop_assert_eq!(draw(candidates.clone(), size, seed), draw(candidates, size, seed));
        }
    }

    #[test]
    fn every_proposal_gets_its_turn() {
        let candidates = (1..=30).map(|number| (0, ProposalNumber(number))).collect::<Vec<_>>();
        let seen = (0..200).flat_map(|seed| draw(candidates.clone(), 12, seed)).collect::<BTreeSet<_>>();
        assert_eq!(seen.len(), 30);
    }
}
