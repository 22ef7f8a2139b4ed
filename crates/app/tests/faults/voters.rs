//! 64 people who vote all the time on any of several servers, repeat what was not acknowledged, and
//! remember what was.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::task::JoinSet;

/// People who vote at the same time, each on a connection of their own.
pub const VOTERS: usize = 64;
/// Time limit for a ballot to be acknowledged, faults included.
const PATIENCE: Duration = Duration::from_secs(90);
/// Time limit for one request.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(20);
const CHOICES: [&str; 3] = ["agree", "disagree", "neutral"];

/// The servers' current addresses: faults change them.
pub type Addresses = Arc<RwLock<Vec<String>>>;

/// A load that runs until it is stopped.
pub struct Load {
    voters: JoinSet<Voter>,
    acknowledged: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
}

/// The outcome of a load.
pub struct Voted {
    voters: Vec<Voter>,
    /// Ballots and retractions acknowledged.
    pub acknowledged: usize,
}

impl Load {
    /// Lets everybody in, then lets them vote.
    pub async fn start(addresses: &Addresses, slug: &str) -> Self {
        let (acknowledged, stop) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        let mut voters = JoinSet::new();
        for number in 0..VOTERS {
            let mut voter = Voter::arrive(addresses, slug, number).await;
            let (acknowledged, stop) = (Arc::clone(&acknowledged), Arc::clone(&stop));
            voters.spawn(async move {
                while !stop.load(Ordering::Relaxed) {
                    voter.act().await;
                    acknowledged.fetch_add(1, Ordering::Relaxed);
                }
                voter
            });
        }
        Self { voters, acknowledged, stop }
    }

    /// Waits until this many more have been acknowledged.
    pub async fn go_on_for(&self, ballots: usize) {
        let until = self.acknowledged.load(Ordering::Relaxed) + ballots;
        let deadline = Instant::now() + PATIENCE;
        while self.acknowledged.load(Ordering::Relaxed) < until {
            assert!(Instant::now() < deadline, "voting does not go on");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Ends it: everybody finishes what they are about.
    pub async fn stop(self) -> Voted {
        self.stop.store(true, Ordering::Relaxed);
        let voters = self.voters.join_all().await;
        Voted { voters, acknowledged: self.acknowledged.load(Ordering::Relaxed) }
    }
}

impl Voted {
    /// Every server gives everybody exactly the ballots they were told stand.
    pub async fn everybody_finds_their_ballots(&self, addresses: &Addresses) {
        let addresses = addresses.read().unwrap().clone();
        for (place, voter) in self.voters.iter().enumerate() {
            let address = &addresses[place % addresses.len()];
            assert_eq!(voter.mine(address).await, voter.stands, "ballots of voter {place} on {address}");
        }
    }

    /// Every server counts exactly what stands, within the time that tallies may lag.
    pub async fn every_server_counts_them(&self, addresses: &Addresses, slug: &str) {
        let mut expected = BTreeMap::<(u64, String), i64>::new();
        for (number, choice) in self.voters.iter().flat_map(|voter| &voter.stands) {
            *expected.entry((*number, choice.clone())).or_default() += 1;
        }
        let addresses = addresses.read().unwrap().clone();
        for address in addresses {
            let deadline = Instant::now() + PATIENCE;
            loop {
                let counted = tallies(&address, slug).await;
                if counted == expected {
                    break;
                }
                assert!(Instant::now() < deadline, "{address} counts {counted:?}\ninstead of {expected:?}");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

async fn tallies(address: &str, slug: &str) -> BTreeMap<(u64, String), i64> {
    let url = format!("{address}/api/v1/consultations/{slug}/tallies");
    let Ok(response) = reqwest::get(url).await else { return BTreeMap::new() };
    let body = response.json::<Value>().await.unwrap_or_default();
    let proposals = body["proposals"].as_array().cloned().unwrap_or_default();
    let counts = proposals.iter().flat_map(|proposal| {
        CHOICES.map(|choice| {
            ((proposal["number"].as_u64().unwrap(), choice.to_owned()), proposal[choice].as_i64().unwrap())
        })
    });
    counts.filter(|(_, count)| *count != 0).collect()
}

/// One person. What they say next follows from their number and how far they have come.
struct Voter {
    client: reqwest::Client,
    addresses: Addresses,
    slug: String,
    number: usize,
    acts: usize,
    /// Number and key of each card they were shown.
    cards: Vec<(u64, String)>,
    /// The ballots that the server told them stand.
    stands: BTreeMap<u64, String>,
}

impl Voter {
    async fn arrive(addresses: &Addresses, slug: &str, number: usize) -> Self {
        let client = reqwest::Client::builder().cookie_store(false).timeout(REQUEST_TIMEOUT);
        let address = addresses.read().unwrap()[0].clone();
        let url = format!("{address}/api/v1/consultations/{slug}/sequence");
        let arrival = client.build().unwrap().get(url).send().await.unwrap();
        let cookie = arrival.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        // Cookies are kept by host and port; servers share them here as they do behind one address.
        let headers = [(reqwest::header::COOKIE, cookie.parse().unwrap())].into_iter().collect();
        let client = reqwest::Client::builder().default_headers(headers).timeout(REQUEST_TIMEOUT);
        let shown: Value = arrival.json().await.unwrap();
        let cards = shown["proposals"].as_array().unwrap().iter();
        let card =
            |card: &Value| (card["number"].as_u64().unwrap(), card["key"].as_str().unwrap().to_owned());
        Self {
            client: client.build().unwrap(),
            addresses: Arc::clone(addresses),
            slug: slug.to_owned(),
            number,
            acts: 0,
            cards: cards.map(card).collect(),
            stands: BTreeMap::new(),
        }
    }

    /// Votes, changes a vote or takes one back, on one server after another until it is acknowledged.
    async fn act(&mut self) {
        self.acts += 1;
        let (number, key) = self.cards[self.acts % self.cards.len()].clone();
        let retracts = self.acts.is_multiple_of(11) && self.stands.contains_key(&number);
        let choice = CHOICES[(self.number + self.acts + self.acts / self.cards.len()) % 3];
        let deadline = Instant::now() + PATIENCE;
        for attempt in 0.. {
            assert!(Instant::now() < deadline, "a ballot was never acknowledged");
            let address = self.address(attempt);
            let done = if retracts {
                self.retract(&address, number).await
            } else {
                self.cast(&address, number, choice, &key).await
            };
            if done {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        if retracts {
            self.stands.remove(&number);
        } else {
            self.stands.insert(number, choice.to_owned());
        }
    }

    fn address(&self, attempt: usize) -> String {
        let addresses = self.addresses.read().unwrap();
        addresses[(self.number + attempt) % addresses.len()].clone()
    }

    /// Sends a ballot, and with it one with a false key that must never count.
    async fn cast(&self, address: &str, number: u64, choice: &str, key: &str) -> bool {
        let forged = self.cards[(self.acts + 1) % self.cards.len()].0;
        let body = json!({"ballots": [
            {"proposal": number, "choice": choice, "key": key},
            {"proposal": forged, "choice": "agree", "key": key},
        ]});
        let url = format!("{address}/api/v1/consultations/{}/ballots", self.slug);
        let Some((status, answer)) = answer(self.client.post(url).json(&body)).await else { return false };
        match status {
            200 => {
                assert_eq!(answer["recorded"].as_u64(), Some(1), "{answer}");
                assert_eq!(answer["refused"][0]["proposal"].as_u64(), Some(forged), "{answer}");
                true
            }
            503 => false,
            other => panic!("{other}: {answer}"),
        }
    }

    async fn retract(&self, address: &str, number: u64) -> bool {
        let url = format!("{address}/api/v1/consultations/{}/ballots/{number}", self.slug);
        let Some((status, answer)) = answer(self.client.delete(url)).await else { return false };
        assert!(matches!(status, 200 | 503), "{status}: {answer}");
        status == 200
    }

    async fn mine(&self, address: &str) -> BTreeMap<u64, String> {
        let url = format!("{address}/api/v1/consultations/{}/ballots", self.slug);
        let mine: Value = self.client.get(url).send().await.unwrap().json().await.unwrap();
        let ballots = mine["ballots"].as_array().unwrap().iter();
        let pair = |ballot: &Value| {
            (ballot["proposal"].as_u64().unwrap(), ballot["choice"].as_str().unwrap().to_owned())
        };
        ballots.map(pair).collect()
    }
}

/// Status and body; `None` when there was no whole answer.
async fn answer(request: reqwest::RequestBuilder) -> Option<(u16, Value)> {
    let response = request.send().await.ok()?;
    Some((response.status().as_u16(), response.json().await.ok()?))
}
