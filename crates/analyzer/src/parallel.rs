//! Work in parts on as many threads as there are processors.
//!
//! The parts are cut by the caller from the data alone and their results come back in the parts' order, so that
//! no figure depends on how many threads there were. Knows nothing of what is computed.

use std::ops::Range;
use std::sync::Mutex;
use std::thread;

/// Cells worth a part of their own.
const PART_CELLS: usize = 1 << 17;

/// Values that one thread takes at a time, where each costs much: few enough that none is left with the dear ones.
const VALUES_AT_ONCE: usize = 64;

/// Most parts a pass is cut into: each holds sums of its own.
const PARTS_MAX: usize = 8;

/// What `work` makes of each item, in the order of the items.
///
/// # Panics
/// When `work` does.
pub(crate) fn map<I: Send, T: Send>(items: Vec<I>, work: impl Fn(I) -> T + Sync) -> Vec<T> {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let threads = processors.min(items.len());
    if threads <= 1 {
        return items.into_iter().map(work).collect();
    }
    let queue = Mutex::new(items.into_iter().enumerate());
    let take = || queue.lock().expect("taking an item never panics").next();
    let run = || {
        let mut done = Vec::new();
        while let Some((place, item)) = take() {
            done.push((place, work(item)));
        }
        done
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(run)).collect();
        let mut done = run();
        for other in others {
            done.extend(other.join().expect("a part's panic ends the analysis"));
        }
        done
    });
    done.sort_unstable_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Two pieces of work side by side.
///
/// # Panics
/// When either does.
pub(crate) fn both<A, B: Send>(one: impl FnOnce() -> A, other: impl FnOnce() -> B + Send) -> (A, B) {
    thread::scope(|scope| {
        let other = scope.spawn(other);
        (one(), other.join().expect("a part's panic ends the analysis"))
    })
}

/// `f` of each value, in their order, where each is worth many steps.
pub(crate) fn map_each<T: Sync, R: Send>(values: &[T], f: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let parts =
        map(values.chunks(VALUES_AT_ONCE).collect(), |part: &[T]| part.iter().map(&f).collect::<Vec<R>>());
    parts.into_iter().flatten().collect()
}

/// Into how many parts so many cells are cut.
pub(crate) fn part_count(cells: usize) -> usize {
    (cells / PART_CELLS).clamp(1, PARTS_MAX)
}

/// `0..len` in ranges of nearly equal length.
pub(crate) fn ranges(len: usize) -> Vec<Range<usize>> {
    let parts = part_count(len);
    (0..parts).map(|part| len * part / parts..len * (part + 1) / parts).collect()
}

/// Ranges of rows with about as many cells each, where row r has those from `starts[r]` to before `starts[r + 1]`.
pub(crate) fn parts(starts: &[u32]) -> Vec<Range<usize>> {
    let rows = starts.len() - 1;
    let total = starts[rows] as usize;
    let parts = part_count(total);
    let at = |part: usize| {
        let cell = total * part / parts;
        if part == parts { rows } else { starts.partition_point(|&start| (start as usize) < cell) }
    };
    (0..parts).map(|part| at(part)..at(part + 1)).collect()
}

/// A slice cut at the ends of consecutive ranges, with each range.
pub(crate) fn cut<T>(mut slice: &mut [T], ranges: Vec<Range<usize>>) -> Vec<(Range<usize>, &mut [T])> {
    let mut pieces = Vec::with_capacity(ranges.len());
    for range in ranges {
        let (piece, rest) = slice.split_at_mut(range.len());
        pieces.push((range, piece));
        slice = rest;
    }
    pieces
}

/// Sorts on two threads: the smaller half apart from the greater.
pub(crate) fn sort<T: Ord + Send>(values: &mut [T]) {
    let middle = values.len() / 2;
    if values.len() < PART_CELLS || thread::available_parallelism().map_or(1, usize::from) == 1 {
        values.sort_unstable();
        return;
    }
    values.select_nth_unstable(middle);
    let (low, high) = values.split_at_mut(middle);
    map(vec![low, high], <[T]>::sort_unstable);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let squares = map((0..1_000_u64).collect(), |number| number * number);
        assert!(squares.iter().zip(0_u64..).all(|(square, number)| *square == number * number));
        assert!(map(Vec::<u8>::new(), |byte| byte).is_empty());
    }

    #[test]
    fn every_value_gets_its_result() {
        for length in [0, 1, 64, 65, 5_003] {
            let values: Vec<usize> = (0..length).collect();
            assert_eq!(
                map_each(&values, |value| value * 3),
                (0..length).map(|value| value * 3).collect::<Vec<_>>()
            );
        }
    }

    #[test]
    fn ranges_cover_everything_once() {
        for len in [0, 1, PART_CELLS, 5 * PART_CELLS + 3, 100 * PART_CELLS] {
            let ranges = ranges(len);
            assert!(ranges.windows(2).all(|pair| pair[0].end == pair[1].start));
            assert_eq!((ranges[0].start, ranges[ranges.len() - 1].end), (0, len));
        }
    }
}
