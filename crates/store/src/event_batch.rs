//! Events as the ledger's lines hold them. Those appended together share a line, as the records of a log's
//! batch do: a line costs an engine far more than the events in it.
//!
//! An event takes [`EVENT_BYTES`], numbers with their highest byte first, so that they can be read in any
//! tool that shows bytes: participant (8), proposal (4), instant in milliseconds (8), qualifications (2),
//! audience (2), choice (1), channel (1). The codes are those of the columns of a standing ballot.

use gd_domain::{BallotEvent, Position, PositionedEvent};
use gd_engine::ports::PortResult;

use crate::failure::corrupt;
use crate::rows::{self, BallotColumns, event_columns};

/// Bytes of an event.
const EVENT_BYTES: usize = 26;
/// Events of a line at most: two such lines fill a page of PostgreSQL, one a page of SQLite.
pub(crate) const BATCH_EVENTS_MAX: usize = 150;

/// A line to be written.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct EventBatch {
    /// How many events of the same append come after this line.
    pub(crate) behind: i64,
    /// How many it holds.
    pub(crate) events: i16,
    /// The events one after the other.
    pub(crate) packed: Vec<u8>,
}

/// A line as it is read: the position of its last event, how many it holds, and these.
pub(crate) type BatchRow = (i64, i16, Vec<u8>);

/// The lines that hold these events, in their order.
pub(crate) fn pack(events: &[BallotEvent]) -> PortResult<Vec<EventBatch>> {
    let mut behind = rows::limit(events.len());
    let line = |events: &[BallotEvent]| {
        behind -= rows::limit(events.len());
        let mut packed = Vec::with_capacity(events.len() * EVENT_BYTES);
        for event in events {
            packed.extend_from_slice(&event_bytes(event_columns(event)?)?);
        }
        Ok(EventBatch { behind, events: i16::try_from(events.len()).map_err(corrupt)?, packed })
    };
    events.chunks(BATCH_EVENTS_MAX).map(line).collect()
}

/// The events of a line, with their positions.
pub(crate) fn unpack((last, events, packed): &BatchRow) -> PortResult<Vec<PositionedEvent>> {
    let (packed, rest) = packed.as_chunks::<EVENT_BYTES>();
    if usize::try_from(*events).ok() != Some(packed.len()) || !rest.is_empty() {
        return Err(corrupt(format!("the ledger's line that ends at {last} does not hold {events} events")));
    }
    let placed = |(at, bytes)| {
        Ok(PositionedEvent { position: rows::position(at)?, event: rows::event(columns(bytes))? })
    };
    (last - i64::from(*events) + 1..).zip(packed).map(placed).collect()
}

/// The events of these lines after a position, at most so many.
pub(crate) fn unpack_after(
    lines: &[BatchRow],
    after: Position,
    limit: usize,
) -> PortResult<Vec<PositionedEvent>> {
    let mut events = Vec::with_capacity(limit.min(lines.len() * BATCH_EVENTS_MAX));
    for line in lines {
        let line = unpack(line)?.into_iter().filter(|placed| placed.position > after);
        events.extend(line.take(limit - events.len()));
    }
    Ok(events)
}

fn event_bytes(columns: BallotColumns) -> PortResult<[u8; EVENT_BYTES]> {
    let (participant, proposal, choice, qualifications, audience, channel, cast_at) = columns;
    let mut bytes = [0; EVENT_BYTES];
    bytes[..8].copy_from_slice(&participant.to_be_bytes());
    bytes[8..12].copy_from_slice(&proposal.to_be_bytes());
    bytes[12..20].copy_from_slice(&cast_at.to_be_bytes());
    bytes[20..22].copy_from_slice(&qualifications.to_be_bytes());
    bytes[22..24].copy_from_slice(&audience.to_be_bytes());
    bytes[24] = u8::try_from(choice).map_err(corrupt)?;
    bytes[25] = u8::try_from(channel).map_err(corrupt)?;
    Ok(bytes)
}

fn columns(bytes: &[u8; EVENT_BYTES]) -> BallotColumns {
    let at = |place: usize| bytes[place];
    let wide = |from: usize| i64::from_be_bytes(std::array::from_fn(|place| at(from + place)));
    let narrow = |from: usize| i16::from_be_bytes([at(from), at(from + 1)]);
    let proposal = i32::from_be_bytes(std::array::from_fn(|place| at(8 + place)));
    (wide(0), proposal, at(24).into(), narrow(20), narrow(22), at(25).into(), wide(12))
}

#[cfg(test)]
mod tests {
    use super::*;
    use gd_domain::{
        AudienceCode, Channel, Choice, Opinion, ParticipantId, ProposalNumber, Qualification, Timestamp,
    };

    fn event(place: usize) -> BallotEvent {
        let choice = Choice::ALL[place % 3];
        let nuances = Qualification::ALL.into_iter().filter(|one| one.choice() == choice).take(place % 4);
        let opinion = Opinion::new(choice, nuances.collect()).unwrap();
        let number = i64::try_from(place).unwrap();
        BallotEvent {
            participant: ParticipantId::from_number(i64::MAX - number).unwrap(),
            proposal: ProposalNumber(u32::try_from(place).unwrap() * 7_919),
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
            proposal: ProposalNumber(0x1112_1314),
            opinion: Some(Opinion::new(Choice::Disagree, [Qualification::NoWay].into_iter().collect()).unwrap()),
            audience: AudienceCode(0x2122),
            channel: Channel::Import,
            cast_at: Timestamp::from_millis(-2),
        };
        let lines = pack(&[event]).unwrap();
        let bytes = "0102030405060708 11121314 fffffffffffffffe 0008 2122 02 04";
        let written = lines[0].packed.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!((written, lines[0].events, lines[0].behind), (bytes.replace(' ', ""), 1, 0));
    }

    #[test]
    fn what_was_packed_is_unpacked_at_its_places() {
        for count in [1, 2, BATCH_EVENTS_MAX, BATCH_EVENTS_MAX + 1, 3 * BATCH_EVENTS_MAX + 40] {
            let events = (0..count).map(event).collect::<Vec<_>>();
            let head = 1_000 + rows::limit(count);
            let lines = pack(&events).unwrap().into_iter();
            let lines = lines.map(|line| (head - line.behind, line.events, line.packed)).collect::<Vec<_>>();
            assert_eq!(lines.len(), count.div_ceil(BATCH_EVENTS_MAX));
            for (skipped, limit) in [(0, count), (0, 3), (1, 2), (count - 1, 9), (count, 9), (count / 2, count)] {
                let after = Position(1_000 + skipped as u64);
                let read = unpack_after(&lines, after, limit).unwrap();
                let positions = read.iter().map(|placed| placed.position.0).collect::<Vec<_>>();
                let end = count.min(skipped + limit);
                assert_eq!(positions, (1_001 + skipped as u64..=1_000 + end as u64).collect::<Vec<_>>());
                let read = read.into_iter().map(|placed| placed.event).collect::<Vec<_>>();
                assert_eq!(read, events[skipped..end]);
            }
        }
    }

    #[test]
    fn a_damaged_line_is_not_guessed_at() {
        let line = pack(&[event(1), event(2)]).unwrap().remove(0);
        for damaged in [
            (2, 1, line.packed.clone()),
            (2, 2, line.packed[1..].to_vec()),
            (2, 2, [&line.packed[..24], &[9], &line.packed[25..]].concat()),
        ] {
            assert!(unpack(&damaged).is_err(), "{damaged:?}");
        }
        assert!(unpack(&(2, 2, line.packed)).is_ok());
    }
}
