//! PostgreSQL alone asks this of the store: opening over a network, servers that stop or die, leases
//! among processes, and migrations that agree with those of SQLite.

mod faults;
mod leases;
mod opening;
mod parity;
mod plans;

use std::time::{Duration, Instant};

/// Polls until `attempt` returns a value. Returns the value and the time that took.
async fn within<T>(limit: Duration, mut attempt: impl AsyncFnMut() -> Option<T>) -> (T, Duration) {
    let start = Instant::now();
    loop {
        if let Some(outcome) = attempt().await {
            return (outcome, start.elapsed());
        }
        assert!(start.elapsed() < limit, "not within {limit:?}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
