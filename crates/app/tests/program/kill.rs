//! Kill -9 under load: every acknowledged ballot stands exactly once.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::run;
use crate::running_server::RunningServer;

const CONNECTIONS: usize = 64;
const PROPOSALS: u32 = 24;
/// Requests acknowledged before the server is killed, and before the load ends.
const KILL_AFTER: usize = 400;

/// An open consultation of published proposals with live results.
pub fn installation(data_dir: &Path) {
    let template = run(data_dir, &["consultation", "template"]);
    let described = template
        .lines()
        .filter(|line| !line.contains("_from ="))
        .map(|line| {
            line.replace("moderation = \"before\"", "moderation = \"after\"")
                .replace("results = \"hidden\"", "results = \"live\"")
        })
        .collect::<Vec<_>>()
        .join("\n");
    let file = data_dir.join("consultation.toml");
    fs::write(&file, described).unwrap();
    run(data_dir, &["consultation", "create", &file.display().to_string()]);
    run(data_dir, &["consultation", "open", "ma-consultation"]);
}

/// The choices that one participant was told stand: proposal → choice.
type Acknowledged = BTreeMap<u64, &'static str>;

/// One participant on a connection of their own.
struct Voter {
    client: reqwest::Client,
    cards: Vec<Value>,
    acknowledged: Acknowledged,
    /// Sent when the server died: either state may stand until it is sent again.
    unsure: Option<(u64, &'static str)>,
}

impl Voter {
    async fn arrive(one: &str) -> Self {
        let client = reqwest::Client::builder().cookie_store(true).build().unwrap();
        let mut cards = Vec::new();
        let listed: Value = client.get(format!("{one}/sequence")).send().await.unwrap().json().await.unwrap();
        cards.extend(listed["proposals"].as_array().unwrap().iter().cloned());
        Self { client, cards, acknowledged: Acknowledged::new(), unsure: None }
    }

    /// Casts one new or changed ballot after another until the server is gone.
    async fn vote_until_the_end(&mut self, one: &str, acknowledged: &AtomicUsize) {
        for round in 0.. {
            let card = &self.cards[round % self.cards.len()];
            let choice = ["agree", "disagree", "neutral"][(round + round / self.cards.len()) % 3];
            let number = card["number"].as_u64().unwrap();
            self.unsure = Some((number, choice));
            let body = json!({"ballots": [{"proposal": number, "choice": choice, "key": card["key"]}]});
            let Ok(response) = self.client.post(format!("{one}/ballots")).json(&body).send().await else {
                return;
            };
            let status = response.status().as_u16();
            let Ok(answer) = response.json::<Value>().await else { return };
            assert_eq!((status, answer["recorded"].as_u64()), (200, Some(1)), "{answer}");
            self.acknowledged.insert(number, choice);
            self.unsure = None;
            acknowledged.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The choices that the server now says stand for this participant.
    async fn mine(&self, one: &str) -> BTreeMap<u64, String> {
        let mine: Value =
            self.client.get(format!("{one}/ballots")).send().await.unwrap().json().await.unwrap();
        let ballots = mine["ballots"].as_array().unwrap().iter();
        ballots
            .map(|ballot| {
                (ballot["proposal"].as_u64().unwrap(), ballot["choice"].as_str().unwrap().to_owned())
            })
            .collect()
    }

    fn check(&self, mut mine: BTreeMap<u64, String>) {
        let mut expected = self
            .acknowledged
            .iter()
            .map(|(&number, &choice)| (number, choice.to_owned()))
            .collect::<BTreeMap<_, _>>();
        if let Some((number, choice)) = self.unsure {
            // The last request may stand or not; nothing else may differ.
            if mine.get(&number).is_some_and(|stands| stands == choice) {
                mine.remove(&number);
                expected.remove(&number);
            }
        }
        assert_eq!(mine, expected);
    }
}

#[test]
fn a_killed_server_loses_no_acknowledged_ballot_and_counts_none_twice() {
    let data = tempfile::tempdir().unwrap();
    installation(data.path());
    let server = RunningServer::start(data.path());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let mut one = format!("{}/api/v1/consultations/ma-consultation", server.url);
    let (mut voters, acknowledged) = runtime.block_on(async {
        let author = reqwest::Client::builder().cookie_store(true).build().unwrap();
        for number in 0..PROPOSALS {
            let body = json!({"text": format!("Proposition numéro {number}")});
            assert_eq!(
                author.post(format!("{one}/proposals")).json(&body).send().await.unwrap().status().as_u16(),
                201
            );
        }
        let acknowledged = Arc::new(AtomicUsize::new(0));
        let mut load = tokio::task::JoinSet::new();
        for _ in 0..CONNECTIONS {
            let mut voter = Voter::arrive(&one).await;
            let (one, acknowledged) = (one.clone(), Arc::clone(&acknowledged));
            load.spawn(async move {
                voter.vote_until_the_end(&one, &acknowledged).await;
                voter
            });
        }
        while acknowledged.load(Ordering::Relaxed) < KILL_AFTER {
            tokio::task::yield_now().await;
        }
        server.kill();
        (load.join_all().await, acknowledged.load(Ordering::Relaxed))
    });
    assert!(acknowledged >= KILL_AFTER);

    let verified = run(data.path(), &["ledger", "verify", "--slug", "ma-consultation"]);
    assert!(verified.contains("the ledger agrees"), "{verified}");
    let server = RunningServer::start(data.path());
    one = format!("{}/api/v1/consultations/ma-consultation", server.url);
    runtime.block_on(async {
        let mut standing = BTreeMap::<(u64, String), i64>::new();
        for voter in &mut voters {
            let mine = voter.mine(&one).await;
            voter.check(mine.clone());
            for (number, choice) in mine {
                *standing.entry((number, choice)).or_default() += 1;
            }
        }
        let tallies: Value = reqwest::get(format!("{one}/tallies")).await.unwrap().json().await.unwrap();
        for proposal in tallies["proposals"].as_array().unwrap() {
            for choice in ["agree", "disagree", "neutral"] {
                let key = (proposal["number"].as_u64().unwrap(), choice.to_owned());
                assert_eq!(
                    proposal[choice].as_i64(),
                    Some(standing.get(&key).copied().unwrap_or(0)),
                    "{key:?}"
                );
            }
        }
    });
    assert_eq!(server.terminate(), Some(0));
}
