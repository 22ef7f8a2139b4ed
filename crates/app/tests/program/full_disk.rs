//! A full disk: nothing is called recorded, readiness says so, and voting goes on once there is space.

use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::kill::installation;
use crate::run;
use crate::running_server::RunningServer;

/// The size that files may reach while the disk is "full", in blocks of 512 bytes.
const FULL_AT_BLOCKS: u32 = 600;
/// Requests that fill it for certain.
const ROUNDS_MAX: usize = 200_000;

/// Requests refused one after the other before the database counts as full.
const REFUSED_IN_A_ROW: usize = 20;

/// The server under a limit of file size that it can be freed from: a write past it fails as on a full disk.
fn start_limited(data_dir: &std::path::Path) -> RunningServer {
    let script = format!(
        "trap '' XFSZ; ulimit -S -f {FULL_AT_BLOCKS}; exec '{}' serve --listen 127.0.0.1:0",
        env!("CARGO_BIN_EXE_grand-dialogue")
    );
    let mut command = Command::new("sh");
    command.args(["-c", &script]).env("GD_DATA_DIR", data_dir).env("GD_LOG", "off").env_remove("GD_SECRET");
    RunningServer::spawn(command)
}

struct Voter {
    client: reqwest::Client,
    one: String,
    cards: Vec<Value>,
}

impl Voter {
    async fn cast(&self, round: usize) -> u16 {
        let choice = ["agree", "disagree", "neutral"][round % 3];
        let ballots = self
            .cards
            .iter()
            .map(|card| json!({"proposal": card["number"], "choice": choice, "key": card["key"]}));
        let body = json!({"ballots": ballots.collect::<Vec<_>>()});
        let response = self.client.post(format!("{}/ballots", self.one)).json(&body).send().await.unwrap();
        let status = response.status().as_u16();
        let answer: Value = response.json().await.unwrap();
        match status {
            200 => assert_eq!(answer["recorded"].as_u64(), Some(self.cards.len() as u64)),
            other => assert_eq!((other, answer["code"].as_str()), (503, Some("try_again"))),
        }
        status
    }

    /// Fills the disk until readiness says so, and gives the last round that was recorded. A single
    /// failure is not the end: a smaller write may still fit.
    async fn cast_until_not_ready(&self, ready: &str) -> usize {
        let mut last_recorded = 0;
        for round in 0..ROUNDS_MAX {
            if self.cast(round).await == 200 {
                last_recorded = round;
            } else if self.client.get(ready).send().await.unwrap().status().as_u16() == 503 {
                return last_recorded;
            }
        }
        panic!("the disk never filled");
    }

    /// Fills the database until nothing fits any more, and gives the last round that was recorded.
    async fn cast_until_refused(&self) -> usize {
        let (mut last_recorded, mut refused) = (0, 0);
        for round in 0..ROUNDS_MAX {
            if self.cast(round).await == 200 {
                (last_recorded, refused) = (round, 0);
            } else {
                refused += 1;
            }
            if refused == REFUSED_IN_A_ROW {
                return last_recorded;
            }
        }
        panic!("the database never filled");
    }

    async fn standing(&self) -> Vec<String> {
        let mine: Value =
            self.client.get(format!("{}/ballots", self.one)).send().await.unwrap().json().await.unwrap();
        let choices = mine["ballots"].as_array().unwrap().iter();
        choices.map(|ballot| ballot["choice"].as_str().unwrap().to_owned()).collect()
    }
}

/// An installation with three proposals on this server, and somebody who was shown them.
async fn voter(server: &RunningServer) -> Voter {
    let one = format!("{}/api/v1/consultations/ma-consultation", server.url);
    let client = reqwest::Client::builder().cookie_store(true).build().unwrap();
    for text in ["Une", "Deux", "Trois"] {
        let sent = client.post(format!("{one}/proposals")).json(&json!({"text": text})).send().await.unwrap();
        assert_eq!(sent.status().as_u16(), 201);
    }
    let listed: Value = client.get(format!("{one}/sequence")).send().await.unwrap().json().await.unwrap();
    Voter { client, one, cards: listed["proposals"].as_array().unwrap().clone() }
}

/// Asserts that the ballots acknowledged last stand, and that reads go on.
async fn stands_as_told(voter: &Voter, last_recorded: usize) -> String {
    let told = ["agree", "disagree", "neutral"][last_recorded % 3].to_owned();
    assert_eq!(voter.standing().await, vec![told.clone(); 3]);
    told
}

#[test]
fn a_full_disk_stops_votes_and_space_brings_them_back() {
    let data = tempfile::tempdir().unwrap();
    installation(data.path());
    let server = start_limited(data.path());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let voter = voter(&server).await;
        let last_recorded = voter.cast_until_not_ready(&format!("{}/health/ready", server.url)).await;
        stands_as_told(&voter, last_recorded).await;
        let id = server.id().to_string();
        assert!(
            Command::new("prlimit").args(["--pid", &id, "--fsize=unlimited"]).status().unwrap().success()
        );
        let deadline = Instant::now() + Duration::from_secs(20);
        while voter.cast(1).await == 503 {
            assert!(Instant::now() < deadline, "votes never came back");
        }
        assert_eq!(voter.standing().await, vec!["disagree".to_owned(); 3]);
    });
    assert_eq!(server.terminate(), Some(0));
    let verified = run(data.path(), &["ledger", "verify", "--slug", "ma-consultation"]);
    assert!(verified.contains("the ledger agrees: 3 ballots"), "{verified}");
}

#[test]
fn a_full_database_stops_votes_and_a_larger_one_takes_them() {
    let data = tempfile::tempdir().unwrap();
    installation(data.path());
    let limited = ["serve", "--listen", "127.0.0.1:0", "--database-mib-max", "1"];
    let server = RunningServer::start_command(data.path(), &limited);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (mut voter, told) = runtime.block_on(async {
        let voter = voter(&server).await;
        let last_recorded = voter.cast_until_refused().await;
        let told = stands_as_told(&voter, last_recorded).await;
        (voter, told)
    });
    server.terminate();
    let server = RunningServer::start(data.path());
    voter.one = format!("{}/api/v1/consultations/ma-consultation", server.url);
    runtime.block_on(async {
        assert_eq!(voter.standing().await, vec![told; 3]);
        assert_eq!(voter.cast(1).await, 200);
        assert_eq!(voter.standing().await, vec!["disagree".to_owned(); 3]);
    });
    assert_eq!(server.terminate(), Some(0));
    let verified = run(data.path(), &["ledger", "verify", "--slug", "ma-consultation"]);
    assert!(verified.contains("the ledger agrees: 3 ballots"), "{verified}");
}
