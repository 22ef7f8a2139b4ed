//! The load test held to its own word: it believes a server that keeps the contract, and reports one that
//! does not. The server is a fake, so that every way to break the contract can be tried.
#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

mod fake;
mod scenarios;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

use fake::{Fake, Fault};
use serde_json::Value;

fn loadtest(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gd-loadtest")).args(arguments).output().unwrap()
}

/// The outcome of a run: exit status, output and figures.
struct Run {
    succeeded: bool,
    stdout: String,
    stderr: String,
    figures: Value,
}

/// A file of this test's own.
fn own_file(extension: &str) -> PathBuf {
    static FILES: AtomicU32 = AtomicU32::new(0);
    let place = FILES.fetch_add(1, Ordering::Relaxed);
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{place}.{extension}", std::process::id()))
}

/// Runs against one server, in a hurry.
fn run(command: &str, fake: &Fake, arguments: &[&str]) -> Run {
    let mut all = vec!["--settle-seconds-max", "1"];
    all.extend(arguments);
    run_as_told(command, &fake.url, &all)
}

fn run_as_told(command: &str, url: &str, arguments: &[&str]) -> Run {
    let json = own_file("json");
    let mut all = vec![command, "--url", url, "--slug", "essay", "--json", json.to_str().unwrap()];
    all.extend(arguments);
    let output = loadtest(&all);
    Run {
        succeeded: output.status.success(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        figures: take_figures(&json),
    }
}

/// Null when the run ended before there were any.
fn take_figures(path: &Path) -> Value {
    let Ok(bytes) = std::fs::read(path) else { return Value::Null };
    std::fs::remove_file(path).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

fn ballots(fake: &Fake, arguments: &[&str]) -> Run {
    run("ballots", fake, arguments)
}

#[test]
fn a_server_that_keeps_every_ballot_is_believed() {
    let fake = Fake::start(30, Fault::None);
    let run = ballots(&fake, &["--ballots", "500", "--connections", "8"]);
    assert!(run.succeeded, "{}{}", run.stdout, run.stderr);
    assert_eq!(fake.state.standing(), 500);
    assert_eq!(fake.state.requests(), 500);
    assert_eq!(run.figures["casting"]["first_on_the_proposal"], 500);
    assert_eq!(run.figures["casting"]["statuses"]["200"], 500);
    assert_eq!(run.figures["check"]["proposals"], 30);
    assert!(run.stdout.contains("every acknowledged ballot stands"), "{}", run.stdout);
}

#[test]
fn every_ballot_is_a_first_one_or_a_real_change() {
    let fake = Fake::start(30, Fault::None);
    let run = ballots(
        &fake,
        &["--ballots", "300", "--connections", "2", "--participants", "4", "--per-request", "5"],
    );
    assert!(run.succeeded, "{}{}", run.stdout, run.stderr);
    assert_eq!(fake.state.standing(), 4 * 30);
    assert_eq!(run.figures["casting"]["first_on_the_proposal"], 120);
    assert_eq!(run.figures["casting"]["changes"], 180);
}

#[test]
fn votes_of_before_are_not_counted_as_ours() {
    let fake = Fake::start(12, Fault::None);
    for proposal in 1..=12 {
        fake.state.cast("somebody", proposal, "agree");
    }
    let run = ballots(&fake, &["--ballots", "60", "--connections", "3"]);
    assert!(run.succeeded, "{}{}", run.stdout, run.stderr);
    assert_eq!(fake.state.standing(), 72);
}

#[test]
fn one_lost_ballot_of_hundreds_is_reported() {
    let fake = Fake::start(20, Fault::Loses(77));
    let run = ballots(&fake, &["--ballots", "300", "--connections", "4"]);
    assert!(!run.succeeded);
    assert_eq!(run.figures["casting"]["acknowledged"], 300);
    assert!(run.stdout.contains("DIFFERENT     proposal "), "{}", run.stdout);
    assert!(run.stdout.contains("reads nothing"), "{}", run.stdout);
    assert!(run.stderr.contains("what was acknowledged is not what stands"), "{}", run.stderr);
}

#[test]
fn one_ballot_counted_twice_is_reported() {
    let fake = Fake::start(20, Fault::CountsTwice(150));
    let run = ballots(&fake, &["--ballots", "300", "--connections", "4"]);
    assert!(!run.succeeded);
    assert_eq!(run.figures["check"]["differences"].as_array().unwrap().len(), 1);
}

#[test]
fn lost_qualifications_are_reported() {
    let fake = Fake::start(20, Fault::DropsQualification(200));
    let run = ballots(&fake, &["--ballots", "300", "--connections", "4", "--samples", "0"]);
    assert!(!run.succeeded);
    assert_ne!(run.figures["check"]["differences"].as_array().unwrap().len(), 0);
}

#[test]
fn an_answer_that_does_not_add_up_is_reported() {
    let fake = Fake::start(20, Fault::Miscounts);
    let run = ballots(&fake, &["--ballots", "10", "--connections", "1"]);
    assert!(!run.succeeded);
    assert!(run.stderr.contains("of 1 ballots the server recorded 2 and refused 0"), "{}", run.stderr);
}

#[test]
fn cards_served_again_after_their_vote_are_reported() {
    let fake = Fake::start(12, Fault::Repeats);
    let run = ballots(&fake, &["--ballots", "48", "--connections", "1", "--participants", "2"]);
    assert!(!run.succeeded);
    assert!(run.stderr.contains("24 cards were served again"), "{}", run.stderr);
}

#[test]
fn a_request_of_unknown_outcome_is_repeated_until_it_is_known() {
    let fake = Fake::start(20, Fault::TriesAgainAfterRecording(5));
    let run = ballots(&fake, &["--ballots", "200", "--connections", "4"]);
    assert!(run.succeeded, "{}{}", run.stdout, run.stderr);
    assert_eq!(fake.state.standing(), 200);
    let statuses = &run.figures["casting"]["statuses"];
    assert_eq!(statuses["200"], 200);
    assert_eq!(statuses["503"].as_u64().unwrap() + 200, fake.state.requests());
}

#[test]
fn a_server_that_is_stopped_and_started_again_is_survived() {
    let fake = Fake::start(20, Fault::GoesAway(120));
    let run = ballots(&fake, &["--ballots", "300", "--connections", "4", "--survive", "20"]);
    assert!(run.succeeded, "{}{}", run.stdout, run.stderr);
    assert_eq!(fake.state.standing(), 300);
    assert_eq!(run.figures["casting"]["acknowledged"], 300);
    assert!(run.figures["casting"]["broken_connections"].as_u64().unwrap() > 0);
}

#[test]
fn connections_are_spread_over_the_servers_and_move_on_when_one_is_away() {
    let away = Fake::start(20, Fault::GoesAway(120));
    let other = away.beside();
    let url = format!("{},{}", away.url, other.url);
    let arguments = ["--ballots", "600", "--connections", "4", "--survive", "20"];
    let run = run_as_told("ballots", &url, &arguments);
    assert!(run.succeeded, "{}{}", run.stdout, run.stderr);
    assert_eq!(away.state.standing(), 600);
    assert_eq!(run.figures["check"]["servers"], 2);
    for fake in [&away, &other] {
        assert!(fake.requests_here() > 0);
    }
}

#[test]
fn without_survive_a_broken_connection_ends_the_run_and_leaves_the_ballot_open() {
    let fake = Fake::start(20, Fault::GoesAway(120));
    let run = ballots(&fake, &["--ballots", "300", "--connections", "1"]);
    assert!(!run.succeeded);
    assert!(run.stderr.contains("the connection broke"), "{}", run.stderr);
    assert_eq!(run.figures["casting"]["acknowledged"], 119);
    assert_eq!(run.figures["casting"]["unknown"], 1);
    assert_eq!(run.figures["check"]["differences"].as_array().unwrap().len(), 0, "{}", run.stdout);
}

#[test]
fn a_problem_ends_the_run_with_its_code() {
    let fake = Fake::start(20, Fault::ClosesThePhase(50));
    let run = ballots(&fake, &["--ballots", "300", "--connections", "1"]);
    assert!(!run.succeeded);
    assert!(run.stderr.contains("409 phase_closed"), "{}", run.stderr);
    assert_eq!(run.figures["casting"]["acknowledged"], 49);
    assert_eq!(run.figures["casting"]["unknown"], 0);
    assert_eq!(run.figures["check"]["differences"].as_array().unwrap().len(), 0);
}

#[test]
fn refused_ballots_are_counted_apart_and_not_expected() {
    let fake = Fake::start(12, Fault::Refuses(3));
    let run = ballots(&fake, &["--ballots", "120", "--connections", "2", "--per-request", "12"]);
    assert!(run.succeeded, "{}{}", run.stdout, run.stderr);
    assert_eq!(run.figures["casting"]["refused"]["proposal_not_published"], 10);
    assert_eq!(run.figures["casting"]["acknowledged"], 110);
}

#[test]
fn a_run_ends_when_its_time_is_up() {
    let fake = Fake::start(20, Fault::None);
    let run = ballots(&fake, &["--ballots", "5000000", "--participants", "10", "--seconds-max", "1"]);
    assert!(run.succeeded, "{}{}", run.stdout, run.stderr);
    let cast = run.figures["casting"]["acknowledged"].as_u64().unwrap();
    assert_eq!(run.figures["left"].as_u64().unwrap() + cast, 5_000_000);
    assert!(cast > 0 && run.stdout.contains("STOPPED"), "{}", run.stdout);
}

#[test]
fn hidden_results_and_empty_consultations_are_said() {
    let run = ballots(&Fake::start(12, Fault::HidesResults), &[]);
    assert!(!run.succeeded);
    assert!(
        run.stderr.contains("403 results_hidden: ") && run.stderr.contains("must be live"),
        "{}",
        run.stderr
    );
    let run = ballots(&Fake::start(0, Fault::None), &["--ballots", "10"]);
    assert!(!run.succeeded);
    assert!(run.stderr.contains("shows no proposal"), "{}", run.stderr);
}

#[test]
fn other_machines_are_not_loaded() {
    for url in ["http://192.0.2.1:8080", "http://example.org", "https://127.0.0.1:8080"] {
        for command in ["ballots", "compare", "grand-dialogue", "tv-call", "readers", "retry-storm"] {
            let among_others = format!("http://127.0.0.1:8080,{url}");
            for url in [url, &among_others] {
                let output = loadtest(&[command, "--url", url, "--slug", "essay"]);
                assert_eq!(output.status.code(), Some(2), "{command} {url}");
            }
        }
    }
    let output = loadtest(&["ceiling", "--listen", "0.0.0.0:0"]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn server_and_ceiling_are_compared_under_the_same_ballots() {
    let fake = Fake::start(40, Fault::None);
    let run = run("compare", &fake, &["--ballots", "200", "--connections", "4", "--runs", "3"]);
    assert!(run.succeeded, "{}{}", run.stdout, run.stderr);
    assert_eq!(fake.state.standing(), 600);
    for side in ["ceiling", "server"] {
        let runs = run.figures[side].as_array().unwrap();
        assert_eq!(
            runs.iter().map(|run| run["first_on_the_proposal"].as_u64().unwrap()).collect::<Vec<_>>(),
            [200; 3]
        );
    }
    let ratio = run.figures["ratio"].as_f64().unwrap();
    assert!(run.stdout.starts_with(&format!("{ratio:.3} of the ceiling: ")), "{}", run.stdout);
}

#[test]
fn a_comparison_with_a_server_that_loses_a_ballot_fails() {
    let fake = Fake::start(40, Fault::Loses(300));
    let run = run("compare", &fake, &["--ballots", "200", "--connections", "4", "--runs", "2"]);
    assert!(!run.succeeded);
    assert_ne!(run.figures["check"]["differences"].as_array().unwrap().len(), 0);
}
