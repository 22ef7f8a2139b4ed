//! A lane: the voters of one connection, who vote in turn.

use std::sync::Arc;

use rand::rngs::SmallRng;

use crate::booth::Booth;
use crate::measure::Measure;
use crate::reader::Reader;
use crate::target::Consultation;
use crate::voter::Voter;
use crate::watch::Watch;

/// Voters who share a connection.
#[derive(Clone)]
pub(crate) struct Lane {
    pub(crate) voters: Vec<Voter>,
    /// Decides what they say.
    pub(crate) random: SmallRng,
}

/// The ballots that a lane is to cast.
pub(crate) struct Casting {
    pub(crate) consultation: Consultation,
    /// Turn of the consultation's servers, modulo their number.
    pub(crate) turn: usize,
    pub(crate) ballots: usize,
    pub(crate) per_request: usize,
    pub(crate) watch: Arc<Watch>,
}

/// The outcome of drawing cards.
#[derive(Clone, Copy, Default)]
pub(crate) struct Drawn {
    pub(crate) sequences: u64,
    /// Cards shown although their participant had an acknowledged ballot on them.
    pub(crate) already_voted: u64,
}

impl Lane {
    /// Draws a sequence for every voter who has none left to vote on.
    pub(crate) async fn draw(&mut self, reader: &Reader, watch: &Watch) -> Drawn {
        let mut drawn = Drawn::default();
        for voter in self.voters.iter_mut().filter(|voter| voter.needs_cards()) {
            if watch.is_over() {
                break;
            }
            match reader.sequence(voter.cookie.as_deref()).await {
                Ok(sequence) => {
                    drawn.sequences += 1;
                    voter.cookie = sequence.cookie.or(voter.cookie.take());
                    drawn.already_voted += voter.take_cards(sequence.cards);
                }
                Err(failure) => watch.fail(format!("{failure:#}")),
            }
        }
        drawn
    }

    /// Lets the voters cast in turn until the ballots or their cards are used up, or the run is over.
    pub(crate) async fn cast(&mut self, casting: &Casting) -> Measure {
        let mut booth = Booth::new(casting.consultation.clone(), casting.turn);
        let (mut measure, mut ballots, mut left) = (Measure::new(), Vec::new(), casting.ballots);
        loop {
            let left_before = left;
            for voter in &mut self.voters {
                if casting.watch.is_over() {
                    return measure;
                }
                voter.next_ballots(casting.per_request.min(left), &mut self.random, &mut ballots);
                if !ballots.is_empty() {
                    booth.cast(voter, &ballots, &casting.watch, &mut measure).await;
                    left -= ballots.len();
                }
            }
            if left == left_before {
                return measure;
            }
        }
    }
}
