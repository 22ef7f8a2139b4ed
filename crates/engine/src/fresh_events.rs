//! The events this process appended last, so that a projector which keeps up need not read them back.
//!
//! Knows positions only from acknowledged appends: what is here is on record, at these very places.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use gd_domain::{BallotEvent, Position, PositionedEvent};

/// Events kept, about 50 bytes each: a second's worth of a crowd.
const EVENTS_MAX: usize = 50_000;

/// A stretch of the ledger without a gap: its newest part, as long as only this process appends.
#[derive(Debug, Default)]
pub(crate) struct FreshEvents(Mutex<VecDeque<PositionedEvent>>);

impl FreshEvents {
    /// Notes events that were appended together, the last one at this position.
    pub(crate) fn note(&self, events: &[BallotEvent], last: Position) {
        let before = last.0.saturating_sub(events.len() as u64);
        let mut fresh = self.lock();
        if fresh.back().is_some_and(|newest| newest.position.0 != before) {
            // Another process appended in between, or an append of ours was given up: a gap.
            fresh.clear();
        }
        let placed = events.iter().zip(before + 1..);
        fresh.extend(placed.map(|(&event, at)| PositionedEvent { position: Position(at), event }));
        let excess = fresh.len().saturating_sub(EVENTS_MAX);
        fresh.drain(..excess);
    }

    /// Takes at most `limit` events right after this position; none when those are not here.
    pub(crate) fn take_after(&self, position: Position, limit: usize) -> Vec<PositionedEvent> {
        let mut fresh = self.lock();
        let known = fresh.partition_point(|placed| placed.position <= position);
        fresh.drain(..known);
        if fresh.front().is_none_or(|first| first.position.0 != position.0 + 1) {
            return Vec::new();
        }
        let taken = limit.min(fresh.len());
        fresh.drain(..taken).collect()
    }

    /// Nothing can fail between locking and unlocking that would leave a gap.
    fn lock(&self) -> MutexGuard<'_, VecDeque<PositionedEvent>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gd_domain::{AudienceCode, Channel, Choice, Opinion, ParticipantId, ProposalNumber, Timestamp};

    fn event(proposal: u32) -> BallotEvent {
        BallotEvent {
            participant: ParticipantId::from_number(1).unwrap(),
            proposal: ProposalNumber(proposal),
            opinion: Some(Opinion::bare(Choice::Agree)),
            audience: AudienceCode::UNDECLARED,
            channel: Channel::Sequence,
            cast_at: Timestamp::default(),
        }
    }

    fn positions(events: &[PositionedEvent]) -> Vec<u64> {
        events.iter().map(|placed| placed.position.0).collect()
    }

    #[test]
    fn events_are_taken_once_in_their_places() {
        let fresh = FreshEvents::default();
        fresh.note(&[event(1), event(2)], Position(12));
        fresh.note(&[event(3)], Position(13));
        let taken = fresh.take_after(Position(10), 2);
        assert_eq!(positions(&taken), [11, 12]);
        assert_eq!(taken[1].event, event(2));
        assert_eq!(positions(&fresh.take_after(Position(12), 2)), [13]);
        assert_eq!(positions(&fresh.take_after(Position(13), 2)), []);
    }

    #[test]
    fn what_does_not_follow_is_not_given() {
        let fresh = FreshEvents::default();
        fresh.note(&[event(1)], Position(11));
        assert_eq!(positions(&fresh.take_after(Position(5), 9)), [], "the projector is further behind");
        // Position 12 was appended by another process.
        fresh.note(&[event(3)], Position(13));
        assert_eq!(positions(&fresh.take_after(Position(10), 9)), []);
        assert_eq!(positions(&fresh.take_after(Position(11), 9)), []);
        assert_eq!(positions(&fresh.take_after(Position(12), 9)), [13]);
    }

    #[test]
    fn only_the_newest_are_kept() {
        let fresh = FreshEvents::default();
        let many = vec![event(1); EVENTS_MAX];
        fresh.note(&many, Position(EVENTS_MAX as u64));
        fresh.note(&[event(2)], Position(EVENTS_MAX as u64 + 1));
        assert_eq!(positions(&fresh.take_after(Position(0), 1)), []);
        assert_eq!(positions(&fresh.take_after(Position(1), 1)), [2]);
    }
}
