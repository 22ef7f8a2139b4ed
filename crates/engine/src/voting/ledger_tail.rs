//! The ledger's newest stretch, followed in memory: what this process appended comes by itself, what others
//! appended is read when somebody needs it. The projector takes its steps from here, and people find here
//! what they said that is not projected yet, without every one of them reading the tail for themselves.
//!
//! Knows positions only from acknowledged appends and from the ledger: what is here is on record, at these
//! very places.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use gd_domain::{BallotEvent, ParticipantId, PollId, Position, PositionedEvent};

use crate::port_error::PortResult;
use crate::voting::ports::Ledger;

/// Events kept behind the projection, two of its longest steps: somebody may still hold what stood there a
/// moment ago.
const BEHIND_EVENTS: u64 = 32_000;
/// Events kept at most, 40 bytes each and less than that for the places of the newest: more than may wait to be
/// projected.
const EVENTS_MAX: usize = 300_000;
/// Events that room is made for at once, at least.
const ROOM_MIN: usize = 1_024;
/// Events read from the ledger at once.
const READ_EVENTS_MAX: usize = 5_000;

/// The followed stretch of one poll's ledger.
#[derive(Debug, Default)]
pub(crate) struct LedgerTail {
    stretch: Mutex<Stretch>,
    /// Held by the one who reads the ledger on everybody's behalf.
    reading: tokio::sync::Mutex<()>,
}

impl LedgerTail {
    /// Notes events that were appended together by this process, the last one at this position.
    pub(crate) fn note(&self, events: &[BallotEvent], last: Position) {
        let before = last.0.saturating_sub(events.len() as u64);
        let placed = events.iter().zip(before + 1..);
        self.lock().extend(placed.map(|(&event, at)| PositionedEvent { position: Position(at), event }));
    }

    /// Adds events read from the ledger, in order and without a gap, where they follow what is here.
    pub(crate) fn add(&self, events: &[PositionedEvent]) {
        self.lock().extend(events.iter().copied());
    }

    /// Lets go of what the projection has long passed.
    pub(crate) fn release(&self, projected: Position) {
        let mut stretch = self.lock();
        stretch.projected = stretch.projected.max(projected.0);
        stretch.shrink();
    }

    /// Forgets everything: the ledger begins again.
    pub(crate) fn forget(&self) {
        *self.lock() = Stretch::default();
    }

    /// At most `limit` events right after this position; none when those are not here.
    pub(crate) fn after(&self, position: Position, limit: usize) -> Vec<PositionedEvent> {
        let stretch = self.lock();
        let Some(skipped) = stretch.skipped(position) else { return Vec::new() };
        let following = stretch.events.iter().skip(skipped).take(limit).zip(position.0 + 1..);
        following.map(|(kept, at)| PositionedEvent { position: Position(at), event: kept.event }).collect()
    }

    /// A participant's events after `from`, up to `to` at least, in order. Reads missing events from the ledger.
    /// `None` when the tail begins after `from`, or the ledger ends before `to`.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub(crate) async fn of_participant(
        &self,
        ledger: &dyn Ledger,
        poll: PollId,
        participant: ParticipantId,
        (from, to): (Position, Position),
    ) -> PortResult<Option<Vec<BallotEvent>>> {
        loop {
            let end = {
                let mut stretch = self.lock();
                if stretch.end + BEHIND_EVENTS < from.0 {
                    stretch.begin_at(from);
                }
                if stretch.skipped(from).is_none() {
                    return Ok(None);
                }
                if stretch.end >= to.0 {
                    return Ok(Some(stretch.of_participant(participant, from)));
                }
                stretch.end
            };
            let _one_at_a_time = self.reading.lock().await;
            if self.lock().end > end {
                continue;
            }
            let events = ledger.read_after(poll, Position(end), READ_EVENTS_MAX).await?;
            if events.is_empty() {
                return Ok(None);
            }
            self.add(&events);
        }
    }

    /// Nothing can fail between locking and unlocking that would leave a gap.
    fn lock(&self) -> MutexGuard<'_, Stretch> {
        self.stretch.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Events one after the other, without a gap, up to `end`.
#[derive(Debug, Default)]
struct Stretch {
    events: VecDeque<TailEvent>,
    /// The position of the last event here, or of the one before the first to come.
    end: u64,
    /// As far as the projection is known to have come.
    projected: u64,
    /// The position of each participant's newest event here.
    newest: HashMap<ParticipantId, u64>,
}

/// An event with the position of the same participant's event before it, 0 if none was here: a chain that
/// leads from somebody's newest event to their oldest.
#[derive(Debug)]
struct TailEvent {
    event: BallotEvent,
    before: u64,
}

impl Stretch {
    /// Adds the new events among these, if they follow the last one here without a gap.
    fn extend(&mut self, events: impl Iterator<Item = PositionedEvent>) {
        for PositionedEvent { position: Position(at), event } in events {
            if at <= self.end {
                continue;
            }
            if self.events.is_empty() {
                self.end = at - 1;
            }
            if at != self.end + 1 {
                // Another process appended in between. The events here may still be asked for; a caller that
                // needs the missing ones reads the ledger.
                break;
            }
            let before = self.newest.insert(event.participant, at).unwrap_or_default();
            if self.events.len() == self.events.capacity() {
                // By a quarter: what stands behind the projection is always here, twice as much hardly ever.
                self.events.reserve_exact(self.events.len() / 4 + ROOM_MIN);
            }
            self.events.push_back(TailEvent { event, before });
            self.end = at;
        }
        self.shrink();
    }

    fn begin_at(&mut self, position: Position) {
        *self = Self { end: position.0, projected: self.projected, ..Self::default() };
    }

    fn first(&self) -> u64 {
        self.end + 1 - self.events.len() as u64
    }

    /// The number of events here at or before this position. `None` when the event after it has left this
    /// tail or will never be in it.
    fn skipped(&self, position: Position) -> Option<usize> {
        let skipped = (position.0 + 1).checked_sub(self.first())?;
        usize::try_from(skipped).ok()
    }

    fn shrink(&mut self) {
        let released = self.projected.saturating_sub(BEHIND_EVENTS);
        while self.events.len() > EVENTS_MAX || (self.first() <= released && !self.events.is_empty()) {
            let first = self.first();
            let Some(TailEvent { event, .. }) = self.events.pop_front() else { break };
            if let Entry::Occupied(newest) = self.newest.entry(event.participant)
                && *newest.get() == first
            {
                newest.remove();
            }
        }
        if self.events.len() < self.events.capacity() / 4 {
            self.events.shrink_to(self.events.len() * 2);
            self.newest.shrink_to(self.newest.len() * 2);
        }
    }

    fn of_participant(&self, participant: ParticipantId, from: Position) -> Vec<BallotEvent> {
        let mut events = Vec::new();
        let mut at = self.newest.get(&participant).copied().unwrap_or_default();
        let first = self.first().max(from.0 + 1);
        while at >= first {
            let kept = usize::try_from(at - self.first()).ok().and_then(|place| self.events.get(place));
            let Some(kept) = kept else { break };
            events.push(kept.event);
            at = kept.before;
        }
        events.reverse();
        events
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_trait::async_trait;
    use gd_domain::{AudienceCode, Channel, Choice, ItemNumber, Opinion, Timestamp};

    const POLL: PollId = PollId(1);

    fn event(participant: i64, proposal: u32) -> BallotEvent {
        BallotEvent {
            participant: ParticipantId::from_number(participant).unwrap(),
            proposal: ItemNumber(proposal),
            opinion: Some(Opinion::bare(Choice::Agree)),
            audience: AudienceCode::UNDECLARED,
            channel: Channel::Sequence,
            cast_at: Timestamp::default(),
        }
    }

    /// Event `n` stands at position `n`, of participant `n % 3`, on proposal `n`.
    fn written(from: u32, to: u32) -> Vec<BallotEvent> {
        (from..=to).map(|at| event(i64::from(at % 3), at)).collect()
    }

    fn positions(events: &[PositionedEvent]) -> Vec<u64> {
        events.iter().map(|placed| placed.position.0).collect()
    }

    /// A ledger of so many events that counts its reads.
    struct Written(u32, std::sync::atomic::AtomicU32);

    impl Written {
        fn up_to(end: u32) -> Self {
            Self(end, 0.into())
        }

        fn reads(&self) -> u32 {
            self.1.load(std::sync::atomic::Ordering::Relaxed)
        }
    }

    #[async_trait]
    impl Ledger for Written {
        async fn append(&self, _: PollId, _: &[BallotEvent], _: Timestamp) -> PortResult<Position> {
            unreachable!("nothing is appended here")
        }

        async fn head(&self, _: PollId) -> PortResult<Position> {
            Ok(Position(self.0.into()))
        }

        async fn read_after(
            &self,
            _: PollId,
            after: Position,
            limit: usize,
        ) -> PortResult<Vec<PositionedEvent>> {
            self.1.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let first = u32::try_from(after.0).unwrap() + 1;
            let placed = |at| PositionedEvent {
                position: Position(u64::from(at)),
                event: event(i64::from(at % 3), at),
            };
            Ok((first..=self.0).take(limit).map(placed).collect())
        }
    }

    async fn proposals_of(
        tail: &LedgerTail,
        ledger: &Written,
        participant: i64,
        from: u64,
        to: u64,
    ) -> Option<Vec<u32>> {
        let participant = ParticipantId::from_number(participant).unwrap();
        let between = (Position(from), Position(to));
        let events = tail.of_participant(ledger, POLL, participant, between).await.unwrap();
        events.map(|events| events.iter().map(|event| event.proposal.0).collect())
    }

    #[test]
    fn what_was_appended_here_is_found_at_its_place() {
        let tail = LedgerTail::default();
        tail.note(&written(11, 12), Position(12));
        tail.note(&written(13, 13), Position(13));
        let taken = tail.after(Position(10), 2);
        assert_eq!(positions(&taken), [11, 12]);
        assert_eq!(taken[1].event, written(12, 12)[0]);
        assert_eq!(positions(&tail.after(Position(12), 2)), [13]);
        assert!(positions(&tail.after(Position(13), 2)).is_empty());
        assert!(positions(&tail.after(Position(5), 9)).is_empty(), "the projector is further behind");
    }

    #[tokio::test]
    async fn what_others_appended_is_read_once_for_all() {
        let (tail, ledger) = (LedgerTail::default(), Written::up_to(20));
        tail.note(&written(11, 12), Position(12));
        tail.note(&written(18, 18), Position(18));
        assert_eq!(positions(&tail.after(Position(10), 9)), [11, 12], "not what stands after the gap");
        assert_eq!(proposals_of(&tail, &ledger, 0, 10, 12).await, Some(vec![12]));
        assert_eq!(ledger.reads(), 0);
        assert_eq!(proposals_of(&tail, &ledger, 0, 10, 20).await, Some(vec![12, 15, 18]));
        assert_eq!(proposals_of(&tail, &ledger, 1, 13, 20).await, Some(vec![16, 19]));
        assert_eq!(proposals_of(&tail, &ledger, 7, 13, 20).await, Some(vec![]));
        assert_eq!(ledger.reads(), 1);
        tail.note(&written(20, 22), Position(22));
        assert_eq!(
            positions(&tail.after(Position(18), 9)),
            [19, 20, 21, 22],
            "what was read is not added twice"
        );
    }

    #[tokio::test]
    async fn a_stretch_begins_where_somebody_needs_it_and_says_when_it_began_too_late() {
        let (tail, ledger) = (LedgerTail::default(), Written::up_to(40_000));
        assert_eq!(proposals_of(&tail, &ledger, 0, 39_990, 40_000).await.unwrap().len(), 3);
        assert_eq!(ledger.reads(), 1, "not the whole ledger");
        assert_eq!(proposals_of(&tail, &ledger, 0, 39_000, 40_000).await, None);
        assert_eq!(proposals_of(&tail, &ledger, 0, 39_990, 40_001).await, None, "no such event");
    }

    #[tokio::test]
    async fn what_is_long_projected_is_let_go() {
        let (tail, ledger) = (LedgerTail::default(), Written::up_to(0));
        let end = u32::try_from(BEHIND_EVENTS).unwrap() + 50;
        tail.note(&written(1, end), Position(end.into()));
        tail.release(Position(BEHIND_EVENTS + 7));
        assert!(positions(&tail.after(Position(6), 1)).is_empty());
        assert_eq!(positions(&tail.after(Position(7), 1)), [8]);
        let mine = proposals_of(&tail, &ledger, 1, 7, end.into()).await.unwrap();
        assert_eq!(
            (mine[0], mine.len()),
            (10, written(8, end).iter().filter(|e| e.participant.number() == 1).count())
        );
        tail.release(Position(u64::from(end) + BEHIND_EVENTS));
        assert!(tail.lock().newest.is_empty(), "nobody is remembered for nothing");
    }

    #[test]
    fn however_far_the_projection_is_behind_memory_is_bounded() {
        let tail = LedgerTail::default();
        let many = vec![event(1, 1); EVENTS_MAX];
        tail.note(&many, Position(EVENTS_MAX as u64));
        tail.note(&[event(2, 2)], Position(EVENTS_MAX as u64 + 1));
        assert!(positions(&tail.after(Position(0), 1)).is_empty());
        assert_eq!(positions(&tail.after(Position(1), 1)), [2]);
    }
}
