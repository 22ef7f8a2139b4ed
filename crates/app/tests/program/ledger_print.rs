//! `ledger print`: every event as it was recorded, in order.

use reqwest::Client;
use serde_json::{Value, json};

use crate::running_server::RunningServer;
use crate::{fail, kill, run};

/// A participant says who they are, agrees with a proposal, thinks better of it and takes it back.
async fn vote(consultation: &str) {
    let client = Client::builder().cookie_store(true).build().unwrap();
    let author = Client::builder().cookie_store(true).build().unwrap();
    let text = json!({"text": "Des bancs sur la place"});
    let sent = author.post(format!("{consultation}/proposals")).json(&text).send().await.unwrap();
    assert_eq!(sent.status(), 201);
    let audience = json!({"audience": "agents"});
    let declared = client.put(format!("{consultation}/audience")).json(&audience).send().await.unwrap();
    assert_eq!(declared.status(), 200);
    let cards = client.get(format!("{consultation}/sequence")).send().await.unwrap();
    let cards = cards.json::<Value>().await.unwrap();
    let key = &cards["proposals"][0]["key"];
    for (choice, qualifications) in [("agree", vec!["like_it", "doable"]), ("disagree", vec![])] {
        let ballot = json!({"proposal": 1, "choice": choice, "qualifications": qualifications, "key": key});
        let ballots = json!({"ballots": [ballot]});
        let sent = client.post(format!("{consultation}/ballots")).json(&ballots).send().await.unwrap();
        assert_eq!(sent.json::<Value>().await.unwrap()["recorded"], 1);
    }
    let taken_back = client.delete(format!("{consultation}/ballots/1")).send().await.unwrap();
    assert!(taken_back.status().is_success());
}

#[test]
fn the_ledger_is_printed_event_by_event() {
    let data = tempfile::tempdir().unwrap();
    kill::installation(data.path());
    let server = RunningServer::start(data.path());
    let consultation = format!("{}/api/v1/consultations/ma-consultation", server.url);
    tokio::runtime::Runtime::new().unwrap().block_on(vote(&consultation));
    assert_eq!(server.terminate(), Some(0));

    let print = ["ledger", "print", "--slug", "ma-consultation"];
    let printed = run(data.path(), &print);
    let lines = printed.lines().map(|line| line.split(',').collect::<Vec<_>>()).collect::<Vec<_>>();
    let header =
        ["position", "participant", "proposal", "choice", "qualifications", "audience", "channel", "cast_at"];
    assert_eq!(lines[0], header);
    let participant = lines[1][1];
    assert!(participant.parse::<u64>().is_ok(), "{participant}");
    let told = lines[1..].iter().map(|line| line[..7].join(",")).collect::<Vec<_>>();
    let expected = [
        "1,P,1,agree,like_it|doable,agents,sequence",
        "2,P,1,disagree,,agents,sequence",
        "3,P,1,retracted,,agents,sequence",
    ];
    assert_eq!(told, expected.map(|line| line.replace('P', participant)));
    assert!(lines[1..].is_sorted_by_key(|line| line[7]) && lines[1][7].ends_with('Z'), "{printed}");

    let newest = run(data.path(), &[&print[..], &["--after", "2"]].concat());
    assert_eq!(
        newest.lines().collect::<Vec<_>>(),
        [header.join(",").as_str(), printed.lines().last().unwrap()]
    );
    assert_eq!(run(data.path(), &[&print[..], &["--after", "3"]].concat()).lines().count(), 1);
    let reason = fail(data.path(), &[&print[..], &["--after", "4"]].concat());
    assert!(reason.contains("ends at position 3"), "{reason}");
}
