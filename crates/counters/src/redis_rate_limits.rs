//! Rate limits shared by every server: one budget for each participant or address, wherever the requests go.
//!
//! No request has a call of its own. Budgets are spread over a few shards; in each, the takes that come
//! while a call is under way go together in the next one, without a timer: the busier, the larger the calls.
//! While Redis is out of reach or slow, each server rations alone.

use std::array;
use std::time::Duration;

use async_trait::async_trait;
use gd_engine::ports::{LimitedRequest, RateLimits};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use crate::keys;
use crate::library::Function;
use crate::rate_limits::{InProcessRateLimits, budget};
use crate::redis_link::{CallError, RedisLink};

/// Parts that the budgets are spread over: so many calls are under way at most, and in a cluster so many
/// masters share the work.
const SHARDS: usize = 4;
/// Takes that may wait in a shard; the next ones are rationed by this server alone.
const WAITING_MAX: usize = 4_096;
/// Takes in one call: about a millisecond of Redis' time.
const GROUP_MAX: usize = 512;
/// Time limit for Redis to answer a take.
const TAKE_TIMEOUT: Duration = Duration::from_millis(150);

/// Rate limits in Redis.
#[derive(Debug)]
pub struct RedisRateLimits {
    link: RedisLink,
    alone: InProcessRateLimits,
    names: Hmac<Sha256>,
    shards: [mpsc::Sender<RateLimitRequest>; SHARDS],
}

#[derive(Debug)]
struct RateLimitRequest {
    budget: String,
    kind: LimitedRequest,
    reply: oneshot::Sender<Result<(), Duration>>,
}

impl RedisRateLimits {
    /// Rate limits over this link. `secret`, the same on every server, keeps who is rationed out of Redis:
    /// budgets go by names that only its holders can derive. Must be called inside a Tokio runtime.
    #[must_use]
    pub fn new(link: RedisLink, secret: &[u8]) -> Self {
        let shards = array::from_fn(|_| {
            let (sender, receiver) = mpsc::channel(WAITING_MAX);
            tokio::spawn(take_in_groups(link.clone(), receiver));
            sender
        });
        Self { link, alone: InProcessRateLimits::default(), names: names_under(secret), shards }
    }

    async fn take_shared(&self, kind: LimitedRequest, who: &str) -> Option<Result<(), Duration>> {
        if !self.link.is_up() {
            return None;
        }
        let name = self.name(who);
        let shard = usize::try_from(name % SHARDS as u64).ok()?;
        let (reply, answer) = oneshot::channel();
        let request = RateLimitRequest { budget: keys::budget(shard, kind, name), kind, reply };
        self.shards[shard].try_send(request).ok()?;
        timeout(TAKE_TIMEOUT, answer).await.ok()?.ok()
    }

    fn name(&self, who: &str) -> u64 {
        let digest = self.names.clone().chain_update(who.as_bytes()).finalize().into_bytes();
        let (first, _) = digest.split_first_chunk().expect("a digest has 32 bytes");
        u64::from_be_bytes(*first)
    }
}

#[async_trait]
impl RateLimits for RedisRateLimits {
    async fn take(&self, kind: LimitedRequest, who: &str) -> Result<(), Duration> {
        match self.take_shared(kind, who).await {
            Some(taken) => taken,
            None => self.alone.take(kind, who).await,
        }
    }
}

fn names_under(secret: &[u8]) -> Hmac<Sha256> {
    let names = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of any length");
    names.chain_update(b"rate limits 1")
}

/// Serves one shard until its limits are dropped.
async fn take_in_groups(link: RedisLink, mut waiting: mpsc::Receiver<RateLimitRequest>) {
    let mut group = Vec::new();
    while waiting.recv_many(&mut group, GROUP_MAX).await > 0 {
        // A caller that has given up waiting was rationed otherwise.
        group.retain(|request: &RateLimitRequest| !request.reply.is_closed());
        match take_group(&link, &group).await {
            Ok(waits_ms) => {
                for (request, wait_ms) in group.drain(..).zip(waits_ms) {
                    let taken = if wait_ms == 0 { Ok(()) } else { Err(Duration::from_millis(wait_ms)) };
                    // One who gives up right now has no use for the answer.
                    let _gone = request.reply.send(taken);
                }
            }
            // Without a reply they are rationed by this server alone, at once.
            Err(failure) => tracing::debug!(%failure, takes = group.len(), "budgets could not be shared"),
        }
        group.clear();
    }
}

async fn take_group(link: &RedisLink, group: &[RateLimitRequest]) -> Result<Vec<u64>, CallError> {
    if group.is_empty() {
        return Ok(Vec::new());
    }
    let budgets = group.iter().map(|request| request.budget.as_str()).collect::<Vec<_>>();
    let mut call = Function::Take.call(&budgets);
    for request in group {
        let (full, refill_ms) = budget(request.kind);
        call.arg(u64::from(full) * refill_ms).arg(refill_ms);
    }
    let answer = link.call_function(&call, TAKE_TIMEOUT).await?;
    redis::from_redis_value(answer).map_err(|failure| CallError::Failed(failure.into()))
}
