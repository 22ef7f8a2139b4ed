//! A polling booth: one connection that casts the ballots of one voter after another, repeats what has to
//! be repeated, and writes down what was acknowledged.

use std::borrow::Cow;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::connection::{Answer, Connection};
use crate::contract::{BallotBody, BallotsBody, COOKIE, Recorded, problem};
use crate::measure::Measure;
use crate::patience::Patience;
use crate::target::Consultation;
use crate::voter::{Ballot, Voter};
use crate::watch::Watch;

/// One connection and what it sends.
pub(crate) struct Booth {
    address: SocketAddr,
    /// The request up to the cookie's value: the same for all.
    head: String,
    connection: Option<Connection>,
    body: Vec<u8>,
    request: Vec<u8>,
}

/// What the server said.
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
    /// A booth whose connection opens with the first ballot.
    pub(crate) fn new(consultation: &Consultation) -> Self {
        let (path, address) = (consultation.path("ballots"), consultation.server.address);
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nCookie: {COOKIE}="
        );
        Self { address, head, connection: None, body: Vec::new(), request: Vec::new() }
    }

    /// Casts ballots of one voter in one request. What cannot be delivered ends the run.
    pub(crate) async fn cast(
        &mut self,
        voter: &mut Voter,
        ballots: &[Ballot],
        watch: &Watch,
        measure: &mut Measure,
    ) {
        self.write(voter, ballots);
        let began = Instant::now();
        match self.deliver(watch, measure).await {
            Ok(recorded) => {
                measure.requests += 1;
                measure.record_latency(began.elapsed());
                note(&recorded, voter, ballots, watch, measure);
            }
            Err(Undelivered { may_stand, reason }) => {
                if may_stand {
                    for &(place, opinion) in ballots {
                        voter.votes[place].unknown = Some(opinion);
                    }
                    measure.unknown += ballots.len() as u64;
                }
                watch.fail(reason);
            }
        }
    }

    /// Writes the request once; repeats send the same bytes.
    fn write(&mut self, voter: &Voter, ballots: &[Ballot]) {
        let ballots = ballots.iter().map(|&(place, opinion)| BallotBody {
            proposal: voter.votes[place].proposal,
            choice: Cow::Borrowed(opinion.choice()),
            qualifications: opinion.qualification().map(Cow::Borrowed).into_iter().collect(),
            key: Cow::Borrowed(&voter.votes[place].key),
        });
        self.body.clear();
        let body = BallotsBody { ballots: ballots.collect() };
        serde_json::to_writer(&mut self.body, &body).expect("text and numbers are JSON");
        let cookie = voter.cookie.as_deref().unwrap_or_default();
        self.request.clear();
        write!(self.request, "{}{cookie}\r\nContent-Length: {}\r\n\r\n", self.head, self.body.len())
            .expect("a vector takes all that is written");
        self.request.extend_from_slice(&self.body);
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
                    (patience.after_try_again(retry_after), "the server answered 503 too often".to_owned())
                }
                Err(error) => {
                    measure.broken += 1;
                    self.connection = None;
                    (patience.after_break(Instant::now()), format!("the connection broke: {error}"))
                }
            };
            match wait {
                Some(wait) => sleep(wait).await,
                None => return Err(Undelivered { may_stand: true, reason }),
            }
        }
    }

    async fn send(&mut self, measure: &mut Measure) -> io::Result<Reply> {
        let connection = match &mut self.connection {
            Some(connection) => connection,
            None => self.connection.insert(Connection::open(self.address).await?),
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

/// Writes down what was acknowledged and what was refused.
fn note(recorded: &Recorded, voter: &mut Voter, ballots: &[Ballot], watch: &Watch, measure: &mut Measure) {
    if recorded.recorded + recorded.refused.len() != ballots.len() {
        let (sent, refused) = (ballots.len(), recorded.refused.len());
        watch.fail(format!(
            "of {sent} ballots the server recorded {} and refused {refused}",
            recorded.recorded
        ));
    }
    for &(place, opinion) in ballots {
        let vote = &mut voter.votes[place];
        if let Some(refused) = recorded.refused.iter().find(|refused| refused.proposal == vote.proposal) {
            *measure.refused.entry(refused.code.clone()).or_default() += 1;
        } else if vote.acknowledged.replace(opinion).is_none() {
            measure.first += 1;
        } else {
            measure.changes += 1;
        }
    }
    watch.bar.inc(ballots.len() as u64);
}
