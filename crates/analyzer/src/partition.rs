//! Cuts a pass over the table into parts that threads may take.
//!
//! The cuts depend on the data alone, never on the number of threads, and callers add the parts' sums in the order
//! of the parts: rounding, and so every printed digit, is the same on any machine. Threads are rayon's business.

use std::ops::Range;

/// Cells that are worth a part of their own.
const PART_CELLS: usize = 1 << 17;

/// The most parts in a pass: each of them holds sums of its own.
const PARTS_MAX: usize = 8;

/// The number of parts for a pass over `cells` cells, from 1 to [`PARTS_MAX`].
pub(crate) fn part_count(cells: usize) -> usize {
    (cells / PART_CELLS).clamp(1, PARTS_MAX)
}

/// `0..len` in ranges of nearly equal length.
pub(crate) fn ranges(len: usize) -> Vec<Range<usize>> {
    let parts = part_count(len);
    (0..parts).map(|part| len * part / parts..len * (part + 1) / parts).collect()
}

/// Ranges of rows with nearly equal numbers of cells. The cells of row r are `starts[r]..starts[r + 1]`.
pub(crate) fn row_ranges(starts: &[u32]) -> Vec<Range<usize>> {
    let rows = starts.len() - 1;
    let total = starts[rows] as usize;
    let parts = part_count(total);
    let at = |part: usize| {
        let cell = total * part / parts;
        if part == parts { rows } else { starts.partition_point(|&start| (start as usize) < cell) }
    };
    (0..parts).map(|part| at(part)..at(part + 1)).collect()
}

/// The slice cut at the ends of consecutive ranges; each range comes with its piece.
pub(crate) fn pieces<T>(mut slice: &mut [T], ranges: Vec<Range<usize>>) -> Vec<(Range<usize>, &mut [T])> {
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
    fn ranges_cover_everything_once() {
        for len in [0, 1, PART_CELLS, 5 * PART_CELLS + 3, 100 * PART_CELLS] {
            let ranges = ranges(len);
            assert!(ranges.windows(2).all(|pair| pair[0].end == pair[1].start));
            assert_eq!((ranges[0].start, ranges[ranges.len() - 1].end), (0, len));
        }
    }
}
