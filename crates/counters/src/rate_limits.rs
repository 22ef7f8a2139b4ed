//! Rate limits in the server's own memory.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use gd_engine::ports::{LimitedRequest, RateLimits};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Number of takes after which budgets that are full again are forgotten.
const FORGET_EVERY_TAKES: u32 = 16_384;

/// The size of each budget, and the time in which one piece is refilled, in milliseconds.
pub(crate) const fn budget(request: LimitedRequest) -> (u32, u64) {
    match request {
        // Five a second for as long as one likes: no thumb is faster.
        LimitedRequest::Ballots => (300, 200),
        LimitedRequest::Proposals => (10, 30_000),
        // By address: a whole agency of 17,000 may sit behind one, and all come in one morning.
        LimitedRequest::Participants => (10_000, 10),
        LimitedRequest::NetworkProposals => (300, 1_000),
        LimitedRequest::Requests => (5_000, 2),
    }
}

/// A budget for each participant or address, refilled steadily (the generic cell rate algorithm).
#[derive(Debug)]
pub struct InProcessRateLimits {
    ballots: Limiter,
    proposals: Limiter,
    network_proposals: Limiter,
    participants: Limiter,
    requests: Limiter,
}

impl Default for InProcessRateLimits {
    fn default() -> Self {
        Self {
            ballots: Limiter::new(LimitedRequest::Ballots),
            proposals: Limiter::new(LimitedRequest::Proposals),
            network_proposals: Limiter::new(LimitedRequest::NetworkProposals),
            participants: Limiter::new(LimitedRequest::Participants),
            requests: Limiter::new(LimitedRequest::Requests),
        }
    }
}

#[derive(Debug)]
struct Limiter {
    cells: DefaultKeyedRateLimiter<String>,
    clock: DefaultClock,
    takes: AtomicU32,
}

impl Limiter {
    fn new(request: LimitedRequest) -> Self {
        let (full, refill_ms) = budget(request);
        let burst = NonZeroU32::new(full).expect("no budget is empty");
        let quota = Quota::with_period(Duration::from_millis(refill_ms)).expect("no period is zero");
        Self {
            cells: RateLimiter::keyed(quota.allow_burst(burst)),
            clock: DefaultClock::default(),
            takes: AtomicU32::new(0),
        }
    }

    fn take(&self, who: &str) -> Result<(), Duration> {
        if self.takes.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY_TAKES == FORGET_EVERY_TAKES - 1 {
            self.cells.retain_recent();
        }
        let taken = self.cells.check_key(&who.to_owned());
        taken.map_err(|refused| refused.wait_time_from(self.clock.now()))
    }
}

#[async_trait]
impl RateLimits for InProcessRateLimits {
    async fn take(&self, request: LimitedRequest, who: &str) -> Result<(), Duration> {
        match request {
            LimitedRequest::Ballots => self.ballots.take(who),
            LimitedRequest::Proposals => self.proposals.take(who),
            LimitedRequest::NetworkProposals => self.network_proposals.take(who),
            LimitedRequest::Participants => self.participants.take(who),
            LimitedRequest::Requests => self.requests.take(who),
        }
    }
}

/// No limits at all: for load tests, and behind a proxy that has its own.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoRateLimits;

#[async_trait]
impl RateLimits for NoRateLimits {
    async fn take(&self, _: LimitedRequest, _: &str) -> Result<(), Duration> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_spent_budget_says_how_long_to_wait_and_leaves_others_alone() {
        let limits = InProcessRateLimits::default();
        let (full, refill_ms) = budget(LimitedRequest::Proposals);
        for _ in 0..full {
            assert_eq!(limits.take(LimitedRequest::Proposals, "one").await, Ok(()));
        }
        let wait = limits.take(LimitedRequest::Proposals, "one").await.unwrap_err();
        assert!(wait > Duration::ZERO && wait <= Duration::from_millis(refill_ms), "{wait:?}");
        assert_eq!(limits.take(LimitedRequest::Proposals, "other").await, Ok(()));
        assert_eq!(limits.take(LimitedRequest::Ballots, "one").await, Ok(()));
    }
}
