//! Agreement between several servers on one PostgreSQL and one Redis.

use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::house::{House, SLUG};
use crate::voters::Load;

/// Time limit for a change made on one server to be known on every other.
const KNOWN_WITHIN: Duration = Duration::from_secs(1);
/// Ballots around each replaced server.
const STRETCH: usize = 400;

/// Asks until the answer is the right one. Returns the time that took.
async fn until(mut asked: impl AsyncFnMut() -> bool) -> Duration {
    let start = Instant::now();
    while !asked().await {
        assert!(start.elapsed() < 20 * KNOWN_WITHIN, "the change is never known");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    start.elapsed()
}

struct Person {
    client: reqwest::Client,
    cards: Vec<Value>,
}

impl Person {
    /// Somebody who was shown cards by one server, and whose cookie any server may see.
    async fn at(address: &str) -> Self {
        let url = format!("{address}/api/v1/consultations/{SLUG}/sequence");
        let arrival = reqwest::get(url).await.unwrap();
        let cookie = arrival.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        let headers = [(reqwest::header::COOKIE, cookie.parse().unwrap())].into_iter().collect();
        let shown: Value = arrival.json().await.unwrap();
        let cards = shown["proposals"].as_array().unwrap().clone();
        Self { client: reqwest::Client::builder().default_headers(headers).build().unwrap(), cards }
    }

    async fn cast(&self, address: &str, card: usize) -> (u16, Value) {
        let card = &self.cards[card];
        let body = json!({"ballots": [
            {"proposal": card["number"], "choice": "agree", "key": card["key"]}]});
        let url = format!("{address}/api/v1/consultations/{SLUG}/ballots");
        let answer = self.client.post(url).json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cookies_and_keys_work_and_changes_are_known_on_every_server() {
    let house = House::build(2);
    house.propose().await;
    let (one, two) = (house.address(0), house.address(1));
    let person = Person::at(&one).await;
    until(async || person.cast(&two, 0).await.1["recorded"].as_u64() == Some(1)).await;
    let mine: Value = person
        .client
        .get(format!("{one}/api/v1/consultations/{SLUG}/ballots"))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(mine["ballots"].as_array().unwrap().len(), 1, "{mine}");

    let refused = person.cards[1]["number"].to_string();
    house.run(&["proposals", "refuse", SLUG, &refused, "--reason", "hors sujet"]);
    for address in [&one, &two] {
        let took = until(async || {
            person.cast(address, 1).await.1["refused"][0]["code"].as_str() == Some("proposal_not_published")
        })
        .await;
        println!("a refusal was known on {address} after {took:?}");
        let shown = Person::at(address).await.cards;
        assert!(shown.iter().all(|card| card["number"].to_string().as_str() != refused.as_str()));
    }
    house.run(&["consultation", "close", SLUG]);
    for address in [&one, &two] {
        until(async || person.cast(address, 2).await.1["code"].as_str() == Some("phase_closed")).await;
        assert_eq!(person.cast(address, 2).await.0, 409);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_are_replaced_one_by_one_and_every_vote_is_taken() {
    let mut house = House::build(2);
    house.propose().await;
    let load = Load::start(&house.addresses, SLUG).await;
    for place in [0, 1] {
        load.go_on_for(STRETCH).await;
        house.upgrade_server(place);
    }
    load.go_on_for(STRETCH).await;
    let voted = load.stop().await;
    voted.everybody_finds_their_ballots(&house.addresses).await;
    voted.every_server_counts_them(&house.addresses, SLUG).await;
    house.verify();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_redis_a_server_starts_takes_votes_and_says_it_is_degraded() {
    let mut house = House::build(0);
    house.redis.kill();
    house.start_server();
    house.propose().await;
    let person = Person::at(&house.address(0)).await;
    assert_eq!(person.cast(&house.address(0), 0).await.1["recorded"].as_u64(), Some(1));
    let ready = format!("{}/health/ready", house.address(0));
    let health = async || reqwest::get(&ready).await.unwrap().json::<Value>().await.unwrap();
    assert_eq!(health().await, json!({"status": "degraded", "missing": ["counters"]}));
    house.redis.restart();
    until(async || health().await["status"].as_str() == Some("ready")).await;
    until(async || house.outcome(&["ledger", "verify", "--slug", SLUG]).status.success()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_is_restored_and_the_counters_follow() {
    let mut house = House::build(1);
    house.propose().await;
    let load = Load::start(&house.addresses, SLUG).await;
    load.go_on_for(STRETCH).await;
    let backup = tempfile::NamedTempFile::new().unwrap();
    let url = house.postgres.url("house");
    let dump =
        Command::new("pg_dump").args(["--format=custom", "--file"]).arg(backup.path()).arg(&url).status();
    assert!(dump.unwrap().success(), "while votes come in");
    load.go_on_for(STRETCH).await;
    load.stop().await;

    // As docs/OPERATIONS.md says: stop the servers, restore, recount, start again.
    house.stop_servers();
    let restore = Command::new("pg_restore")
        .args(["--clean", "--if-exists", "--dbname", &url])
        .arg(backup.path())
        .status();
    assert!(restore.unwrap().success());
    house.run(&["ledger", "recount", "--slug", SLUG]);
    house.verify();
    house.start_server();
    let load = Load::start(&house.addresses, SLUG).await;
    load.go_on_for(STRETCH).await;
    load.stop().await;
    house.verify();
}
