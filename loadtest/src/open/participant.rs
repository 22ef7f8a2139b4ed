//! A participant of the open loop: draws cards, votes, changes its mind, one request after the other. What is
//! due while an earlier request is unanswered waits for it, and the waiting counts.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use serde::Deserialize;
use tokio::task::JoinSet;

use super::client::{Client, Delivered, Undelivered};
use super::record::Kind;
use crate::connection::Answer;
use crate::contract::{COOKIE, Recorded, Sequence};
use crate::opinion::Opinion;
use crate::voter::{Ballot, Doubt, Voter};

/// Somebody who votes.
pub(crate) struct Participant {
    pub(crate) voter: Voter,
    random: SmallRng,
    /// Keys are kept after their ballots, to change them with.
    keeps_keys: bool,
    /// Something was not answered: nothing more is asked.
    has_given_up: bool,
    /// Something may be recorded late: nothing may follow that a late record would undo.
    is_unsure: bool,
    /// The last ballots' request, to repeat it.
    request: Vec<u8>,
}

/// The form in which a request is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Storm {
    /// Again after each answer.
    InTurn,
    /// All at once, on as many connections.
    AtOnce,
    /// After the first connection was dropped with this share of the request sent, in percent.
    AfterDrop { percent: u8 },
}

#[derive(Deserialize)]
struct Retracted {
    recorded: u8,
}

impl Participant {
    pub(crate) fn new(cookie: Option<String>, seed: u64, keeps_keys: bool) -> Self {
        let voter = Voter::new(cookie);
        let random = SmallRng::seed_from_u64(seed);
        Self { voter, random, keeps_keys, has_given_up: false, is_unsure: false, request: Vec::new() }
    }

    /// Whether there are cards left to vote on, and nothing speaks against it.
    pub(crate) fn can_cast(&self) -> bool {
        !self.has_given_up && !self.voter.needs_cards()
    }

    /// A time to think: on average so long, and at least a quarter of that.
    pub(crate) fn think(&mut self, average: Duration) -> Duration {
        let exponential = -(1.0 - self.random.random::<f64>()).ln();
        average.mul_f64(0.25 + 0.75 * exponential)
    }

    /// Draws a sequence; whether it brought new cards.
    pub(crate) async fn draw(&mut self, client: &Client, due: Instant) -> bool {
        if self.has_given_up {
            return false;
        }
        let request = client.requests.sequence(self.voter.cookie.as_deref());
        let read = |answer: &Answer<'_>| {
            let sequence = serde_json::from_slice::<Sequence>(answer.body)?;
            Ok((answer.cookie.clone(), sequence.proposals))
        };
        let Ok(Delivered { answer: (cookie, cards), .. }) =
            client.deliver(Kind::Sequence, due, &request, read).await
        else {
            self.has_given_up = true;
            return false;
        };
        self.voter.cookie = cookie.map(String::from).or(self.voter.cookie.take());
        if self.voter.cookie.is_none() {
            client.watch.fail(format!("a sequence came without the cookie {COOKIE}"));
            return false;
        }
        let votes_before = self.voter.votes.len();
        let already_voted = self.voter.take_cards(cards);
        if already_voted > 0 {
            client.watch.fail(format!("{already_voted} cards were served again after their vote"));
        }
        self.voter.votes.len() > votes_before
    }

    /// Casts the next ballots, at most `count`, in one request. Returns their number.
    pub(crate) async fn cast(&mut self, client: &Client, due: Instant, count: usize) -> usize {
        let ballots = self.prepare(client, count);
        let delivered = client.deliver(Kind::Cast, due, &self.request, recorded).await;
        self.note(client, delivered, &ballots);
        ballots.len()
    }

    /// Casts the next ballots, at most `count`, in a request sent `copies` times. Returns their number.
    pub(crate) async fn storm(
        &mut self,
        client: &Arc<Client>,
        due: Instant,
        count: usize,
        (copies, storm): (usize, Storm),
    ) -> usize {
        let ballots = self.prepare(client, count);
        let request = Arc::<[u8]>::from(self.request.as_slice());
        let mut delivered = match storm {
            Storm::AtOnce => deliver_at_once(client, due, &request, copies).await,
            Storm::InTurn => deliver_in_turn(client, due, &request, copies).await,
            Storm::AfterDrop { percent } => {
                client.abandon(&request[..request.len() * usize::from(percent) / 100]).await;
                deliver_in_turn(client, due, &request, copies - 1).await
            }
        };
        // One acknowledgement is enough: the copies are the same ballots, whenever they are recorded.
        let best = delivered.iter().position(Result::is_ok).unwrap_or(0);
        self.note(client, delivered.swap_remove(best), &ballots);
        ballots.len()
    }

    /// Sends the last ballots again, as they were.
    pub(crate) async fn repeat(&mut self, client: &Client, due: Instant) {
        if self.has_given_up || self.request.is_empty() {
            return;
        }
        match client.deliver(Kind::Repeat, due, &self.request, recorded).await {
            Ok(Delivered { was_repeated, .. }) => self.is_unsure |= was_repeated,
            // The first was acknowledged, and this one says the same.
            Err(Undelivered { .. }) => self.has_given_up = true,
        }
    }

    /// Changes a ballot that stands, if there is one.
    pub(crate) async fn change(&mut self, client: &Client, due: Instant) {
        let Some(place) = self.standing() else { return };
        let opinion = Opinion::draw(self.voter.votes[place].acknowledged, &mut self.random);
        let ballots = [(place, opinion)];
        self.write(client, &ballots);
        let delivered = client.deliver(Kind::Change, due, &self.request, recorded).await;
        self.note(client, delivered, &ballots);
    }

    /// Takes back a ballot that stands, if there is one.
    pub(crate) async fn retract(&mut self, client: &Client, due: Instant) {
        let Some(place) = self.standing() else { return };
        let vote = &mut self.voter.votes[place];
        let request =
            client.requests.retract(self.voter.cookie.as_deref().unwrap_or_default(), vote.proposal);
        let read = |answer: &Answer<'_>| Ok(serde_json::from_slice::<Retracted>(answer.body)?.recorded);
        match client.deliver(Kind::Retract, due, &request, read).await {
            Ok(Delivered { answer, was_repeated }) => {
                vote.acknowledged = None;
                self.is_unsure |= was_repeated;
                client.record().outcomes.retractions += 1;
                if answer != 1 && !was_repeated {
                    client.watch.fail("a retraction found no ballot, though one was acknowledged");
                }
            }
            Err(Undelivered { may_stand }) => {
                self.has_given_up = true;
                vote.doubt = may_stand.then_some(Doubt::Retracted);
            }
        }
    }

    fn prepare(&mut self, client: &Client, count: usize) -> Vec<Ballot> {
        let mut ballots = Vec::new();
        self.voter.next_ballots(count, &mut self.random, &mut ballots);
        self.write(client, &ballots);
        ballots
    }

    fn write(&mut self, client: &Client, ballots: &[Ballot]) {
        client.requests.cast(&self.voter, ballots, &mut Vec::new(), &mut self.request);
    }

    /// The place of one of the ballots that stand.
    fn standing(&mut self) -> Option<usize> {
        if self.has_given_up || self.is_unsure || self.voter.votes.is_empty() {
            return None;
        }
        let votes = &self.voter.votes;
        let first = self.random.random_range(0..votes.len());
        (first..votes.len()).chain(0..first).find(|&place| votes[place].acknowledged.is_some())
    }

    fn note(
        &mut self,
        client: &Client,
        delivered: Result<Delivered<Recorded>, Undelivered>,
        ballots: &[Ballot],
    ) {
        let mut record = client.record();
        match delivered {
            Ok(Delivered { answer, was_repeated }) => {
                self.is_unsure |= was_repeated;
                if let Err(difference) = self.voter.note(&answer, ballots, &mut record.outcomes) {
                    client.watch.fail(difference);
                }
            }
            Err(Undelivered { may_stand }) => {
                self.has_given_up = true;
                if may_stand {
                    record.outcomes.unknown += self.voter.doubt(ballots);
                }
            }
        }
        client.watch.bar.inc(ballots.len() as u64);
        if !self.keeps_keys {
            for &(place, _) in ballots {
                self.voter.votes[place].key = Box::default();
            }
        }
    }
}

type Answered = Result<Delivered<Recorded>, Undelivered>;

async fn deliver_in_turn(client: &Client, due: Instant, request: &[u8], copies: usize) -> Vec<Answered> {
    let mut delivered = Vec::with_capacity(copies);
    for copy in 0..copies {
        let (kind, due) = if copy == 0 { (Kind::Cast, due) } else { (Kind::Repeat, Instant::now()) };
        delivered.push(client.deliver(kind, due, request, recorded).await);
    }
    delivered
}

async fn deliver_at_once(
    client: &Arc<Client>,
    due: Instant,
    request: &Arc<[u8]>,
    copies: usize,
) -> Vec<Answered> {
    let mut deliveries = JoinSet::new();
    for copy in 0..copies {
        let kind = if copy == 0 { Kind::Cast } else { Kind::Repeat };
        let (client, request) = (Arc::clone(client), Arc::clone(request));
        deliveries.spawn(async move { client.deliver(kind, due, &request, recorded).await });
    }
    deliveries.join_all().await
}

fn recorded(answer: &Answer<'_>) -> anyhow::Result<Recorded> {
    ensure!(answer.status == 200, "a cast is answered with {}", answer.status);
    serde_json::from_slice(answer.body).context("not what became of the ballots")
}
