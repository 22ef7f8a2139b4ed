//! Agendas of the event's participants: together they are the event, number by number.

use rand::RngExt;
use rand::rngs::SmallRng;

use super::budget::Budget;
use super::event::Event;
use crate::contract::SEQUENCE_SIZE;

/// One participant in this many returns for a second sequence.
const COMES_BACK_ONE_IN: u32 = 20;

/// The acts one participant comes for, by number.
pub(super) struct Agenda {
    pub(super) ballots: u64,
    pub(super) changes: u64,
    pub(super) retractions: u64,
    pub(super) retries: u64,
}

impl Agenda {
    /// Requests that wait to be thought about.
    pub(super) fn requests_left(&self, per_request: u64) -> u64 {
        self.ballots.div_ceil(per_request) + self.changes + self.retractions
    }
}

/// Everybody's agenda: together they are the event.
pub(super) struct Agendas {
    random: SmallRng,
    ballots: Budget,
    changes: Budget,
    retractions: Budget,
    retries: Budget,
}

impl Agendas {
    pub(super) fn new(event: &Event, random: SmallRng) -> Self {
        let of = |whole| Budget::new(whole, event.participants.into());
        let (ballots, changes) = (of(event.ballots), of(event.changes));
        Self { random, ballots, changes, retractions: of(event.retractions), retries: of(event.retries) }
    }

    /// The next participant's.
    pub(super) fn next(&mut self) -> Agenda {
        let sequence = SEQUENCE_SIZE as u64;
        let random = &mut self.random;
        let ballots = if random.random_range(0..COMES_BACK_ONE_IN) == 0 {
            self.ballots.spend(random.random_range(sequence + 1..=2 * sequence))
        } else {
            self.ballots.take_around(sequence, random)
        };
        Agenda {
            ballots,
            changes: self.changes.take(random),
            retractions: self.retractions.take(random),
            retries: self.retries.take(random),
        }
    }
}
