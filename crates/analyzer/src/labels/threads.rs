//! One function over many values, on as many threads as the machine has; the answer does not depend on them.

use std::num::NonZero;
use std::thread;

/// Fewer values than this a thread are not worth starting one.
const VALUES_A_THREAD_MIN: usize = 256;

/// `f` of each value, in their order.
pub(crate) fn map<T: Sync, R: Send>(values: &[T], f: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads =
        thread::available_parallelism().map_or(1, NonZero::get).min(values.len() / VALUES_A_THREAD_MIN);
    if threads < 2 {
        return values.iter().map(f).collect();
    }
    // Small shares, dealt in turn: neighbours cost alike.
    let share = |first: usize| {
        let f = &f;
        move || values.iter().skip(first).step_by(threads).map(f).collect::<Vec<R>>()
    };
    let mut parts: Vec<std::vec::IntoIter<R>> = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|first| scope.spawn(share(first))).collect();
        let joined = running.into_iter().map(|one| one.join().expect("a panic there is one here"));
        joined.map(Vec::into_iter).collect()
    });
    (0..values.len()).filter_map(|place| parts[place % threads].next()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_the_values() {
        for length in [0, 1, 255, 511, 512, 5_003] {
            let values: Vec<usize> = (0..length).collect();
            assert_eq!(
                map(&values, |value| value * 3),
                values.iter().map(|value| value * 3).collect::<Vec<_>>()
            );
        }
    }
}
