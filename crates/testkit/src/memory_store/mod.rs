//! The engine's record ports in memory, by area: fast, and able to fail on command.

mod consultation;
mod participants;
mod proposals;
mod results;
mod running;
mod staff;
mod voting;

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gd_engine::ports::{PortError, PortErrorKind, PortResult};

use crate::FixedClock;

/// All record ports over plain maps.
#[derive(Debug, Default)]
pub struct MemoryStore {
    rows: Mutex<Rows>,
    /// Calls of [`Ledger::append`](gd_engine::ports::Ledger::append) that succeeded.
    pub appends: AtomicUsize,
    /// While true, every append fails without recording anything.
    pub appends_fail: AtomicBool,
    /// While true, every append records its events and then fails all the same.
    pub appends_lose_their_answer: AtomicBool,
    /// While true, every append panics.
    pub appends_panic: AtomicBool,
    /// While true, another process holds every lease.
    pub leases_are_held_elsewhere: AtomicBool,
    /// The lead of the records' clock over the last beat, in milliseconds.
    pub clock_ahead_ms: AtomicI64,
    /// Reads of one participant's standing ballots.
    pub participants_read: AtomicUsize,
    /// Calls of [`StandingBallots::count`](gd_engine::ports::StandingBallots::count).
    pub counts: AtomicUsize,
    /// The time a count takes in milliseconds, with the clock that it moves.
    pub counting_takes: Mutex<Option<(Arc<FixedClock>, i64)>>,
    last_beat: AtomicI64,
}

/// The rows of every area under one lock: a change and its audit entry are one commit.
#[derive(Debug, Default)]
struct Rows {
    consultation: consultation::Rows,
    participants: participants::Rows,
    proposals: proposals::Rows,
    results: results::Rows,
    staff: staff::Rows,
    voting: voting::Rows,
}

impl MemoryStore {
    fn rows(&self) -> MutexGuard<'_, Rows> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Fails while appends do.
    fn check_writable(&self) -> PortResult<()> {
        let fails = self.appends_fail.load(Ordering::Relaxed);
        if fails { Err(error(PortErrorKind::Unavailable, "told to fail")) } else { Ok(()) }
    }
}

fn error(kind: PortErrorKind, what: &'static str) -> PortError {
    PortError::new(kind, what)
}

fn not_found() -> PortError {
    error(PortErrorKind::NotFound, "no such record")
}
