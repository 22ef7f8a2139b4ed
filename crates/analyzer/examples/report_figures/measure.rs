//! Times each step from files to report, and reads the peak of memory.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::Instant;

use gd_analyzer::{Method, MethodKind, ProposalCard, VoteTable, analyze};
use gd_domain::{BallotColumns, Choice, ItemNumber, Proposal};

/// Short steps are taken so often, and the fastest counts.
const TIMES: usize = 5;

pub(crate) fn measure(dir: &Path) -> anyhow::Result<()> {
    let file = |name: &str| dir.join(name);
    let (read, read_s) =
        timed(|| gd_exchange::read_votes(&file("ballots.parquet"), Some(&file("proposals.parquet"))));
    let read = read?;
    let pass_s = fastest(|| one_pass(&read.ballots));
    let card = |proposal: &Proposal| ProposalCard {
        number: proposal.number,
        text: proposal.text.as_str().to_owned(),
        status: proposal.status,
        theme: proposal.theme.clone(),
        idea: proposal.idea.clone(),
    };
    let (table, table_s) = timed(|| {
        let cards: Vec<ProposalCard> = read.proposals.iter().map(card).collect();
        VoteTable::of_ballots_cast(cards, read.audiences, read.ballots)
    });
    let table = table?;
    let tallies_s = fastest(|| table.counts());
    let table_mib = resident_mib("VmRSS");
    let (report, report_s) = timed(|| analyze(&table, &Method::new(MethodKind::Calibrated, 0)));
    let (json, json_s) = timed(|| report.to_json());
    let all_s = read_s + table_s + report_s + json_s;
    let sizes: BTreeMap<&str, u64> =
        report.groups.iter().map(|group| (group.id.as_str(), group.size)).collect();
    println!(
        "{} ballots, {} participants, {} proposals: {all_s:.2} s ({:.2} s of processors), {} MiB at most",
        report.input.ballots,
        report.input.participants,
        report.input.proposals,
        processor_seconds(),
        resident_mib("VmHWM"),
    );
    println!(
        "  read {read_s:.2} s, table {table_s:.2} s ({table_mib} MiB), report {report_s:.2} s, JSON {json_s:.2} s"
    );
    println!(
        "  one pass {:.1} ms, tallies {:.1} ms: {:.1} times",
        pass_s * 1e3,
        tallies_s * 1e3,
        tallies_s / pass_s
    );
    println!("  groups {sizes:?}, {} ideas, {} bytes of report", report.ideas.len(), json.len());
    Ok(())
}

/// Looks at every proposal and choice once, on as many threads as tallies take.
fn one_pass(ballots: &BallotColumns) -> u64 {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let rows = ballots.len().div_ceil(threads).max(1);
    let sum = |proposals: &[ItemNumber], choices: &[Choice]| {
        let numbers: u64 = proposals.iter().map(|number| u64::from(number.0)).sum();
        numbers + choices.iter().map(|choice| choice.index() as u64).sum::<u64>()
    };
    thread::scope(|scope| {
        let parts = ballots.proposal.chunks(rows).zip(ballots.choice.chunks(rows));
        let running: Vec<_> =
            parts.map(|(proposals, choices)| scope.spawn(move || sum(proposals, choices))).collect();
        running.into_iter().map(|one| one.join().expect("sums do not panic")).sum()
    })
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed().as_secs_f64())
}

fn fastest<T>(work: impl Fn() -> T) -> f64 {
    let times = (0..TIMES).map(|_| timed(|| std::hint::black_box(work())).1);
    times.fold(f64::INFINITY, f64::min)
}

/// Processor time of this process, in the hundredths of a second that Linux counts in.
fn processor_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    fields.iter().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// A figure of this process' memory, or 0 where there is no such file.
fn resident_mib(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name));
    let kib = line.and_then(|line| line.split_whitespace().nth(1)).and_then(|kib| kib.parse::<u64>().ok());
    kib.unwrap_or(0) / 1_024
}
