//! The cache of this house: one value, made by one caller at a time, and shown while a newer one is being made.

use std::fmt::Display;
use std::sync::Arc;

use arc_swap::ArcSwapOption;
use tokio::sync::Mutex;

/// The verdict of a caller on the value that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// Good as it is.
    Fresh,
    /// Good once more: shown now, while another is made in the background.
    Stale,
    /// Good for those who come while another is being made: the first one makes it and waits.
    Superseded,
    /// No good: callers wait for another.
    Expired,
}

/// One value that many ask for. Nobody makes it while somebody else does.
#[derive(Debug)]
pub struct SingleFlight<V> {
    last: Arc<ArcSwapOption<V>>,
    making: Arc<Mutex<()>>,
}

impl<V> Default for SingleFlight<V> {
    fn default() -> Self {
        Self { last: Arc::default(), making: Arc::default() }
    }
}

impl<V: Send + Sync + 'static> SingleFlight<V> {
    /// The value, if there is one that is fresh or stale by this verdict; else a new one. `make` gets the last one.
    /// A failure in the background is logged, and the last value stays.
    ///
    /// # Errors
    /// `make` fails, and there is no value to show.
    pub async fn get<E, F>(
        &self,
        freshness: impl Fn(&V) -> Freshness,
        make: impl FnOnce(Option<Arc<V>>) -> F,
    ) -> Result<Arc<V>, E>
    where
        E: Display + Send,
        F: Future<Output = Result<V, E>> + Send + 'static,
    {
        let last = self.last.load_full();
        let _one_at_a_time = match last.map(|last| (freshness(&last), last)) {
            Some((Freshness::Fresh, last)) => return Ok(last),
            Some((Freshness::Stale, last)) => {
                self.make_in_the_background(&last, make);
                return Ok(last);
            }
            Some((Freshness::Superseded, last)) => match self.making.try_lock() {
                Ok(first) => first,
                Err(_) => return Ok(last),
            },
            Some((Freshness::Expired, _)) | None => self.making.lock().await,
        };
        // The previous holder of the lock may have made it.
        let last = self.last.load_full();
        if let Some(last) = last.as_ref().filter(|last| freshness(last) == Freshness::Fresh) {
            return Ok(Arc::clone(last));
        }
        let value = Arc::new(make(last).await?);
        self.last.store(Some(Arc::clone(&value)));
        Ok(value)
    }

    /// The value that is there, whatever its age.
    #[must_use]
    pub fn last(&self) -> Option<Arc<V>> {
        self.last.load_full()
    }

    /// Drops the value: the next caller makes another.
    pub fn expire(&self) {
        self.last.store(None);
    }

    fn make_in_the_background<E, F>(&self, last: &Arc<V>, make: impl FnOnce(Option<Arc<V>>) -> F)
    where
        E: Display + Send,
        F: Future<Output = Result<V, E>> + Send + 'static,
    {
        let Ok(turn) = Arc::clone(&self.making).try_lock_owned() else { return };
        let (cell, making) = (Arc::clone(&self.last), make(Some(Arc::clone(last))));
        tokio::spawn(async move {
            match making.await {
                Ok(value) => cell.store(Some(Arc::new(value))),
                Err(failure) => {
                    tracing::warn!(%failure, "a value could not be renewed; showing the last one");
                }
            }
            drop(turn);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    async fn get(cache: &SingleFlight<u32>, times: &Arc<AtomicU32>, freshness: Freshness) -> u32 {
        let counter = Arc::clone(times);
        let make = |_| async move { Ok::<_, String>(counter.fetch_add(1, Ordering::SeqCst) + 1) };
        *cache.get(|_| freshness, make).await.unwrap()
    }

    #[tokio::test]
    async fn a_fresh_value_is_made_once_and_a_stale_one_is_shown_once_more() {
        let (cache, times) = (SingleFlight::default(), Arc::new(AtomicU32::new(0)));
        assert_eq!(get(&cache, &times, Freshness::Fresh).await, 1);
        assert_eq!(get(&cache, &times, Freshness::Fresh).await, 1);
        assert_eq!(get(&cache, &times, Freshness::Stale).await, 1);
        tokio::task::yield_now().await;
        assert_eq!(get(&cache, &times, Freshness::Fresh).await, 2, "made in the background");
        assert_eq!(get(&cache, &times, Freshness::Expired).await, 3);
        assert_eq!(get(&cache, &times, Freshness::Superseded).await, 4, "the first one waits");
        cache.expire();
        assert_eq!((cache.last(), get(&cache, &times, Freshness::Fresh).await), (None, 5));
    }

    #[tokio::test]
    async fn a_superseded_value_is_shown_while_another_is_made() {
        let cache = SingleFlight::default();
        cache.get(|_| Freshness::Fresh, |_| async { Ok::<_, String>(1) }).await.unwrap();
        let (begin, gate) = tokio::sync::oneshot::channel::<()>();
        let slow = cache.get(
            |_| Freshness::Superseded,
            |_| async move {
                gate.await.map_err(|_| "closed".to_owned())?;
                Ok::<_, String>(2)
            },
        );
        let others = async {
            let shown = cache.get(|_| Freshness::Superseded, |_| async { Ok::<_, String>(3) }).await.unwrap();
            begin.send(()).unwrap();
            *shown
        };
        let (first, other) = tokio::join!(slow, others);
        assert_eq!((*first.unwrap(), other), (2, 1));
    }

    #[tokio::test]
    async fn a_failure_leaves_the_last_value() {
        let cache = SingleFlight::default();
        cache.get(|_| Freshness::Fresh, |_| async { Ok::<_, String>(7) }).await.unwrap();
        let fail = |_| async { Err::<u32, _>("no".to_owned()) };
        assert_eq!(*cache.get(|_| Freshness::Stale, fail).await.unwrap(), 7);
        tokio::task::yield_now().await;
        assert_eq!(cache.get(|_| Freshness::Expired, fail).await.unwrap_err(), "no");
        assert_eq!(cache.last().as_deref(), Some(&7));
    }
}
