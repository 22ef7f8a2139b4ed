//! Counters in Redis, shared by every server.
//!
//! A poll's counts are kept as pieces whose sum they are: those of the last replacement, and one
//! more for each batch of deltas. Adding one is a single function call that hardly costs Redis more for five
//! thousand proposals than for one; a reader adds them up. When many pieces have come together their sum
//! replaces them. See `library.lua` for what happens at one instant inside Redis, and `piece.rs` for what a
//! piece holds.

use std::time::Duration;

use async_trait::async_trait;
use gd_domain::{Deltas, PollId, Position};
use gd_engine::ports::{Applied, Counters, PortError, PortErrorKind, PortResult, ProjectionState, Totals};
use redis::{FromRedisValue, Value};

use crate::library::Function;
use crate::redis_link::{ANSWER_TIMEOUT, RedisLink};
use crate::{keys, piece};

/// Time a call that carries much has until it is answered.
const LARGE_TIMEOUT: Duration = Duration::from_secs(2);
/// From how many bytes on a piece is much: the sum of hours without Redis, say.
const LARGE_BYTES: usize = 256 << 10;
/// Life of counts in Redis that have not replaced the others yet.
const STAGED_LIFE_MS: u64 = 60_000;
/// Fields of a poll's counts before they are summed up: a reader adds up so many pieces.
const FIELDS_MAX: u64 = 512;
/// Bytes of deltas before they are summed up: so much more a reader reads than it must.
const ADDED_BYTES_MAX: u64 = 1 << 20;

/// Live counts in Redis.
#[derive(Clone, Debug)]
pub struct RedisCounters {
    link: RedisLink,
}

impl RedisCounters {
    /// Counters at the other end of this link.
    #[must_use]
    pub const fn new(link: RedisLink) -> Self {
        Self { link }
    }

    /// Puts the sum of the pieces in their place. The counts stay what they are, so that nothing depends
    /// on whether this succeeds.
    async fn sum_up(&self, poll: PollId) -> PortResult<()> {
        if let Some(totals) = self.totals(poll).await? {
            self.replace(poll, Some(totals.state), &totals).await?;
        }
        Ok(())
    }

    /// Writes whole counts under a name of their own; the name, and how many fields they have.
    async fn stage(&self, poll: PollId, totals: &Totals) -> PortResult<(String, usize)> {
        let staged = keys::staged(poll, self.link.entropy().bits());
        let mut call = Function::Stage.call(std::slice::from_ref(&staged));
        call.arg(STAGED_LIFE_MS);
        call.arg(keys::GENERATION).arg(totals.state.generation);
        call.arg(keys::POSITION).arg(totals.state.position.0);
        let mut fields = 2;
        for piece in piece::encode_whole(&totals.counts) {
            call.arg(format!("{}{fields}", keys::PIECE)).arg(piece);
            self.link.call_function(&call, LARGE_TIMEOUT).await?;
            fields += 1;
            call = Function::Stage.call(std::slice::from_ref(&staged));
            call.arg(STAGED_LIFE_MS);
        }
        Ok((staged, fields))
    }
}

#[async_trait]
impl Counters for RedisCounters {
    async fn apply(
        &self,
        poll: PollId,
        from: ProjectionState,
        to: Position,
        deltas: &Deltas,
    ) -> PortResult<Applied> {
        let mut call = Function::Apply.call(&[keys::counts(poll)]);
        let piece = piece::encode(deltas);
        let limit = if piece.len() < LARGE_BYTES { ANSWER_TIMEOUT } else { LARGE_TIMEOUT };
        call.arg(from.generation).arg(from.position.0).arg(to.0).arg(piece);
        let answer = self.link.call_function(&call, limit).await?;
        let [fields, added_bytes] = read::<Vec<u64>>(answer)?[..] else { return Ok(Applied::Elsewhere) };
        if (fields > FIELDS_MAX || added_bytes > ADDED_BYTES_MAX)
            && let Err(failure) = self.sum_up(poll).await
        {
            tracing::debug!(poll = poll.0, %failure, "the counts were not summed up");
        }
        Ok(Applied::Added)
    }

    async fn replace(
        &self,
        poll: PollId,
        seen: Option<ProjectionState>,
        totals: &Totals,
    ) -> PortResult<bool> {
        if self.state(poll).await? != seen {
            return Ok(false);
        }
        let (staged, fields) = self.stage(poll, totals).await?;
        let mut call = Function::Replace.call(&[keys::counts(poll), staged]);
        let texts = |state: ProjectionState| (state.generation.to_string(), state.position.0.to_string());
        let (generation, position) = seen.map(texts).unwrap_or_default();
        call.arg(generation).arg(position).arg(fields);
        let replaced: u64 = read(self.link.call_function(&call, ANSWER_TIMEOUT).await?)?;
        Ok(replaced == 1)
    }

    async fn state(&self, poll: PollId) -> PortResult<Option<ProjectionState>> {
        let mut command = redis::cmd("HMGET");
        command.arg(keys::counts(poll)).arg(keys::GENERATION).arg(keys::POSITION);
        let (generation, position) = read(self.link.call(&command, ANSWER_TIMEOUT).await?)?;
        Ok(state_of(generation, position))
    }

    async fn totals(&self, poll: PollId) -> PortResult<Option<Totals>> {
        let mut command = redis::cmd("HGETALL");
        command.arg(keys::counts(poll));
        let answer = self.link.call(&command, LARGE_TIMEOUT).await?;
        // Adding up 8,000 proposals takes about 10 ms: too long for a thread that votes pass through.
        let added_up = tokio::task::spawn_blocking(|| add_up(answer)).await;
        added_up.map_err(|failure| PortError::new(PortErrorKind::Unavailable, failure))?
    }

    async fn forget(&self, _poll: PollId) {
        // Other servers may be looking at them.
    }

    async fn check(&self) -> PortResult<()> {
        Ok(self.link.check().await?)
    }
}

/// The totals from all fields of a poll's counts.
fn add_up(answer: Value) -> PortResult<Option<Totals>> {
    let fields: Vec<(String, FieldBytes)> = read(answer)?;
    let number = |name: &str| {
        let (_, FieldBytes(bytes)) = fields.iter().find(|(field, _)| field == name)?;
        std::str::from_utf8(bytes).ok()?.parse().ok()
    };
    let Some(state) = state_of(number(keys::GENERATION), number(keys::POSITION)) else { return Ok(None) };
    let place = |name: &str| name.strip_prefix(keys::PIECE)?.parse::<u64>().ok();
    let mut pieces =
        fields.iter().filter_map(|(name, bytes)| Some((place(name)?, bytes))).collect::<Vec<_>>();
    // The whole count comes first, by proposals.
    pieces.sort_unstable_by_key(|&(place, _)| place);
    let mut sum = piece::Sum::default();
    for (place, FieldBytes(bytes)) in pieces {
        sum.add(bytes).ok_or_else(|| corrupt(format!("piece {place} of the counts in Redis")))?;
    }
    Ok(Some(Totals { state, counts: sum.counts() }))
}

/// The bytes of a field, taken over as they came.
struct FieldBytes(Vec<u8>);

impl FromRedisValue for FieldBytes {
    fn from_redis_value(value: Value) -> Result<Self, redis::ParsingError> {
        match value {
            Value::BulkString(bytes) => Ok(Self(bytes)),
            other => Err(format!("a field was {other:?}").into()),
        }
    }
}

fn state_of(generation: Option<u64>, position: Option<u64>) -> Option<ProjectionState> {
    Some(ProjectionState { generation: generation?, position: Position(position?) })
}

fn read<T: FromRedisValue>(answer: Value) -> PortResult<T> {
    redis::from_redis_value(answer).map_err(|failure| corrupt(failure.to_string()))
}

fn corrupt(what: String) -> PortError {
    PortError::new(PortErrorKind::Corrupt, what)
}
