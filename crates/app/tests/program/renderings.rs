//! `analyze --out`: the files a facilitator takes along, and the figures weighted to a population.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::{fail, outcome, run};

const PROPOSALS: &str = "number,text,status,theme,idea\n1,Plus de bancs,published,,\n2,=1+1,published,,\n";

/// 60 users and 12 staff, who all agree with proposal 2; the users are of two minds on proposal 1.
fn ballots() -> String {
    let mut text = "participant,proposal,choice,qualifications,audience,channel,cast_at\n".to_owned();
    for participant in 0..72 {
        let (audience, on_first) = match participant {
            0..30 => ("users", "agree"),
            30..60 => ("users", "disagree"),
            _ => ("staff", "agree"),
        };
        for (proposal, choice) in [(1, on_first), (2, "agree")] {
            let _ =
                writeln!(text, "{participant},{proposal},{choice},,{audience},sequence,2026-11-21T10:00:00Z");
        }
    }
    text
}

/// Writes the votes beside a population file and gives the arguments that analyse them.
fn files(folder: &Path, population: &str) -> Vec<String> {
    let named = [("votes", "ballots.csv", ballots().as_str()), ("comments", "proposals.csv", PROPOSALS)]
        .map(|(option, name, content)| (option, name, content.to_owned()));
    let mut arguments = vec!["analyze".to_owned()];
    for (option, name, content) in
        named.into_iter().chain([("population", "population.csv", population.to_owned())])
    {
        fs::write(folder.join(name), content).unwrap();
        arguments.extend([format!("--{option}"), folder.join(name).display().to_string()]);
    }
    arguments
}

fn strings(arguments: &[String]) -> Vec<&str> {
    arguments.iter().map(String::as_str).collect()
}

#[test]
fn a_folder_receives_every_form_of_the_report() {
    let data = tempfile::tempdir().unwrap();
    let out = data.path().join("out");
    let mut arguments = files(data.path(), "card,value,share\naudience,users,0.5\naudience,staff,0.5\n");
    arguments.extend(["--lang".into(), "fr".into(), "--out".into(), out.display().to_string()]);
    let said = run(data.path(), &strings(&arguments));
    assert!(said.contains("shortlist.xlsx"), "{said}");

    let read = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    let report: serde_json::Value = serde_json::from_str(&read("report.json")).unwrap();
    assert_eq!(report["weighting"]["participants"], 72);
    let agree = report["proposals"][0]["weighted"]["shares"]["agree"]["mean"].as_f64().unwrap();
    assert!((agree - 0.75).abs() < 0.02, "{agree}");
    assert_eq!(report["shortlist"][0]["proposals"][0], 2);
    assert!(
        read("proposals.csv")
            .starts_with("number,text,theme,label,likeliest,confidence,agree,disagree,neutral,")
    );
    let shortlist = read("shortlist.csv");
    assert!(shortlist.lines().nth(1).unwrap().starts_with("1,2,'=1+1,"), "{shortlist}");
    assert!(shortlist.contains("C’est elle qui a le plus de soutiens"), "{shortlist}");
    assert_eq!(&fs::read(out.join("shortlist.xlsx")).unwrap()[..2], b"PK");
    assert!(read("report.html").starts_with("<!"));
}

#[test]
fn a_population_that_does_not_fit_is_told_in_one_line() {
    let data = tempfile::tempdir().unwrap();
    for (population, parts) in [
        (
            "card,value,share\naudience,users,0.5\naudience,staff,NaN\n",
            &["population.csv:3", "`share` is `NaN`"][..],
        ),
        (
            "card,value,share\naudience,users,0.5\naudience,staff,0.2\n",
            &["population.csv", "add up to 0.7000"],
        ),
        ("card,value,share\naudience,users,0.5\naudience,boss,0.5\n", &["`boss` is no value"]),
        ("card,value,share\naudience,users,1\n", &["`staff`", "no share"]),
        ("card,value,share\nage,old,1\n", &["no card `age`"]),
        ("card,value,share\n", &["no shares"]),
        ("card;value;share\n", &["population.csv:1", "commas"]),
    ] {
        let reason = fail(data.path(), &strings(&files(data.path(), population)));
        for part in parts {
            assert!(reason.contains(part), "{part}: {reason}");
        }
    }
}

#[test]
fn a_size_that_is_none_is_a_usage_mistake() {
    let data = tempfile::tempdir().unwrap();
    for size in ["0", "101", "ten", "-1"] {
        let refused = outcome(data.path(), &["analyze", "--slug", "a", &format!("--shortlist-size={size}")]);
        assert_eq!(refused.status.code(), Some(2), "{size}");
        let reason = String::from_utf8(refused.stderr).unwrap();
        assert!(reason.contains("a shortlist has from 1 to 100 entries"), "{reason}");
    }
}

#[test]
fn thresholds_are_the_organizers_and_stand_in_the_report() {
    let data = tempfile::tempdir().unwrap();
    let mut arguments = files(data.path(), "card,value,share\naudience,users,0.5\naudience,staff,0.5\n");
    arguments.extend(["--format".into(), "json".into(), "--thresholds".into(), "split-gap=10".into()]);
    let report: serde_json::Value = serde_json::from_str(&run(data.path(), &strings(&arguments))).unwrap();
    assert_eq!(report["thresholds"]["split_gap_percent"], 10);
    assert_eq!(report["thresholds"]["majority_percent"], 60);

    let refused = outcome(data.path(), &["analyze", "--slug", "a", "--thresholds", "majority=40"]);
    assert_eq!(refused.status.code(), Some(2));
    let reason = String::from_utf8(refused.stderr).unwrap();
    assert!(reason.contains("a majority of 40 % is none"), "{reason}");
}

#[test]
fn answers_beside_the_ballots_are_weighted_by_and_compared() {
    let data = tempfile::tempdir().unwrap();
    let population =
        "card,value,share\naudience,users,0.5\naudience,staff,0.5\nage,young,0.25\nage,old,0.75\n";
    let mut arguments = files(data.path(), population);
    let mut answers = "participant,question,answer\n".to_owned();
    for participant in 0..72 {
        let _ = writeln!(answers, "{participant},age,{}", if participant % 2 == 0 { "young" } else { "old" });
    }
    fs::write(data.path().join("answers.csv"), answers).unwrap();
    arguments.extend(["--format".into(), "json".into()]);
    let read = |arguments: &[String]| -> serde_json::Value {
        serde_json::from_str(&run(data.path(), &strings(arguments))).unwrap()
    };
    let weighted = read(&arguments);
    let margins = weighted["weighting"]["margins"].as_array().unwrap();
    let old = margins.iter().find(|margin| margin["value"] == "old").unwrap();
    assert_eq!(
        (&old["card"], &old["participants"], &old["achieved"]),
        (&"age".into(), &0.5.into(), &0.75.into())
    );
    assert!(weighted["proposals"][0]["by_audience"]["staff"].is_object());

    let population = arguments.iter().position(|argument| argument == "--population").unwrap();
    arguments.drain(population..population + 2);
    arguments.extend(["--compare".into(), "age".into()]);
    let compared = read(&arguments);
    let voices = compared["proposals"][0]["by_audience"].as_object().unwrap();
    assert_eq!(voices.keys().collect::<Vec<_>>(), ["old", "young"]);
    assert_eq!(
        voices["old"]["counts"]["agree"].as_u64().unwrap()
            + voices["young"]["counts"]["agree"].as_u64().unwrap(),
        42
    );

    *arguments.last_mut().unwrap() = "shoes".to_owned();
    assert!(fail(data.path(), &strings(&arguments)).contains("nobody answered a question `shoes`"));
}
