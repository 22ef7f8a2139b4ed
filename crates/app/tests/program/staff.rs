//! The staff's work from the command line, seen by a running server within a second.

use std::fs;
use std::time::{Duration, Instant};

use crate::running_server::RunningServer;
use crate::{fail, run};

/// Time limit for a running server to show a change made by a command.
const SEEN_WITHIN: Duration = Duration::from_secs(20);

pub fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + SEEN_WITHIN;
    while !holds() {
        assert!(Instant::now() < deadline, "never seen: {what}");
        std::thread::yield_now();
    }
}

pub fn get(url: &str) -> (u16, serde_json::Value) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let response = reqwest::get(url).await.unwrap();
        let status = response.status().as_u16();
        (status, response.json().await.unwrap())
    })
}

pub fn post(url: &str, body: &serde_json::Value) -> (u16, serde_json::Value) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let response = reqwest::Client::new().post(url).json(body).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    })
}

#[test]
fn a_consultation_lives_from_template_to_published_report() {
    let data = tempfile::tempdir().unwrap();
    let template = run(data.path(), &["consultation", "template"]);
    let file = data.path().join("mine.toml");
    let undated = template.lines().filter(|line| !line.contains("_from =")).collect::<Vec<_>>().join("\n");
    fs::write(&file, undated).unwrap();
    let file = file.display().to_string();
    run(data.path(), &["consultation", "create", &file]);
    assert!(fail(data.path(), &["consultation", "create", &file]).contains("already"));

    let server = RunningServer::start(data.path());
    let api = format!("{}/api/v1/consultations", server.url);
    let one = format!("{api}/ma-consultation");
    assert_eq!(get(&one).0, 404, "a draft is not shown");
    run(data.path(), &["consultation", "open", "ma-consultation"]);
    wait_until("the opening", || get(&one).0 == 200);

    let (status, submitted) =
        post(&format!("{one}/proposals"), &serde_json::json!({"text": "Plus de bancs"}));
    assert_eq!(
        (status, submitted["number"].as_u64(), submitted["status"].as_str()),
        (201, Some(1), Some("pending"))
    );
    post(&format!("{one}/proposals"), &serde_json::json!({"text": "N’importe quoi"}));
    assert!(
        run(data.path(), &["proposals", "list", "ma-consultation", "--status", "pending"])
            .contains("Plus de bancs")
    );
    assert!(
        fail(data.path(), &["proposals", "refuse", "ma-consultation", "9", "--reason", "non"]).contains('9')
    );
    run(data.path(), &["proposals", "refuse", "ma-consultation", "2", "--reason", "Hors sujet"]);
    run(data.path(), &["proposals", "publish", "ma-consultation", "--theme", "demarches"]);
    let listed = format!("{one}/proposals");
    wait_until("the publication", || get(&listed).1["proposals"].as_array().map(Vec::len) == Some(1));
    let all = run(data.path(), &["proposals", "list", "ma-consultation"]);
    assert!(all.contains("[demarches]") && all.contains("Hors sujet"), "{all}");

    let report = format!("{one}/report");
    assert_eq!(get(&report).0, 403, "results are hidden");
    run(data.path(), &["analyze", "--slug", "ma-consultation", "--publish"]);
    wait_until("the report", || get(&report).0 == 200);

    run(data.path(), &["consultation", "close", "ma-consultation"]);
    wait_until("the closing", || get(&one).1["phase"] == "closed");
    let (status, problem) = post(&format!("{one}/proposals"), &serde_json::json!({"text": "Trop tard"}));
    assert_eq!((status, problem["code"].as_str()), (409, Some("phase_closed")));
    assert_eq!(server.terminate(), Some(0));
}

#[test]
fn two_servers_do_not_share_an_embedded_installation() {
    let data = tempfile::tempdir().unwrap();
    let _server = RunningServer::start(data.path());
    let reason = fail(data.path(), &["serve", "--listen", "127.0.0.1:0"]);
    assert!(reason.contains("another server"), "{reason}");
}
