//! The bounded queue before a poll's ledger. One writer takes ALL that waits, without a timer,
//! and appends it in one commit: the busier the poll, the larger the groups.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use gd_domain::{BallotEvent, PollId};
use thiserror::Error;
use tokio::sync::{Mutex, Notify, mpsc, oneshot};

use crate::port_error::PortError;
use crate::running::ports::Clock;
use crate::voting::ledger_tail::LedgerTail;
use crate::voting::ports::Ledger;

/// Requests that may wait before new ones are turned away.
const QUEUE_REQUESTS_MAX: usize = 16_384;
/// Requests appended in one commit.
const GROUP_REQUESTS_MAX: usize = 4_096;

/// Time limit for an append to begin, in milliseconds. Together with one second of clock difference it is
/// less than the time an adapter waits before it gives up: an append that was given up never happens
/// afterwards.
pub(crate) const APPEND_LIFE_MS: i64 = 3_500;

/// A request's events, and the channel to its caller.
struct WriteRequest {
    events: Vec<BallotEvent>,
    reply: oneshot::Sender<Result<(), QueueError>>,
}

/// Events are not known to be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(crate) enum QueueError {
    /// The queue is full; nothing was recorded.
    #[error("too many ballots are waiting to be written")]
    Full,
    /// The writer failed; the events may or may not be recorded, and sending them again is safe.
    #[error("the ballots may or may not have been written")]
    OutcomeUnknown,
}

/// The sending end.
#[derive(Debug)]
pub(crate) struct WriteQueue {
    sender: mpsc::Sender<WriteRequest>,
}

impl WriteQueue {
    /// Starts the writer of a poll. It keeps `head` at the ledger's last known position, notes what
    /// it appended and wakes the projector after each commit.
    pub(crate) fn start(
        poll: PollId,
        (ledger, clock): (Arc<dyn Ledger>, Arc<dyn Clock>),
        head: Arc<AtomicU64>,
        tail: Arc<LedgerTail>,
        wake_projector: Arc<Notify>,
    ) -> Self {
        let (sender, receiver) = mpsc::channel(QUEUE_REQUESTS_MAX);
        let receiver = Mutex::new(receiver);
        let writer = Writer { poll, ledger, clock, head, tail, wake_projector, receiver };
        tokio::spawn(supervise(Arc::new(writer)));
        Self { sender }
    }

    /// Records events; returns once they are on disk.
    pub(crate) async fn record(&self, events: Vec<BallotEvent>) -> Result<(), QueueError> {
        let (reply, answer) = oneshot::channel();
        self.sender.try_send(WriteRequest { events, reply }).map_err(|refused| match refused {
            mpsc::error::TrySendError::Full(_) => QueueError::Full,
            mpsc::error::TrySendError::Closed(_) => QueueError::OutcomeUnknown,
        })?;
        answer.await.unwrap_or(Err(QueueError::OutcomeUnknown))
    }

    /// Returns once everything that was queued before this call has been written or has failed.
    pub(crate) async fn flush(&self) {
        let (reply, answer) = oneshot::channel();
        if self.sender.send(WriteRequest { events: Vec::new(), reply }).await.is_ok() {
            // Whatever the answer, the requests before this one have theirs.
            let _answered = answer.await;
        }
    }
}

struct Writer {
    poll: PollId,
    ledger: Arc<dyn Ledger>,
    clock: Arc<dyn Clock>,
    head: Arc<AtomicU64>,
    tail: Arc<LedgerTail>,
    wake_projector: Arc<Notify>,
    receiver: Mutex<mpsc::Receiver<WriteRequest>>,
}

/// Keeps a writer running: one that panics drops its callers' replies, which tells them to try again,
/// and the next one goes on with what still waits.
async fn supervise(writer: Arc<Writer>) {
    while let Err(failure) = tokio::spawn(Arc::clone(&writer).write_groups()).await {
        if failure.is_cancelled() {
            return;
        }
        tracing::error!(poll = writer.poll.0, %failure, "the ledger's writer died; starting another");
    }
}

impl Writer {
    async fn write_groups(self: Arc<Self>) {
        let mut receiver = self.receiver.lock().await;
        let mut group = Vec::new();
        while receiver.recv_many(&mut group, GROUP_REQUESTS_MAX).await > 0 {
            self.write_group(std::mem::take(&mut group)).await;
        }
    }

    async fn write_group(&self, group: Vec<WriteRequest>) {
        let events = group.iter().flat_map(|request| &request.events).copied().collect::<Vec<_>>();
        let outcome = if events.is_empty() { Ok(()) } else { self.append(&events).await };
        for request in group {
            // A caller that went away has no use for the answer.
            let _gone = request.reply.send(outcome);
        }
    }

    async fn append(&self, events: &[BallotEvent]) -> Result<(), QueueError> {
        let not_after = self.clock.now().plus_millis(APPEND_LIFE_MS);
        match self.ledger.append(self.poll, events, not_after).await {
            Ok(last) => {
                self.head.fetch_max(last.0, Ordering::Relaxed);
                self.tail.note(events, last);
                self.wake_projector.notify_one();
                Ok(())
            }
            Err(failure) => {
                self.log(&failure, events.len());
                Err(QueueError::OutcomeUnknown)
            }
        }
    }

    fn log(&self, failure: &PortError, events: usize) {
        tracing::error!(poll = self.poll.0, events, %failure, "ballots could not be appended");
    }
}
