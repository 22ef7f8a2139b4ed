//! A polling booth: one connection that casts the ballots of one voter after another, repeats what has to
//! be repeated, and writes down what was acknowledged.

use std::io;
use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::connection::{Answer, Connection};
use crate::contract::{Recorded, problem};
use crate::measure::Measure;
use crate::patience::Patience;
use crate::requests::Requests;
use crate::target::Consultation;
use crate::voter::{Ballot, Voter};
use crate::watch::Watch;

/// One connection and what it sends.
pub(crate) struct Booth {
    consultation: Consultation,
    /// Turn of the servers, modulo their number; moves on when a server is away or busy.
    turn: usize,
    requests: Requests,
    connection: Option<Connection>,
    body: Vec<u8>,
    request: Vec<u8>,
}

/// The server's response.
enum Reply {
    Recorded(Recorded),
    TryAgain(Option<Duration>),
    Problem { status: u16, reason: String },
}

/// Why ballots were not acknowledged.
struct Undelivered {
    /// Whether they may stand nevertheless.
    may_stand: bool,
    reason: String,
}

impl Booth {
    /// A booth whose connection opens with the first ballot, at the server of this turn.
    pub(crate) fn new(consultation: Consultation, turn: usize) -> Self {
        let requests = Requests::new(&consultation);
        Self { consultation, turn, requests, connection: None, body: Vec::new(), request: Vec::new() }
    }

    /// Casts ballots of one voter in one request. What cannot be delivered ends the run.
    pub(crate) async fn cast(
        &mut self,
        voter: &mut Voter,
        ballots: &[Ballot],
        watch: &Watch,
        measure: &mut Measure,
    ) {
        // Written once; repeats send the same bytes.
        self.requests.cast(voter, ballots, &mut self.body, &mut self.request);
        let began = Instant::now();
        match self.deliver(watch, measure).await {
            Ok(recorded) => {
                measure.requests += 1;
                measure.record_latency(began.elapsed());
                if let Err(difference) = voter.note(&recorded, ballots, &mut measure.ballots) {
                    watch.fail(difference);
                }
                watch.bar.inc(ballots.len() as u64);
            }
            Err(Undelivered { may_stand, reason }) => {
                if may_stand {
                    measure.ballots.unknown += voter.doubt(ballots);
                }
                watch.fail(reason);
            }
        }
    }

    async fn deliver(&mut self, watch: &Watch, measure: &mut Measure) -> Result<Recorded, Undelivered> {
        let mut patience = Patience::new(watch.survive);
        loop {
            let (wait, reason) = match self.send(measure).await {
                Ok(Reply::Recorded(recorded)) => return Ok(recorded),
                Ok(Reply::Problem { status, reason }) => {
                    return Err(Undelivered { may_stand: !(400..500).contains(&status), reason });
                }
                Ok(Reply::TryAgain(retry_after)) => {
                    self.turn_to_the_next();
                    (patience.after_try_again(retry_after), "the server answered 503 too often".to_owned())
                }
                Err(error) => {
                    measure.broken += 1;
                    self.connection = None;
                    self.turn_to_the_next();
                    (patience.after_break(Instant::now()), format!("the connection broke: {error}"))
                }
            };
            match wait {
                Some(wait) => sleep(wait).await,
                None => return Err(Undelivered { may_stand: true, reason }),
            }
        }
    }

    /// Lets another server try, where there is one.
    fn turn_to_the_next(&mut self) {
        if self.consultation.servers().len() > 1 {
            self.connection = None;
            self.turn += 1;
        }
    }

    async fn send(&mut self, measure: &mut Measure) -> io::Result<Reply> {
        let connection = if let Some(connection) = &mut self.connection {
            connection
        } else {
            let address = self.consultation.server(self.turn).address;
            self.connection.insert(Connection::open(address).await?)
        };
        let answer = connection.exchange(&self.request).await?;
        *measure.statuses.entry(answer.status).or_default() += 1;
        let reply = read(&answer);
        if answer.closes {
            self.connection = None;
        }
        Ok(reply)
    }
}

fn read(answer: &Answer<'_>) -> Reply {
    match answer.status {
        200 => match serde_json::from_slice(answer.body) {
            Ok(recorded) => Reply::Recorded(recorded),
            Err(error) => {
                Reply::Problem { status: 200, reason: format!("the server's answer cannot be read: {error}") }
            }
        },
        503 => Reply::TryAgain(answer.retry_after),
        status => Reply::Problem { status, reason: problem(status, answer.body) },
    }
}
