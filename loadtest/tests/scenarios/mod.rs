//! The scenarios of the open loop, each at a tiny scale: passed by a server that keeps its word, failed by one
//! that loses or doubles a single ballot.

mod drawing;

use std::time::Duration;

use serde_json::{Value, json};

use crate::fake::{Fake, Fault};
use crate::{Run, own_file, run, run_as_told};

/// The arguments of each scenario that votes, for a second or so.
const GRAND_DIALOGUE: [&str; 11] = [
    "grand-dialogue",
    "--scale",
    "0.001",
    "--seconds",
    "1",
    "--propose-seconds",
    "1",
    "--think-ms",
    "50",
    "--connections",
    "16",
];
const TV_CALL: [&str; 15] = [
    "tv-call",
    "--rate",
    "100",
    "--rise-seconds",
    "1",
    "--hold-seconds",
    "1",
    "--peak-rate",
    "300",
    "--peak-seconds",
    "1",
    "--crowd",
    "50",
    "--arrival-seconds",
    "1",
];
const RETRY_STORM: [&str; 7] = ["retry-storm", "--participants", "30", "--seconds", "1", "--think-ms", "20"];

fn scenario(fake: &Fake, arguments: &[&str], more: &[&str]) -> Run {
    run(arguments[0], fake, &[&arguments[1..], more].concat())
}

fn assert_differs(run: &Run) {
    assert!(!run.succeeded, "{}", run.stdout);
    let differences = run.figures["check"]["differences"].as_array().unwrap();
    assert_ne!(differences.len(), 0, "{}", run.stdout);
}

#[test]
fn the_whole_event_passes_on_a_server_that_keeps_its_word() {
    let fake = Fake::start(40, Fault::None);
    let run = scenario(&fake, &GRAND_DIALOGUE, &[]);
    assert!(run.succeeded, "{}{}", run.stdout, run.stderr);
    let ballots = &run.figures["ballots"];
    assert_eq!(ballots["first_on_the_proposal"], 1_200);
    assert_eq!(ballots["changes"], 24);
    assert_eq!(ballots["retractions"], 6);
    assert_eq!(fake.state.standing(), 1_200 - 6);
    assert_eq!(fake.state.published().len(), 40 + 11);
    for (kind, offered) in [("propose", 11), ("repeat", 24), ("change", 24), ("retract", 6)] {
        assert_eq!(run.figures["kinds"][kind]["answered"], offered, "{kind}");
    }
    let tallies = run.figures["kinds"]["tallies"]["offered"].as_u64().unwrap_or(0);
    assert_eq!(fake.state.views().0 + tallies, 120);
}

fn assert_one_ballot_matters(arguments: &[&str], more: &[&str]) {
    for fault in [Fault::Loses(77), Fault::CountsTwice(77)] {
        assert_differs(&scenario(&Fake::start(40, fault), arguments, more));
    }
}

#[test]
fn one_ballot_lost_or_doubled_fails_the_whole_event() {
    // Otherwise that one ballot might be changed or taken back.
    assert_one_ballot_matters(&GRAND_DIALOGUE, &["--changes", "0", "--retractions", "0"]);
}

#[test]
fn one_ballot_lost_or_doubled_fails_a_call() {
    assert_one_ballot_matters(&TV_CALL, &[]);
}

#[test]
fn one_ballot_lost_or_doubled_fails_a_storm() {
    assert_one_ballot_matters(&RETRY_STORM, &[]);
}

#[test]
fn a_copy_that_is_counted_and_a_retraction_that_is_not_are_reported() {
    let run = scenario(&Fake::start(40, Fault::CountsCopy(9)), &RETRY_STORM, &[]);
    assert_differs(&run);
    let run = scenario(&Fake::start(40, Fault::KeepsRetracted(3)), &GRAND_DIALOGUE, &[]);
    assert_differs(&run);
}

#[test]
fn proposals_are_published_by_the_command_and_the_others_stay_pending() {
    let fake = Fake::start(0, Fault::Moderates);
    let list = own_file("numbers");
    *fake.state.moderated_by.lock().unwrap() = Some(list.clone());
    let command = format!("printf '%s\\n' >> {}", list.display());
    let run = scenario(&fake, &GRAND_DIALOGUE, &["--moderate", &command, "--scale", "0.002"]);
    assert!(!run.succeeded, "an option given twice is a mistake");
    let run = scenario(&fake, &GRAND_DIALOGUE, &["--moderate", &command, "--proposals", "19000"]);
    assert!(run.succeeded, "{}{}", run.stdout, run.stderr);
    assert_eq!(run.figures["kinds"]["propose"]["answered"], 19);
    assert_eq!(fake.state.published().len(), 8);
    std::fs::remove_file(list).unwrap();
}

#[test]
fn proposals_that_do_not_become_visible_are_said() {
    let more = ["--publish-seconds-max", "0"];
    let run = scenario(&Fake::start(0, Fault::Moderates), &GRAND_DIALOGUE, &more);
    assert!(run.stderr.contains("proposals stay pending"), "{}", run.stderr);
    let more = ["--publish-seconds-max", "0", "--moderate", "true"];
    let run = scenario(&Fake::start(0, Fault::Moderates), &GRAND_DIALOGUE, &more);
    assert!(
        run.stderr.contains("8 of 8 proposals that should be published are not visible"),
        "{}",
        run.stderr
    );
    let more = ["--moderate", "echo no such slug >&2; false"];
    let run = scenario(&Fake::start(0, Fault::Moderates), &GRAND_DIALOGUE, &more);
    assert!(run.stderr.contains("no such slug"), "{}", run.stderr);
    assert!(!run.succeeded);
}

#[test]
fn a_call_is_answered_vote_by_vote() {
    let fake = Fake::start(30, Fault::None);
    let run = scenario(&fake, &TV_CALL, &["--arrivals", "fixed"]);
    assert!(run.succeeded, "{}{}", run.stdout, run.stderr);
    // 100 rising in a second, 100 held for one, 300 for one.
    let cast = run.figures["kinds"]["cast"]["answered"].as_u64().unwrap();
    assert!((440..=450).contains(&cast), "{cast}");
    assert_eq!(fake.state.standing() as u64, cast);
    assert_eq!(fake.state.requests(), cast);
}

#[test]
fn one_answer_of_5xx_fails_a_call() {
    let run = scenario(&Fake::start(30, Fault::Breaks(33)), &TV_CALL, &[]);
    assert!(!run.succeeded);
    assert!(run.stderr.contains("1 answers were 5xx"), "{}", run.stderr);
    assert_eq!(run.figures["check"]["differences"], json!([]));
    assert_eq!(run.figures["requests"]["unanswered"], 1);
}

#[test]
fn a_stall_shows_in_everything_it_held_up() {
    let stall = Duration::from_millis(500);
    let fake = Fake::start(30, Fault::Stalls(50, stall));
    let call = ["tv-call", "--rise-seconds", "0", "--hold-seconds", "1", "--peak-seconds", "0"];
    let rate = [
        "--rate",
        "200",
        "--arrivals",
        "fixed",
        "--connections",
        "4",
        "--crowd",
        "50",
        "--arrival-seconds",
        "1",
    ];
    let run = scenario(&fake, &call, &rate);
    assert!(run.succeeded, "{}{}", run.stdout, run.stderr);
    // A hundred of two hundred votes were due while nothing was answered, and a fifth of those waited for 400 ms
    // or more. A client that waits with its four connections would have seen four.
    let p90 = run.figures["kinds"]["cast"]["latency_ms"]["p90"].as_f64().unwrap();
    assert!(p90 >= 250.0, "{p90}");
}

#[test]
fn every_ballot_of_a_storm_stands_once_on_two_servers() {
    let fake = Fake::start(40, Fault::None);
    let other = fake.beside();
    let url = format!("{},{}", fake.url, other.url);
    let run = run_as_told("retry-storm", &url, &RETRY_STORM[1..]);
    assert!(run.succeeded, "{}{}", run.stdout, run.stderr);
    assert_eq!(fake.state.standing(), 30 * 12);
    assert!(fake.state.copies() > 0 && fake.requests_here() > 0 && other.requests_here() > 0);
    assert_eq!(run.figures["check"]["servers"], 2);
}

#[test]
fn a_server_that_stops_and_starts_again_is_outlasted() {
    for arguments in [&GRAND_DIALOGUE[..], &RETRY_STORM] {
        let fake = Fake::start(40, Fault::GoesAway(60));
        let run = scenario(&fake, arguments, &["--survive", "20"]);
        assert!(run.succeeded, "{}{}", run.stdout, run.stderr);
        assert!(run.figures["requests"]["broken_connections"].as_u64().unwrap() > 0);
        let cast = run.figures["ballots"]["first_on_the_proposal"].as_u64();
        assert_eq!(cast, Some(if arguments[0] == "retry-storm" { 30 * 12 } else { 1_200 }));
    }
}

#[test]
fn a_busy_server_is_asked_again_and_fails_a_call_only() {
    for arguments in [&GRAND_DIALOGUE[..], &RETRY_STORM, &TV_CALL] {
        let run = scenario(&Fake::start(40, Fault::TriesAgainAfterRecording(7)), arguments, &[]);
        let is_call = arguments[0] == "tv-call";
        assert_eq!(run.succeeded, !is_call, "{}{}", run.stdout, run.stderr);
        assert_eq!(run.figures["requests"]["unanswered"], 0);
        assert_eq!(run.figures["check"]["differences"], json!([]));
        assert!(run.figures["requests"]["retries"].as_u64().unwrap() > 0);
    }
}

#[test]
fn readers_hold_what_has_not_changed() {
    let fake = Fake::start(10, Fault::None);
    let arguments = ["--rate", "300", "--seconds", "1", "--again-percent", "50", "--arrivals", "fixed"];
    let run = run_as_told("readers", &fake.url, &arguments);
    assert!(run.succeeded, "{}{}", run.stdout, run.stderr);
    let offered = run.figures["requests"]["offered"].as_u64().unwrap();
    assert!((299..=300).contains(&offered), "{offered}");
    let tallies = run.figures["kinds"]["tallies"]["offered"].as_u64().unwrap();
    let (views, unchanged) = fake.state.views();
    assert_eq!(views + tallies, offered);
    assert_eq!(run.figures["requests"]["statuses"]["304"], unchanged);
    assert!(unchanged > 0);
    assert_eq!(run.figures["check"], Value::Null);
}

#[test]
fn the_written_figures_have_their_shape() {
    let run = scenario(&Fake::start(30, Fault::None), &TV_CALL, &[]);
    insta::assert_json_snapshot!(shape(&run.figures));
}

/// The same with the kinds of the values in place of the values, and one element for each list.
fn shape(value: &Value) -> Value {
    match value {
        Value::Null => Value::Null,
        Value::Bool(_) => "bool".into(),
        Value::Number(_) => "number".into(),
        Value::String(_) => "text".into(),
        Value::Array(elements) => elements.first().map(shape).into_iter().collect(),
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), shape(value))).collect(),
    }
}
