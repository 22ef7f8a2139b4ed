//! New participant numbers, never the same twice from one process.

use std::sync::atomic::{AtomicU64, Ordering};

use gd_domain::{ParticipantId, Timestamp};

/// Numbers handed out in one millisecond before the next one is borrowed from.
const COUNTER_BITS: u32 = 10;
/// Bits that tell this process from others running at the same time.
const NODE_BITS: u32 = 12;

/// Hands out participant numbers. Within the process they only go up; between processes the node's
/// twelve bits keep them apart.
#[derive(Debug)]
pub(crate) struct ParticipantNumbers {
    last_tick: AtomicU64,
    node: u32,
}

impl ParticipantNumbers {
    pub(crate) fn new(node: u64) -> Self {
        let node = u32::try_from(node & ((1 << NODE_BITS) - 1)).expect("twelve bits fit");
        Self { last_tick: AtomicU64::new(0), node }
    }

    pub(crate) fn next(&self, now: Timestamp) -> ParticipantId {
        let now_tick = u64::try_from(now.as_millis()).unwrap_or(0) << COUNTER_BITS;
        let previous = self
            .last_tick
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(now_tick.max(last + 1)))
            .expect("the update always gives a value");
        let tick = now_tick.max(previous + 1);
        let millis = i64::try_from(tick >> COUNTER_BITS).unwrap_or(i64::MAX);
        let counter = u32::try_from(tick & ((1 << COUNTER_BITS) - 1)).expect("ten bits fit");
        ParticipantId::generate(Timestamp::from_millis(millis), (counter << NODE_BITS) | self.node)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_up_even_when_the_clock_stands_still_or_steps_back() {
        let numbers = ParticipantNumbers::new(u64::MAX);
        let mut last = numbers.next(Timestamp::from_millis(1_800_000_000_000));
        for step in 0..5_000 {
            let next = numbers.next(Timestamp::from_millis(1_800_000_000_000 - step % 7));
            assert!(next > last);
            last = next;
        }
    }
}
