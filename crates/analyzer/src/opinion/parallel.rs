//! Work in parts on as many threads as there are processors.
//!
//! The parts are cut by the caller from the data alone and their results come back in the parts' order, so that
//! no figure depends on how many threads there were. Knows nothing of what is computed.

use std::ops::Range;
use std::sync::Mutex;
use std::thread;

/// Cells worth a part of their own.
const PART_CELLS: usize = 1 << 17;

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

/// Into how many parts so many cells are cut.
pub(crate) fn part_count(cells: usize) -> usize {
    (cells / PART_CELLS).clamp(1, PARTS_MAX)
}

/// `0..len` in ranges of nearly equal length.
pub(crate) fn ranges(len: usize) -> Vec<Range<usize>> {
    let parts = part_count(len);
    (0..parts).map(|part| len * part / parts..len * (part + 1) / parts).collect()
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
    fn ranges_cover_everything_once() {
        for len in [0, 1, PART_CELLS, 5 * PART_CELLS + 3, 100 * PART_CELLS] {
            let ranges = ranges(len);
            assert!(ranges.windows(2).all(|pair| pair[0].end == pair[1].start));
            assert_eq!((ranges[0].start, ranges[ranges.len() - 1].end), (0, len));
        }
    }
}
