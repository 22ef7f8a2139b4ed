//! Ballots as the records hold them: many to a row, because a row costs an engine far more than what is in
//! it. The ledger's rows hold the events that were appended together, as the batches of a log do; the
//! rows of the standing ballots hold all that stand for one participant.
//!
//! A ballot takes [`BALLOT_BYTES`], numbers with their highest byte first, so that they can be read in any tool
//! that shows bytes: proposal (4), instant in milliseconds (8), qualifications (2; bits, from the lowest in
//! the order of [`gd_domain::Qualification`]), audience (2), choice (1), channel (1; its place). An event has its
//! participant (8) before them.

use gd_domain::{
    AudienceCode, BallotEvent, Channel, ChoiceCode, ItemNumber, Opinion, ParticipantBallots, ParticipantId,
    Position, PositionedEvent, Qualifications, StandingBallot, Timestamp,
};
use gd_engine::ports::PortResult;

use crate::sql::failure::corrupt;
use crate::sql::rows;

/// Bytes of a ballot.
const BALLOT_BYTES: usize = 18;
/// Bytes of an event.
const EVENT_BYTES: usize = 8 + BALLOT_BYTES;
/// Events of a row at most: two such rows fill a page of PostgreSQL. SQLite keeps what exceeds
/// a quarter of a page in a page of its own, which is written once.
pub(crate) const BATCH_EVENTS_MAX: usize = 150;

/// In the place of an event's choice: a retraction.
const RETRACTED: u8 = 0;

/// A row of the ledger to be written.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct EventBatch {
    /// The number of events of the same append that come after this row.
    pub(crate) behind: i64,
    /// The number of events in this row.
    pub(crate) events: i16,
    /// The events one after the other.
    pub(crate) packed: Vec<u8>,
}

/// A row of the ledger as it is read: the position of its last event, how many it holds, and these.
pub(crate) type BatchRow = (i64, i16, Vec<u8>);

/// A row of the standing ballots: the participant, how many stand, and these in the order of proposals.
pub(crate) type StandingRow = (i64, i32, Vec<u8>);

/// The rows that hold these events, in their order.
pub(crate) fn pack_events(events: &[BallotEvent]) -> PortResult<Vec<EventBatch>> {
    let mut behind = rows::limit(events.len());
    let line = |events: &[BallotEvent]| {
        behind -= rows::limit(events.len());
        let mut packed = Vec::with_capacity(events.len() * EVENT_BYTES);
        for event in events {
            packed.extend_from_slice(&event.participant.number().to_be_bytes());
            packed.extend_from_slice(&ballot_bytes(event)?);
        }
        Ok(EventBatch { behind, events: i16::try_from(events.len()).map_err(corrupt)?, packed })
    };
    events.chunks(BATCH_EVENTS_MAX).map(line).collect()
}

/// The events of these rows after a position, at most so many.
pub(crate) fn events_after(
    lines: &[BatchRow],
    after: Position,
    limit: usize,
) -> PortResult<Vec<PositionedEvent>> {
    let mut events = Vec::with_capacity(limit.min(lines.len() * BATCH_EVENTS_MAX));
    for line in lines {
        let line = unpack_events(line)?.into_iter().filter(|placed| placed.position > after);
        events.extend(line.take(limit - events.len()));
    }
    Ok(events)
}

fn unpack_events((last, count, packed): &BatchRow) -> PortResult<Vec<PositionedEvent>> {
    let placed = |(at, bytes): (i64, &[u8; EVENT_BYTES])| {
        let (participant, ballot) =
            bytes.split_first_chunk().ok_or_else(|| corrupt("an event without bytes"))?;
        let event = event_of(i64::from_be_bytes(*participant), ballot)?;
        Ok(PositionedEvent { position: rows::position(at)?, event })
    };
    let first = last - i64::from(*count) + 1;
    (first..).zip(chunks(packed, i64::from(*count))?).map(placed).collect()
}

/// The row of somebody for whom something stands.
pub(crate) fn pack_standing(theirs: &ParticipantBallots) -> PortResult<StandingRow> {
    let mut packed = Vec::with_capacity(theirs.ballots.len() * BALLOT_BYTES);
    for ballot in &theirs.ballots {
        let StandingBallot { participant, proposal, opinion, audience, channel, cast_at } = *ballot;
        let opinion = Some(opinion);
        let event = BallotEvent { participant, proposal, opinion, audience, channel, cast_at };
        packed.extend_from_slice(&ballot_bytes(&event)?);
    }
    let count = i32::try_from(theirs.ballots.len()).map_err(corrupt)?;
    Ok((theirs.participant.number(), count, packed))
}

/// The ballots of a row.
pub(crate) fn unpack_standing((participant, count, packed): &StandingRow) -> PortResult<Vec<StandingBallot>> {
    let stands = |bytes: &[u8; BALLOT_BYTES]| {
        let event = event_of(*participant, bytes)?;
        StandingBallot::after(&event).ok_or_else(|| corrupt("a standing ballot without a choice"))
    };
    chunks(packed, i64::from(*count))?.iter().map(stands).collect()
}

/// The pieces of equal length that bytes consist of.
fn chunks<const BYTES: usize>(packed: &[u8], count: i64) -> PortResult<&[[u8; BYTES]]> {
    let (pieces, rest) = packed.as_chunks();
    if rest.is_empty() && rows::limit(pieces.len()) == count {
        return Ok(pieces);
    }
    Err(corrupt(format!("a line that says it holds {count} ballots, in {} bytes", packed.len())))
}

fn ballot_bytes(event: &BallotEvent) -> PortResult<[u8; BALLOT_BYTES]> {
    let choice = event.opinion.map_or(RETRACTED, |opinion| opinion.code().get());
    let qualifications = event.opinion.map_or(0, |opinion| opinion.qualifications().bits());
    let mut bytes = [0; BALLOT_BYTES];
    bytes[..4].copy_from_slice(&event.proposal.0.to_be_bytes());
    bytes[4..12].copy_from_slice(&event.cast_at.as_millis().to_be_bytes());
    bytes[12..14].copy_from_slice(&qualifications.to_be_bytes());
    bytes[14..16].copy_from_slice(&event.audience.0.to_be_bytes());
    bytes[16] = choice;
    bytes[17] = u8::try_from(event.channel.index()).map_err(corrupt)?;
    Ok(bytes)
}

fn event_of(participant: i64, bytes: &[u8]) -> PortResult<BallotEvent> {
    let &[p0, p1, p2, p3, t0, t1, t2, t3, t4, t5, t6, t7, q0, q1, a0, a1, choice, channel] = bytes else {
        return Err(corrupt(format!("a ballot of {} bytes", bytes.len())));
    };
    let channel = Channel::ALL.get(usize::from(channel)).copied();
    Ok(BallotEvent {
        participant: ParticipantId::from_number(participant).map_err(corrupt)?,
        proposal: ItemNumber(u32::from_be_bytes([p0, p1, p2, p3])),
        opinion: opinion(choice, u16::from_be_bytes([q0, q1]))?,
        audience: AudienceCode(u16::from_be_bytes([a0, a1])),
        channel: channel.ok_or_else(|| corrupt(format!("channel code {}", bytes[17])))?,
        cast_at: Timestamp::from_millis(i64::from_be_bytes([t0, t1, t2, t3, t4, t5, t6, t7])),
    })
}

/// The opinion of these codes; `None` for a retraction. Codes past the third have no qualifications.
fn opinion(choice: u8, bits: u16) -> PortResult<Option<Opinion>> {
    if choice == RETRACTED && bits == 0 {
        return Ok(None);
    }
    let qualifications = Qualifications::from_bits(bits);
    if qualifications.bits() != bits {
        return Err(corrupt(format!("qualifications {bits}")));
    }
    let unknown = || corrupt(format!("choice code {choice} with qualifications {bits}"));
    let code = ChoiceCode::new(choice).ok_or_else(unknown)?;
    if qualifications.is_empty() {
        return Ok(Some(Opinion::coded(code)));
    }
    Opinion::new(code.choice().ok_or_else(unknown)?, qualifications).map(Some).map_err(corrupt)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gd_domain::{Choice, Qualification};

    fn event(place: usize) -> BallotEvent {
        let choice = Choice::ALL[place % 3];
        let nuances = Qualification::ALL.into_iter().filter(|one| one.choice() == choice).take(place % 4);
        let opinion = Opinion::new(choice, nuances.collect()).unwrap();
        let number = i64::try_from(place).unwrap();
        BallotEvent {
            participant: ParticipantId::from_number(i64::MAX - number).unwrap(),
            proposal: ItemNumber(u32::try_from(place).unwrap() * 7_919),
            opinion: (place % 5 != 4).then_some(opinion),
            audience: AudienceCode(u16::try_from(place % 300).unwrap()),
            channel: Channel::ALL[place % Channel::ALL.len()],
            cast_at: Timestamp::from_millis(1_772_442_000_000 - number * 1_000_000_007),
        }
    }

    #[test]
    fn an_event_is_written_as_this_says() {
        let event = BallotEvent {
            participant: ParticipantId::from_number(0x0102_0304_0506_0708).unwrap(),
            proposal: ItemNumber(0x1112_1314),
            opinion: Some(
                Opinion::new(Choice::Disagree, [Qualification::NoWay].into_iter().collect()).unwrap(),
            ),
            audience: AudienceCode(0x2122),
            channel: Channel::Import,
            cast_at: Timestamp::from_millis(-2),
        };
        let lines = pack_events(&[event]).unwrap();
        let fields: [&[u8]; 7] = [
            &[1, 2, 3, 4, 5, 6, 7, 8],
            &[0x11, 0x12, 0x13, 0x14],
            &[0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE],
            &[0, 8],
            &[0x21, 0x22],
            &[2],
            &[4],
        ];
        assert_eq!(lines, [EventBatch { behind: 0, events: 1, packed: fields.concat() }]);
    }

    #[test]
    fn what_was_packed_is_unpacked_at_its_places() {
        for count in [1, 2, BATCH_EVENTS_MAX, BATCH_EVENTS_MAX + 1, 3 * BATCH_EVENTS_MAX + 40] {
            let events = (0..count).map(event).collect::<Vec<_>>();
            let head = 1_000 + rows::limit(count);
            let lines = pack_events(&events).unwrap().into_iter();
            let lines = lines.map(|line| (head - line.behind, line.events, line.packed)).collect::<Vec<_>>();
            assert_eq!(lines.len(), count.div_ceil(BATCH_EVENTS_MAX));
            for (skipped, limit) in
                [(0, count), (0, 3), (1, 2), (count - 1, 9), (count, 9), (count / 2, count)]
            {
                let after = Position(1_000 + skipped as u64);
                let read = events_after(&lines, after, limit).unwrap();
                let positions = read.iter().map(|placed| placed.position.0).collect::<Vec<_>>();
                let end = count.min(skipped + limit);
                assert_eq!(positions, (1_001 + skipped as u64..=1_000 + end as u64).collect::<Vec<_>>());
                let read = read.into_iter().map(|placed| placed.event).collect::<Vec<_>>();
                assert_eq!(read, events[skipped..end]);
            }
        }
    }

    #[test]
    fn what_stands_comes_back_as_it_was() {
        let participant = event(3).participant;
        for count in [1, 12, 2_000] {
            let stands = |place| StandingBallot::after(&BallotEvent { participant, ..event(place) });
            let theirs = ParticipantBallots { participant, ballots: (0..count).filter_map(stands).collect() };
            let line = pack_standing(&theirs).unwrap();
            assert_eq!(line.2.len(), theirs.ballots.len() * BALLOT_BYTES);
            assert_eq!(unpack_standing(&line).unwrap(), theirs.ballots);
        }
    }

    #[test]
    fn a_damaged_line_is_not_guessed_at() {
        let line = pack_events(&[event(1), event(2)]).unwrap().remove(0);
        let with = |place: usize, byte: u8| {
            let mut packed = line.packed.clone();
            packed[place] = byte;
            packed
        };
        assert!(unpack_events(&(2, 2, line.packed.clone())).is_ok());
        for damaged in [
            (2, 1, line.packed.clone()),
            (2, 2, line.packed[1..].to_vec()),
            (2, -2, line.packed.clone()),
            // No such choice, channel, qualification; a qualification of another choice, or of none.
            (2, 2, with(24, 9)),
            (2, 2, with(25, 9)),
            (2, 2, with(20, 2)),
            (2, 2, with(21, 1)),
            (2, 2, with(24, RETRACTED)),
        ] {
            assert!(unpack_events(&damaged).is_err(), "{damaged:?}");
        }
        let retracted = (7, 1, ballot_bytes(&BallotEvent { opinion: None, ..event(1) }).unwrap().to_vec());
        assert!(unpack_standing(&retracted).is_err(), "it does not stand");
        assert!(unpack_standing(&(7, 2, retracted.2)).is_err());
    }
}
