//! Things that are used by one at a time and waited for in turn, first come, first served.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Semaphore;

/// A stock of things; the one that has lain longest is used next.
pub(crate) struct Stock<T> {
    things: Mutex<VecDeque<T>>,
    count: Semaphore,
}

impl<T> Stock<T> {
    pub(crate) fn new(things: impl IntoIterator<Item = T>) -> Self {
        let things = things.into_iter().collect::<VecDeque<_>>();
        let count = Semaphore::new(things.len());
        Self { things: Mutex::new(things), count }
    }

    /// Takes one, as soon as there is one and nobody else has waited longer.
    pub(crate) async fn take(&self) -> T {
        self.count.acquire().await.expect("a stock is never closed").forget();
        self.locked().pop_front().expect("there are as many things as permits")
    }

    /// Puts one in, or back.
    pub(crate) fn put(&self, thing: T) {
        self.locked().push_back(thing);
        self.count.add_permits(1);
    }

    /// Takes all that are there.
    pub(crate) fn take_all(&self) -> Vec<T> {
        let mut taken = Vec::new();
        while let Ok(permit) = self.count.try_acquire() {
            permit.forget();
            taken.extend(self.locked().pop_front());
        }
        taken
    }

    fn locked(&self) -> MutexGuard<'_, VecDeque<T>> {
        self.things.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_thing_that_lay_longest_is_used_next() {
        let stock = Stock::new([1, 2]);
        assert_eq!(stock.take().await, 1);
        stock.put(1);
        assert_eq!((stock.take().await, stock.take().await), (2, 1));
        let waits = stock.take();
        stock.put(3);
        assert_eq!(waits.await, 3);
        stock.put(4);
        assert_eq!(stock.take_all(), [4]);
    }
}
