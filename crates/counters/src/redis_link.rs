//! The one connection to Redis that a process's adapters share, and its keeper.
//!
//! While Redis is out of reach every call fails at once, and none waits longer than its limit: votes never
//! wait for Redis. A call without an answer, or a server that turned into a replica, puts the link down; a
//! task behind it finds the way back. Owns when the link is up; knows nothing of what is said over it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use gd_engine::ports::{Entropy, PortError, PortErrorKind};
use redis::{Cmd, ErrorKind, RedisError, RedisResult, ServerErrorKind, Value};
use thiserror::Error;
use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio::time::error::Elapsed;
use tokio::time::{Instant, sleep, timeout};

use crate::backoff::{self, BACKOFF_LONGEST};
use crate::library::{self, Function};
use crate::redis_addresses::{RedisAddresses, RedisUrlError};
use crate::redis_server::{Connection, Server, Unusable};

/// Time limit for the response to an ordinary call.
pub(crate) const ANSWER_TIMEOUT: Duration = Duration::from_millis(500);

/// A link to Redis: one server, the master among several, or a cluster. Copies share the connection; with
/// the last of them the link ends.
#[derive(Clone)]
pub struct RedisLink {
    shared: Arc<LinkState>,
    _keeper: Arc<EndsWithItsOwner>,
}

impl RedisLink {
    /// A link to the Redis at these addresses (a comma list), which need not be there yet. Must be called
    /// inside a Tokio runtime, where the link is kept up from then on.
    ///
    /// # Errors
    /// [`RedisUrlError`] when the addresses cannot be read, and only then.
    pub fn open(addresses: &str, entropy: Arc<dyn Entropy>) -> Result<Self, RedisUrlError> {
        // Several kinds of cryptography may be compiled in: TLS to Redis uses this one, unless the
        // program has chosen before.
        let _chosen_before = rustls::crypto::ring::default_provider().install_default();
        let addresses = RedisAddresses::read(addresses)?;
        let condition = watch::Sender::new(Condition::Down(Unusable("not connected yet".into())));
        let shared = Arc::new(LinkState { addresses, entropy, condition });
        let keeper = EndsWithItsOwner::spawn(keep_up(Arc::clone(&shared)));
        Ok(Self { shared, _keeper: Arc::new(keeper) })
    }

    /// Waits until Redis is in reach, but no longer than this; whether it is.
    pub async fn connected(&self, longest: Duration) -> bool {
        let mut condition = self.shared.condition.subscribe();
        timeout(longest, condition.wait_for(Condition::is_up)).await.is_ok()
    }

    /// Whether calls are being answered, as far as is known.
    pub(crate) fn is_up(&self) -> bool {
        self.shared.condition.borrow().is_up()
    }

    pub(crate) fn addresses(&self) -> &RedisAddresses {
        &self.shared.addresses
    }

    pub(crate) fn entropy(&self) -> &Arc<dyn Entropy> {
        &self.shared.entropy
    }

    /// Calls a command; at most `limit` passes until it has failed.
    pub(crate) async fn call(&self, command: &Cmd, limit: Duration) -> Result<Value, CallError> {
        let mut used = self.shared.connection()?;
        let outcome = timeout(limit, used.connection.send(command)).await;
        self.shared.judge(&used, limit, outcome)
    }

    /// Calls a function, loading the library when it is not there.
    pub(crate) async fn call_function(&self, call: &Cmd, limit: Duration) -> Result<Value, CallError> {
        match self.call(call, limit).await {
            Err(CallError::Failed(failure)) if library::is_missing(&failure) => {
                self.load_library().await?;
                self.call(call, limit).await
            }
            outcome => outcome,
        }
    }

    /// Asks every master whether it can keep counters now.
    pub(crate) async fn check(&self) -> Result<(), CallError> {
        for told in self.call_all_masters(&redis::cmd("INFO")).await? {
            if let Err(why) = Server::read(&told).and_then(|server| server.check()) {
                self.shared.put_down(&why);
                return Err(CallError::Down(why));
            }
        }
        let ready = Function::Ready.call(&[] as &[&str]);
        match self.call_all_masters(&ready).await {
            Err(CallError::Failed(failure)) if library::is_missing(&failure) => {
                self.load_library().await?;
                self.call_all_masters(&ready).await.map(|_ready| ())
            }
            outcome => outcome.map(|_ready| ()),
        }
    }

    async fn call_all_masters(&self, command: &Cmd) -> Result<Vec<Value>, CallError> {
        let mut used = self.shared.connection()?;
        let outcome = timeout(ANSWER_TIMEOUT, used.connection.on_all_masters(command)).await;
        self.shared.judge(&used, ANSWER_TIMEOUT, outcome)
    }

    async fn load_library(&self) -> Result<(), CallError> {
        let mut used = self.shared.connection()?;
        let outcome = timeout(ANSWER_TIMEOUT, library::load(&mut used.connection)).await;
        self.shared.judge(&used, ANSWER_TIMEOUT, outcome)
    }
}

impl fmt::Debug for RedisLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisLink").field("addresses", &self.shared.addresses).finish_non_exhaustive()
    }
}

/// Why a call gave nothing.
#[derive(Debug, Error)]
pub(crate) enum CallError {
    /// It was not made.
    #[error("Redis is out of reach: {0}")]
    Down(Unusable),
    /// It may or may not have been carried out, or may be yet.
    #[error("Redis did not answer within {} ms", .0.as_millis())]
    NoAnswer(Duration),
    /// It was refused, or the connection broke.
    #[error("Redis: {0}")]
    Failed(RedisError),
}

impl From<CallError> for PortError {
    fn from(failure: CallError) -> Self {
        let kind = match &failure {
            CallError::Down(_) => PortErrorKind::Unavailable,
            CallError::Failed(cause) if !cause.is_io_error() => PortErrorKind::Unavailable,
            CallError::NoAnswer(_) | CallError::Failed(_) => PortErrorKind::OutcomeUnknown,
        };
        Self::new(kind, failure.to_string())
    }
}

struct LinkState {
    addresses: RedisAddresses,
    entropy: Arc<dyn Entropy>,
    condition: watch::Sender<Condition>,
}

enum Condition {
    Up(NumberedConnection),
    /// Connected, but the last call got no answer.
    Silent(NumberedConnection),
    Down(Unusable),
}

/// A connection as one call uses it.
#[derive(Clone)]
struct NumberedConnection {
    connection: Connection,
    /// Tells the connection from those before and after it.
    number: u64,
}

impl Condition {
    const fn is_up(&self) -> bool {
        matches!(self, Self::Up(_))
    }
}

impl LinkState {
    fn connection(&self) -> Result<NumberedConnection, CallError> {
        match &*self.condition.borrow() {
            Condition::Up(used) => Ok(used.clone()),
            Condition::Silent(_) => Err(CallError::Down(Unusable("it does not answer".into()))),
            Condition::Down(why) => Err(CallError::Down(why.clone())),
        }
    }

    /// Draws from the outcome of a call what it says of the connection.
    fn judge<T>(
        &self,
        used: &NumberedConnection,
        limit: Duration,
        outcome: Result<RedisResult<T>, Elapsed>,
    ) -> Result<T, CallError> {
        match outcome {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(failure)) => {
                if leads_nowhere(&failure) {
                    self.doubt(used, Condition::Down(Unusable(failure.to_string())));
                }
                Err(CallError::Failed(failure))
            }
            Err(_) => {
                self.doubt(used, Condition::Silent(used.clone()));
                Err(CallError::NoAnswer(limit))
            }
        }
    }

    /// Puts the link into another condition, unless it has left this connection already.
    fn doubt(&self, used: &NumberedConnection, doubtful: Condition) {
        self.condition.send_if_modified(|condition| {
            let current = matches!(condition, Condition::Up(up) if up.number == used.number);
            if current {
                *condition = doubtful;
            }
            current
        });
    }

    fn put_down(&self, why: &Unusable) {
        self.condition.send_replace(Condition::Down(why.clone()));
    }
}

/// Whether a failure is that of the connection: broken, or to a server that serves no longer.
fn leads_nowhere(failure: &RedisError) -> bool {
    let no_longer_serves = matches!(
        failure.kind(),
        ErrorKind::ClusterConnectionNotFound
            | ErrorKind::Server(
                ServerErrorKind::ReadOnly
                    | ServerErrorKind::BusyLoading
                    | ServerErrorKind::MasterDown
                    | ServerErrorKind::ClusterDown
            )
    );
    failure.is_io_error() || failure.is_unrecoverable_error() || no_longer_serves
}

/// Brings the link up, and up again each time it is lost.
async fn keep_up(shared: Arc<LinkState>) {
    let mut condition = shared.condition.subscribe();
    let mut waits = backoff::waits();
    let mut silent = None;
    let mut last_reason = None;
    for number in 0.. {
        match find_way(&shared.addresses, silent.take()).await {
            Ok(connection) => {
                tracing::info!(addresses = ?shared.addresses, "Redis is in reach");
                let since = Instant::now();
                shared.condition.send_replace(Condition::Up(NumberedConnection { connection, number }));
                silent = until_lost(&mut condition).await;
                last_reason = None;
                if since.elapsed() > BACKOFF_LONGEST {
                    waits = backoff::waits();
                    continue;
                }
            }
            Err(why) => {
                if last_reason.as_ref() != Some(&why) {
                    tracing::warn!(addresses = ?shared.addresses, %why, "Redis is out of reach");
                    last_reason = Some(why.clone());
                }
                shared.put_down(&why);
            }
        }
        sleep(waits.next().unwrap_or(BACKOFF_LONGEST)).await;
    }
}

/// The connection that fell silent if it answers again, else a new one.
async fn find_way(addresses: &RedisAddresses, silent: Option<Connection>) -> Result<Connection, Unusable> {
    if let Some(mut connection) = silent {
        let ping = redis::cmd("PING");
        if let Ok(Ok(_)) = timeout(ANSWER_TIMEOUT, connection.on_all_masters(&ping)).await {
            return Ok(connection);
        }
    }
    let mut connection = Connection::open(addresses).await?;
    match timeout(ANSWER_TIMEOUT, library::load(&mut connection)).await {
        Ok(Ok(())) => {}
        // Out of memory perhaps: what was counted can still be read.
        Ok(Err(failure)) => tracing::warn!(%failure, "the functions could not be loaded into Redis"),
        Err(_) => return Err(Unusable("it does not answer".into())),
    }
    Ok(connection)
}

/// Waits until the link is not up any more; the connection if it only fell silent.
async fn until_lost(condition: &mut watch::Receiver<Condition>) -> Option<Connection> {
    // The sender lives as long as the task that waits here.
    let lost = condition.wait_for(|condition| !condition.is_up()).await.ok()?;
    match &*lost {
        Condition::Silent(used) => {
            tracing::warn!("Redis does not answer");
            Some(used.connection.clone())
        }
        Condition::Down(why) => {
            tracing::warn!(%why, "the link to Redis is lost");
            None
        }
        Condition::Up(_) => None,
    }
}

/// A task that ends when what it works for is dropped.
#[derive(Debug)]
pub(crate) struct EndsWithItsOwner(AbortHandle);

impl EndsWithItsOwner {
    pub(crate) fn spawn(task: impl Future<Output = ()> + Send + 'static) -> Self {
        Self(tokio::spawn(task).abort_handle())
    }
}

impl Drop for EndsWithItsOwner {
    fn drop(&mut self) {
        self.0.abort();
    }
}
