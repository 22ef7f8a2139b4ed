//! One participant: a cookie, the cards shown to it, and what the server acknowledged of its votes.

use rand::Rng;

use crate::contract::{CardBody, Recorded};
use crate::opinion::Opinion;
use crate::outcomes::Outcomes;

/// A participant of the load.
#[derive(Clone, Default)]
pub(crate) struct Voter {
    /// The value of the participant's cookie, once the server has given one.
    pub(crate) cookie: Option<String>,
    /// In the order the cards were shown.
    pub(crate) votes: Vec<Vote>,
    /// Place of the next vote to cast; at the end there is none left.
    next: usize,
}

/// A participant's vote on one proposal, as far as it is known.
#[derive(Clone)]
pub(crate) struct Vote {
    pub(crate) proposal: u32,
    pub(crate) key: Box<str>,
    /// The last opinion that was acknowledged.
    pub(crate) acknowledged: Option<Opinion>,
    /// Something later of which nobody knows whether it was recorded.
    pub(crate) doubt: Option<Doubt>,
}

/// An act that may have been recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doubt {
    Cast(Opinion),
    Retracted,
}

/// A ballot about to be cast: the place of its vote and the opinion.
pub(crate) type Ballot = (usize, Opinion);

impl Voter {
    /// Somebody who has no cards yet, and perhaps no cookie.
    pub(crate) fn new(cookie: Option<String>) -> Self {
        Self { cookie, ..Self::default() }
    }

    /// Whether every card has been voted on.
    pub(crate) fn needs_cards(&self) -> bool {
        self.next == self.votes.len()
    }

    /// Takes the cards of a sequence. Returns the number that the participant had already voted on. With none left
    /// to show, the participant starts to change its mind, from the first vote on.
    pub(crate) fn take_cards(&mut self, cards: Vec<CardBody>) -> u64 {
        let mut already_voted = 0;
        for card in cards {
            match self.votes.iter_mut().find(|vote| vote.proposal == card.number) {
                Some(vote) if vote.acknowledged.is_some() => already_voted += 1,
                Some(vote) => vote.key = card.key,
                None => self.votes.push(Vote {
                    proposal: card.number,
                    key: card.key,
                    acknowledged: None,
                    doubt: None,
                }),
            }
        }
        if self.needs_cards() {
            self.next = 0;
        }
        already_voted
    }

    /// Puts away all but so many of the cards that were not voted on.
    pub(crate) fn keep_cards(&mut self, count: usize) {
        self.votes.truncate(self.next.saturating_add(count));
    }

    /// The next ballots to cast, at most `count`, each new or a real change, into `ballots`.
    pub(crate) fn next_ballots(&mut self, count: usize, random: &mut impl Rng, ballots: &mut Vec<Ballot>) {
        let end = self.votes.len().min(self.next.saturating_add(count));
        let places = self.next..end;
        ballots.clear();
        ballots.extend(places.map(|place| (place, Opinion::draw(self.votes[place].acknowledged, random))));
        self.next = end;
    }

    /// Writes down what was acknowledged and what was refused.
    ///
    /// # Errors
    /// When the answer does not add up.
    pub(crate) fn note(
        &mut self,
        recorded: &Recorded,
        ballots: &[Ballot],
        outcomes: &mut Outcomes,
    ) -> Result<(), String> {
        for &(place, opinion) in ballots {
            let vote = &mut self.votes[place];
            if let Some(refused) = recorded.refused.iter().find(|refused| refused.proposal == vote.proposal) {
                *outcomes.refused.entry(refused.code.clone()).or_default() += 1;
            } else if vote.acknowledged.replace(opinion).is_none() {
                outcomes.first_on_the_proposal += 1;
            } else {
                outcomes.changes += 1;
            }
        }
        let (sent, recorded, refused) = (ballots.len(), recorded.recorded, recorded.refused.len());
        if recorded + refused == sent {
            Ok(())
        } else {
            Err(format!("of {sent} ballots the server recorded {recorded} and refused {refused}"))
        }
    }

    /// Notes that nobody knows whether these ballots were recorded. Returns their number.
    pub(crate) fn doubt(&mut self, ballots: &[Ballot]) -> u64 {
        for &(place, opinion) in ballots {
            self.votes[place].doubt = Some(Doubt::Cast(opinion));
        }
        ballots.len() as u64
    }

    /// Forgets everything but what was acknowledged or may stand.
    pub(crate) fn keep_votes_only(&mut self) {
        self.votes.retain_mut(|vote| {
            vote.key = Box::default();
            vote.acknowledged.is_some() || vote.doubt.is_some()
        });
        self.votes.shrink_to_fit();
        self.next = self.votes.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::SmallRng;

    fn cards(numbers: impl IntoIterator<Item = u32>) -> Vec<CardBody> {
        numbers.into_iter().map(|number| CardBody { number, key: "key".into() }).collect()
    }

    #[test]
    fn a_voter_asks_for_cards_then_changes_its_mind() {
        let (mut voter, mut random, mut ballots) = (Voter::default(), SmallRng::seed_from_u64(1), Vec::new());
        assert!(voter.needs_cards());
        voter.take_cards(cards(1..=3));
        for expected in [vec![0, 1], vec![2], vec![]] {
            voter.next_ballots(2, &mut random, &mut ballots);
            assert_eq!(ballots.iter().map(|(place, _)| *place).collect::<Vec<_>>(), expected);
            for &(place, opinion) in &ballots {
                voter.votes[place].acknowledged = Some(opinion);
            }
        }
        assert!(voter.needs_cards());

        voter.take_cards(cards(4..=6));
        voter.keep_cards(1);
        voter.next_ballots(2, &mut random, &mut ballots);
        assert_eq!(ballots.iter().map(|(place, _)| *place).collect::<Vec<_>>(), [3]);
        voter.votes[3].acknowledged = Some(ballots[0].1);

        voter.take_cards(cards([]));
        voter.next_ballots(12, &mut random, &mut ballots);
        assert_eq!(ballots.len(), 4);
        for (place, opinion) in ballots {
            assert_ne!(voter.votes[place].acknowledged.unwrap().choice(), opinion.choice());
        }
    }

    #[test]
    fn a_card_that_was_voted_on_is_noticed() {
        let mut voter = Voter::default();
        assert_eq!(voter.take_cards(cards([4, 5])), 0);
        voter.votes[0].acknowledged = Opinion::read("agree", &[]);
        assert_eq!(voter.take_cards(cards([4, 5, 6])), 1);
        assert_eq!(voter.votes.len(), 3);
    }
}
