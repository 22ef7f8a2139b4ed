//! Opinion groups that are known already, taken from a file under Polis' method.

use std::fmt::Write as _;
use std::fs;

use serde_json::Value;

use crate::{fail, run};

/// Eight people who agree with comment 0 and disagree with comment 1, six who do the opposite, one who passes.
fn votes() -> String {
    let mut lines = "timestamp,datetime,comment-id,voter-id,vote\n".to_owned();
    for voter in 0..15 {
        let (first, second) = match voter {
            0..8 => (1, -1),
            8..14 => (-1, 1),
            _ => (0, 0),
        };
        let at = 1_000 + voter;
        writeln!(lines, "{at},,0,{voter},{first}\n{at},,1,{voter},{second}").unwrap();
    }
    lines
}

fn groups() -> String {
    let group = |voter: i32| if voter < 8 { "north" } else { "south" };
    let lines = (0..14).map(|voter| format!("{voter},{}\n", group(voter)));
    // One who has no group, and one who never voted.
    "voter-id,group-id\n".to_owned() + &lines.collect::<String>() + "14,\n99,south\n"
}

#[test]
fn groups_of_a_file_are_taken_as_they_are() {
    let data = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &str| {
        let path = data.path().join(name);
        fs::write(&path, content).unwrap();
        path.display().to_string()
    };
    let (votes, groups) = (file("votes.csv", &votes()), file("groups.csv", &groups()));
    let arguments = ["analyze", "--votes", &votes, "--method", "polis", "--format", "json", "--groups"];
    let json = run(data.path(), &[&arguments[..], &[&groups]].concat());
    let report: Value = serde_json::from_str(&json).unwrap();

    let group = |place: usize| (&report["groups"][place]["id"], report["groups"][place]["size"].as_u64());
    assert_eq!(report["groups"].as_array().unwrap().len(), 2);
    assert_eq!(group(0), (&Value::from("north"), Some(8)));
    assert_eq!(group(1), (&Value::from("south"), Some(6)));
    assert_eq!(report["grouping"]["given"], true);
    let counts = &report["proposals"][0]["by_group"];
    assert_eq!(counts["north"]["counts"]["agree"], 8);
    assert_eq!(counts["south"]["counts"]["disagree"], 6);

    let strangers = file("strangers.csv", "voter-id,group-id\n501,north\n502,south\n");
    let reason = fail(data.path(), &[&arguments[..], &[&strangers]].concat());
    assert!(
        reason.contains("strangers.csv") && reason.contains("nobody who has a group has a ballot"),
        "{reason}"
    );
}
