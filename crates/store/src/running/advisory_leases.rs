//! Leases as PostgreSQL's advisory locks, all on one connection of their own.
//!
//! The server lets go of the locks when that session ends, and ends it itself when it has been silent for
//! [`SESSION_SILENT_MS`]: so the leases of a process that is dead, paused or cut off pass on. A process
//! that lives keeps the session awake by asking. A lease it has no more work for is given back after
//! [`UNASKED_MS`], so that it moves to a process with work; the session ends with the last lease.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Once, Weak};
use std::time::Duration;

use gd_engine::ports::{Job, PortError, PortErrorKind, PortResult};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep, timeout};

use crate::sql::failure::{corrupt, failed};
use crate::sql::postgres::with_settings;

/// The server ends a session that has been silent for this long, in milliseconds. More than what lies
/// between two questions of a busy holder (half a second, and [`TRUSTED_MS`]); with the half second until
/// somebody else asks, less than the two in which leases pass on.
const SESSION_SILENT_MS: u64 = 1_300;
/// Time for which the session's last reply counts as true, in milliseconds.
const TRUSTED_MS: u64 = 400;
/// Time for which another process is taken to hold a lease, in milliseconds.
const REFUSAL_TRUSTED_MS: u64 = 100;
/// A lease not asked for during this time is given back, in milliseconds.
const UNASKED_MS: u64 = 1_000;
/// Between two looks for leases to give back, in milliseconds.
const TIDY_INTERVAL_MS: u64 = 200;
/// Time limit for connecting and for one query, in milliseconds.
const ANSWER_TIMEOUT_MS: u64 = 1_000;

/// The first of the two numbers of our locks, by job: no other program should use these.
const PROJECT_CLASS: i32 = 0x6764_0001;
const LIVE_REPORTS_CLASS: i32 = 0x6764_0002;
const AUDIT_RETENTION_CLASS: i32 = 0x6764_0003;

const TRY_LOCK: &str = "SELECT pg_try_advisory_lock($1, $2)";
const UNLOCK: &str = "SELECT pg_advisory_unlock($1, $2)";

/// The leases of one process.
pub(crate) struct AdvisoryLeases {
    options: PgConnectOptions,
    session: Arc<Mutex<Option<LeaseSession>>>,
    /// Done once the task that gives back unasked leases has started.
    tidying: Once,
}

impl fmt::Debug for AdvisoryLeases {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The options hold the password.
        f.debug_struct("AdvisoryLeases").finish_non_exhaustive()
    }
}

impl AdvisoryLeases {
    pub(crate) fn new(options: PgConnectOptions) -> Self {
        let settings = [
            ("idle_session_timeout", format!("{SESSION_SILENT_MS}ms")),
            ("statement_timeout", format!("{ANSWER_TIMEOUT_MS}ms")),
        ];
        Self { options: with_settings(options, &settings), session: Arc::default(), tidying: Once::new() }
    }

    /// Whether this process holds the lease; takes it if it is free. After any error none is held.
    pub(crate) async fn hold(&self, job: Job) -> PortResult<bool> {
        let key = lock_key(job)?;
        let mut session = self.session.lock().await;
        if let Some(open) = session.as_mut() {
            match in_time(open.hold(key)).await {
                Ok(held) => return Ok(held),
                // The server has ended it, or has been away: begin anew.
                Err(_) => *session = None,
            }
        }
        let mut open = LeaseSession::new(in_time(self.options.connect()).await?);
        let held = in_time(open.hold(key)).await?;
        *session = Some(open);
        self.tidying.call_once(|| {
            tokio::spawn(tidy(Arc::downgrade(&self.session)));
        });
        Ok(held)
    }

    /// Gives back every lease.
    pub(crate) async fn release(&self) {
        if let Some(session) = self.session.lock().await.take() {
            session.close().await;
        }
    }
}

/// The session, with what it is known to hold.
struct LeaseSession {
    connection: PgConnection,
    /// The instant of the server's last response: leases held then are held for a while yet.
    heard_at: Instant,
    leases: HashMap<LockKey, Lease>,
}

type LockKey = (i32, i32);

/// The state of one lease as this process knows it.
struct Lease {
    held: bool,
    /// When the server said so.
    told_at: Instant,
    asked_at: Instant,
}

impl LeaseSession {
    fn new(connection: PgConnection) -> Self {
        Self { connection, heard_at: Instant::now(), leases: HashMap::new() }
    }

    async fn hold(&mut self, key: LockKey) -> sqlx::Result<bool> {
        // Before the question goes out: the server counts the silence from no earlier.
        let now = Instant::now();
        if let Some(lease) = self.leases.get_mut(&key) {
            lease.asked_at = now;
            if lease.held && is_within(now, self.heard_at, TRUSTED_MS) {
                return Ok(true);
            }
            if !lease.held && is_within(now, lease.told_at, REFUSAL_TRUSTED_MS) {
                return Ok(false);
            }
            if lease.held {
                self.connection.ping().await?;
                self.heard_at = now;
                return Ok(true);
            }
        }
        let question = sqlx::query_scalar(TRY_LOCK).bind(key.0).bind(key.1);
        let held = question.fetch_one(&mut self.connection).await?;
        self.heard_at = now;
        self.leases.insert(key, Lease { held, told_at: now, asked_at: now });
        Ok(held)
    }

    /// Gives back the leases not asked for lately. Returns the number left.
    async fn give_back_unasked(&mut self) -> sqlx::Result<usize> {
        let now = Instant::now();
        let is_asked = |lease: &Lease| is_within(now, lease.asked_at, UNASKED_MS);
        let unasked = self.leases.iter().filter(|(_, lease)| !is_asked(lease));
        let unasked = unasked.map(|(&key, lease)| (key, lease.held)).collect::<Vec<_>>();
        // With the last lease the session is closed, which gives them all back at once.
        if unasked.len() < self.leases.len() {
            for &(key, _) in unasked.iter().filter(|(_, held)| *held) {
                let unlock = sqlx::query(UNLOCK).bind(key.0).bind(key.1);
                unlock.execute(&mut self.connection).await?;
            }
        }
        self.leases.retain(|_, lease| is_asked(lease));
        Ok(self.leases.len())
    }

    async fn close(self) {
        // Unheard, it ends the session all the same: by the socket, or by its silence.
        let _ = in_time(self.connection.close()).await;
    }
}

/// Gives back leases not asked for, for as long as the session's owner lives.
async fn tidy(session: Weak<Mutex<Option<LeaseSession>>>) {
    loop {
        sleep(Duration::from_millis(TIDY_INTERVAL_MS)).await;
        let Some(session) = session.upgrade() else { return };
        let mut session = session.lock().await;
        let Some(open) = session.as_mut() else { continue };
        if let Ok(1..) = in_time(open.give_back_unasked()).await {
            continue;
        }
        if let Some(unneeded) = session.take() {
            unneeded.close().await;
        }
    }
}

fn lock_key(job: Job) -> PortResult<LockKey> {
    match job {
        Job::Project(poll) => Ok((PROJECT_CLASS, i32::try_from(poll.0).map_err(corrupt)?)),
        Job::LiveReports => Ok((LIVE_REPORTS_CLASS, 0)),
        Job::AuditRetention => Ok((AUDIT_RETENTION_CLASS, 0)),
    }
}

fn is_within(now: Instant, then: Instant, limit_ms: u64) -> bool {
    now.duration_since(then) < Duration::from_millis(limit_ms)
}

async fn in_time<T>(answer: impl Future<Output = sqlx::Result<T>>) -> PortResult<T> {
    match timeout(Duration::from_millis(ANSWER_TIMEOUT_MS), answer).await {
        Ok(answer) => answer.map_err(failed),
        Err(_) => {
            Err(PortError::new(PortErrorKind::Unavailable, "PostgreSQL did not answer about a lease in time"))
        }
    }
}
