//! Delivers requests over a bounded number of connections: each waits for its turn, is repeated as often as
//! has to be, and is measured from the instant it was due.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::time::{sleep, timeout_at};

use super::line::{Line, Reply};
use super::record::{Kind, Record};
use super::stock::Stock;
use crate::connection::Answer;
use crate::patience::Patience;
use crate::requests::Requests;
use crate::target::Consultation;
use crate::watch::Watch;

/// The client through which all participants and readers of a run send their requests.
pub(crate) struct Client {
    pub(crate) requests: Requests,
    pub(crate) watch: Arc<Watch>,
    lines: Stock<Line>,
    record: Mutex<Record>,
}

/// The response to a request, with doubts about earlier sendings.
pub(crate) struct Delivered<T> {
    pub(crate) answer: T,
    /// An earlier sending was cut off or answered 503: it may have been recorded before, or be recorded still,
    /// even after the one that was answered.
    pub(crate) was_repeated: bool,
}

/// There was no answer, or not the one there should be.
pub(crate) struct Undelivered {
    /// Whether what was asked may have been done nevertheless.
    pub(crate) may_stand: bool,
}

impl Client {
    /// Connections are shared out to the servers; none is opened yet.
    pub(crate) fn new(
        consultation: &Consultation,
        connections: usize,
        watch: Arc<Watch>,
        record: Record,
    ) -> Self {
        let line = |turn| Line::new(consultation.clone(), turn);
        Self {
            requests: Requests::new(consultation),
            watch,
            lines: Stock::new((0..connections).map(line)),
            record: Mutex::new(record),
        }
    }

    /// The measurements so far.
    pub(crate) fn record(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Delivers a request that was due at an instant, now or in the past. An answer that the contract does
    /// not foresee ends the run; 5xx and broken connections are counted.
    pub(crate) async fn deliver<T>(
        &self,
        kind: Kind,
        due: Instant,
        request: &[u8],
        read: impl Fn(&Answer<'_>) -> anyhow::Result<T>,
    ) -> Result<Delivered<T>, Undelivered> {
        self.record().offered(kind, due);
        let mut patience = Patience::new(self.watch.survive);
        let mut was_repeated = false;
        loop {
            let mut line = self.lines.take().await;
            if self.watch.is_over() {
                self.lines.put(line);
                return Err(Undelivered { may_stand: was_repeated });
            }
            let reply = line.ask(request, &read).await;
            self.lines.put(line);
            let wait = match reply {
                Ok((status, Reply::Read(answer))) => {
                    self.record().answered(kind, due, Instant::now(), status);
                    return Ok(Delivered { answer, was_repeated });
                }
                Ok((status, Reply::Problem(reason))) => {
                    self.record().refused(kind, status);
                    if status < 500 {
                        self.watch.fail(reason);
                    }
                    return Err(Undelivered { may_stand: was_repeated || !(400..500).contains(&status) });
                }
                Ok((status, Reply::TryAgain(retry_after))) => {
                    self.record().refused(kind, status);
                    patience.after_try_again(retry_after)
                }
                Err(_) => {
                    self.record().broken(kind);
                    patience.after_break(Instant::now())
                }
            };
            was_repeated = true;
            match wait {
                Some(wait) => sleep(wait).await,
                None => return Err(Undelivered { may_stand: true }),
            }
            self.record().repeated(kind);
        }
    }

    /// Sends a part of a request, or all of it, and hangs up. Whether it arrives is nobody's concern.
    pub(crate) async fn abandon(&self, part: &[u8]) {
        let mut line = self.lines.take().await;
        // The server may be away: that is one more way to be cut off.
        let _ = line.drop_after(part).await;
        self.lines.put(line);
    }

    /// Takes something as soon as it is there, as long as the run is not over.
    pub(crate) async fn take_in_time<T>(&self, stock: &Stock<T>) -> Option<T> {
        timeout_at(self.watch.deadline().into(), stock.take()).await.ok()
    }
}
