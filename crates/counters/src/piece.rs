//! Counts as bytes: the pieces that are kept in Redis. The sum of a poll's pieces is its count.
//!
//! Format 2, all numbers in groups of seven bits, lowest first, signed ones folded (0, −1, 1, −2…):
//! the change of participants; the number of proposals, and for each its number less the one before it, how
//! many of its cells are not zero and for each of those its place and its count; the number of minutes, and
//! for each its distance from the one before it and its count. A proposal with ballots of all kinds takes
//! about 60 bytes, one changed by one ballot about 10.

use std::collections::BTreeMap;

use gd_domain::{AudienceCode, CHOICES_MAX, Channel, Deltas, ItemNumber, Minute, Qualification, Tally};

const QUALIFICATIONS_AT: usize = CHOICES_MAX;
const CHANNELS_AT: usize = QUALIFICATIONS_AT + Qualification::ALL.len();
const AUDIENCES_AT: usize = CHANNELS_AT + Channel::ALL.len() * CHOICES_MAX;

/// Proposals in one piece of a whole count, so that no piece takes Redis long.
const PIECE_PROPOSALS_MAX: usize = 2_000;

type Proposals<'a> = [(&'a ItemNumber, &'a Tally)];

/// Writes deltas down as one piece.
pub(crate) fn encode(counts: &Deltas) -> Vec<u8> {
    encode_parts(counts.participants, &counts.proposals.iter().collect::<Vec<_>>(), &counts.activity)
}

/// Writes a whole count down as pieces of moderate size.
pub(crate) fn encode_whole(counts: &Deltas) -> Vec<Vec<u8>> {
    let proposals = counts.proposals.iter().collect::<Vec<_>>();
    let rest = encode_parts(counts.participants, &[], &counts.activity);
    let chunks = proposals.chunks(PIECE_PROPOSALS_MAX);
    chunks.map(|chunk| encode_parts(0, chunk, &BTreeMap::new())).chain([rest]).collect()
}

fn encode_parts(participants: i64, proposals: &Proposals, activity: &BTreeMap<Minute, i64>) -> Vec<u8> {
    let mut piece = Vec::with_capacity(16 + proposals.len() * 16);
    put_signed(&mut piece, participants);
    put(&mut piece, proposals.len() as u64);
    let mut before = 0;
    for &(&ItemNumber(number), tally) in proposals {
        put(&mut piece, u64::from(number - before));
        before = number;
        put_tally(&mut piece, tally);
    }
    put(&mut piece, activity.len() as u64);
    let mut before = 0_i64;
    for (&Minute(minute), &count) in activity {
        put_signed(&mut piece, minute.wrapping_sub(before));
        before = minute;
        put_signed(&mut piece, count);
    }
    piece
}

/// Pieces being added up.
#[derive(Default)]
pub(crate) struct Sum {
    counts: Deltas,
    /// Proposals that came by number, before the first that did not: a map made at once is half as large as
    /// one that grew at its end.
    by_number: Vec<(ItemNumber, Tally)>,
}

impl Sum {
    /// Adds a piece; `None` when it cannot be read.
    pub(crate) fn add(&mut self, mut piece: &[u8]) -> Option<()> {
        let piece = &mut piece;
        self.counts.participants = self.counts.participants.checked_add(take_signed(piece)?)?;
        let mut number = 0_u32;
        for _ in 0..take(piece)? {
            number = number.checked_add(u32::try_from(take(piece)?).ok()?)?;
            if add_tally(piece, self.tally(ItemNumber(number)))? {
                self.forget(ItemNumber(number));
            }
        }
        add_activity(piece, &mut self.counts.activity)?;
        piece.is_empty().then_some(())
    }

    /// The sum of the pieces added.
    pub(crate) fn counts(mut self) -> Deltas {
        self.pack();
        self.counts
    }

    fn tally(&mut self, number: ItemNumber) -> &mut Tally {
        let follows = self.by_number.last().is_none_or(|&(last, _)| last < number);
        if !follows || !self.counts.proposals.is_empty() {
            self.pack();
            return self.counts.proposals.entry(number).or_default();
        }
        &mut self.by_number.push_mut((number, Tally::default())).1
    }

    fn forget(&mut self, number: ItemNumber) {
        self.by_number.pop_if(|(last, _)| *last == number);
        self.counts.proposals.remove(&number);
    }

    /// The map is empty where there is something to put into it.
    fn pack(&mut self) {
        if !self.by_number.is_empty() {
            self.counts.proposals = std::mem::take(&mut self.by_number).into_iter().collect();
        }
    }
}

fn add_activity(piece: &mut &[u8], sum: &mut BTreeMap<Minute, i64>) -> Option<()> {
    let mut minute = 0_i64;
    let mut minutes = Vec::new();
    for _ in 0..take(piece)? {
        minute = minute.wrapping_add(take_signed(piece)?);
        minutes.push((Minute(minute), take_signed(piece)?));
    }
    if sum.is_empty() {
        // Two months have 80,000 minutes: made at once, the map takes a fraction of the time.
        *sum = minutes.into_iter().filter(|&(_, count)| count != 0).collect();
        return Some(());
    }
    for (minute, more) in minutes {
        let count = sum.entry(minute).or_default();
        *count = count.checked_add(more)?;
        if *count == 0 {
            sum.remove(&minute);
        }
    }
    Some(())
}

fn put_tally(piece: &mut Vec<u8>, tally: &Tally) {
    let filled = || cells(tally).filter(|&(_, count)| count != 0);
    put(piece, filled().count() as u64);
    for (place, count) in filled() {
        put(piece, place as u64);
        put_signed(piece, count);
    }
}

/// The cells of a tally in order: choices, qualifications, channels, then audiences by their code.
fn cells(tally: &Tally) -> impl Iterator<Item = (usize, i64)> {
    let channels = tally.by_channel.as_flattened();
    let fixed = tally.choices.iter().chain(&tally.qualifications).chain(channels).copied().enumerate();
    let audiences = tally.by_audience.iter().flat_map(|(AudienceCode(code), counts)| {
        let first = AUDIENCES_AT + usize::from(code) * CHOICES_MAX;
        (first..).zip(counts)
    });
    fixed.chain(audiences)
}

/// Adds a tally's cells, and says whether nothing is counted any more.
fn add_tally(piece: &mut &[u8], tally: &mut Tally) -> Option<bool> {
    let cells = take(piece)?;
    let mut emptied = cells == 0;
    for _ in 0..cells {
        let place = usize::try_from(take(piece)?).ok()?;
        let count = take_signed(piece)?;
        let cell = cell_at(tally, place)?;
        *cell = cell.checked_add(count)?;
        emptied |= *cell == 0;
    }
    if emptied {
        tally.by_audience.forget_empty();
    }
    Some(emptied && tally.is_zero())
}

fn cell_at(tally: &mut Tally, place: usize) -> Option<&mut i64> {
    match place {
        0..QUALIFICATIONS_AT => tally.choices.get_mut(place),
        QUALIFICATIONS_AT..CHANNELS_AT => tally.qualifications.get_mut(place - QUALIFICATIONS_AT),
        CHANNELS_AT..AUDIENCES_AT => tally.by_channel.as_flattened_mut().get_mut(place - CHANNELS_AT),
        _ => {
            let place = place - AUDIENCES_AT;
            let code = AudienceCode(u16::try_from(place / CHOICES_MAX).ok()?);
            tally.by_audience.at(code).get_mut(place % CHOICES_MAX)
        }
    }
}

fn put(piece: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        piece.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    piece.push(number.to_le_bytes()[0]);
}

fn put_signed(piece: &mut Vec<u8>, number: i64) {
    put(piece, (number.cast_unsigned() << 1) ^ (number >> 63).cast_unsigned());
}

fn take(piece: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..u64::BITS).step_by(7) {
        let (&byte, rest) = piece.split_first()?;
        *piece = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

fn take_signed(piece: &mut &[u8]) -> Option<i64> {
    let folded = take(piece)?;
    Some((folded >> 1).cast_signed() ^ -(folded & 1).cast_signed())
}

#[cfg(test)]
mod tests {
    use gd_domain::AudienceCounts;
    use proptest::prelude::*;

    use super::*;

    fn sum(pieces: impl IntoIterator<Item = Vec<u8>>) -> Option<Deltas> {
        let mut sum = Sum::default();
        pieces.into_iter().try_for_each(|piece| sum.add(&piece))?;
        Some(sum.counts())
    }

    fn number() -> impl Strategy<Value = i64> {
        prop_oneof![-3_i64..=3, -1_000_000_000_000_i64..=1_000_000_000_000]
    }

    fn tally() -> impl Strategy<Value = Tally> {
        let cells = || [number(), number(), number(), number(), number()];
        let audiences = proptest::collection::btree_map((0..=u16::MAX).prop_map(AudienceCode), cells(), 0..4);
        let channels = [cells(), cells(), cells(), cells(), cells(), cells(), cells()];
        (cells(), proptest::array::uniform9(number()), audiences, channels).prop_map(
            |(choices, qualifications, audiences, by_channel)| {
                let mut by_audience = AudienceCounts::NONE;
                for (code, counts) in audiences {
                    *by_audience.at(code) = counts;
                }
                by_audience.forget_empty();
                Tally { choices, qualifications, by_audience, by_channel }
            },
        )
    }

    fn deltas() -> impl Strategy<Value = Deltas> {
        let proposals = proptest::collection::btree_map(any::<u32>().prop_map(ItemNumber), tally(), 0..6);
        let minutes = proptest::collection::btree_map(any::<i64>().prop_map(Minute), number(), 0..6);
        (proposals, number(), minutes).prop_map(|(mut proposals, participants, mut activity)| {
            proposals.retain(|_, tally| !tally.is_zero());
            activity.retain(|_, count| *count != 0);
            Deltas { proposals, participants, activity }
        })
    }

    proptest! {
        #[test]
        fn the_sum_of_pieces_is_the_sum_of_counts(parts in proptest::collection::vec(deltas(), 0..4)) {
            let mut expected = Deltas::default();
            for part in &parts {
                expected.add(part);
            }
            prop_assert_eq!(sum(encode_whole(&expected)), Some(expected.clone()));
            prop_assert_eq!(sum(parts.iter().map(encode)), Some(expected));
        }

        #[test]
        fn damaged_pieces_are_refused_and_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _read_or_not = sum([bytes]);
            let mut cut = encode(&Deltas { participants: 300, ..Deltas::default() });
            cut.pop();
            prop_assert_eq!(sum([cut]), None);
        }
    }

    #[test]
    fn a_proposal_changed_by_one_ballot_takes_ten_bytes() {
        let mut tally = Tally::default();
        tally.choices[0] = 1;
        tally.by_channel[0][0] = 1;
        tally.qualifications[0] = 1;
        tally.by_audience.at(AudienceCode(1))[0] = 1;
        let proposals = (1..=1_000).map(|number| (ItemNumber(number), tally.clone())).collect();
        let piece = encode(&Deltas { proposals, ..Deltas::default() });
        assert!(piece.len() <= 10 * 1_000 + 4, "{}", piece.len());
    }
}
