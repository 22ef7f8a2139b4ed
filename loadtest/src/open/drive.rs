//! Starts what is due when it is due.

use std::time::{Duration, Instant};

use tokio::task::{JoinSet, yield_now};
use tokio::time::sleep_until;

use crate::watch::Watch;

/// Begins something at each instant after `origin`, whatever has become of what began before; then waits
/// until all of it has ended. Nothing more begins once the run is over.
pub(crate) async fn start_each<F>(
    arrivals: impl Iterator<Item = Duration>,
    origin: Instant,
    watch: &Watch,
    mut begin: impl FnMut(Instant) -> F,
) where
    F: Future<Output = ()> + Send + 'static,
{
    let mut under_way = JoinSet::new();
    for arrival in arrivals {
        let due = origin + arrival;
        if due > Instant::now() {
            sleep_until(due.into()).await;
        } else {
            // A request that is late already must not keep the others from their turn.
            yield_now().await;
        }
        if watch.is_over() {
            break;
        }
        under_way.spawn(begin(due));
        while let Some(ended) = under_way.try_join_next() {
            ended.expect("what was begun neither panics nor is aborted");
        }
    }
    while let Some(ended) = under_way.join_next().await {
        ended.expect("what was begun neither panics nor is aborted");
    }
}
