//! Seconds and memory of opinion groups on planted votes, beside the group each participant was planted in.
//!
//! `cargo run --release -p gd-analyzer --example groups_figures -- 1000000 50000 12`
//! (participants, proposals, votes each)

use std::collections::BTreeMap;
use std::fs;
use std::time::Instant;

use gd_analyzer::{Method, MethodKind, ProposalCard, VoteTable, analyze, opinion_groups};
use gd_domain::{
    AudienceCode, Channel, Choice, ItemNumber, ModerationStatus, Opinion, ParticipantId, StandingBallot,
    Timestamp,
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Groups that are planted; 0 on the command line plants none.
const GROUPS: u32 = 3;

fn main() {
    let mut arguments = std::env::args().skip(1).filter_map(|one| one.parse::<u32>().ok());
    let mut next = |otherwise| arguments.next().unwrap_or(otherwise);
    let (participants, proposals, votes, groups) = (next(50_000), next(2_000), next(100), next(GROUPS));
    let whole_report = next(0) > 0;
    let table = planted(participants, proposals, votes, groups);
    println!("{} ballots, {participants} participants, {proposals} proposals", table.ballot_count());
    let method = Method::new(MethodKind::Calibrated, 0);

    let before = resident_mib("VmRSS");
    forget_the_peak();
    let (start, worked) = (Instant::now(), processor_seconds());
    let found = opinion_groups(&table, &method);
    let seconds = start.elapsed().as_secs_f64();
    let worked = processor_seconds() - worked;
    let peak = resident_mib("VmHWM").saturating_sub(before);
    let sizes: BTreeMap<&str, u64> = found.groups.iter().map(|one| (one.id.as_str(), one.size)).collect();
    println!(
        "opinion groups: {seconds:.2} s ({worked:.2} s of processors), {peak} MiB above the table's {before} MiB"
    );
    println!("groups {sizes:?}, {:?}", found.grouping);
    if let Some(projection) = &found.projection {
        println!("explained {:?}, converged {}", projection.explained, projection.converged);
    }
    if whole_report {
        let start = Instant::now();
        let report = analyze(&table, &method);
        println!("whole report: {:.2} s, {:?}", start.elapsed().as_secs_f64(), report.labels);
    }
}

/// Votes of participants in equal groups: on every second proposal the groups lean each its own way.
fn planted(participants: u32, proposals: u32, votes: u32, groups: u32) -> VoteTable {
    let mut generator = ChaCha8Rng::seed_from_u64(1);
    let leanings: Vec<[f64; GROUPS as usize]> = (0..proposals)
        .map(|proposal| {
            let shared = generator.random_range(0.3..0.9);
            let own = |_| if generator.random::<bool>() { 0.8 } else { 0.2 };
            if proposal % 2 == 0 && groups > 0 { std::array::from_fn(own) } else { [shared; GROUPS as usize] }
        })
        .collect();
    let cards = (0..proposals).map(card).collect();
    let mut chosen = Vec::new();
    let ballots = (0..participants).flat_map(|participant| {
        chosen.clear();
        chosen.extend((0..votes).map(|_| generator.random_range(0..proposals)));
        chosen.sort_unstable();
        chosen.dedup();
        let group = (participant % GROUPS) as usize;
        let mut vote = |&proposal: &u32| {
            let choice = match generator.random::<f64>() {
                drawn if drawn < 0.15 => Choice::Neutral,
                drawn if (drawn - 0.15) / 0.85 < leanings[proposal as usize][group] => Choice::Agree,
                _ => Choice::Disagree,
            };
            ballot(participant, proposal, choice)
        };
        chosen.iter().map(&mut vote).collect::<Vec<_>>()
    });
    VoteTable::new(cards, Vec::new(), ballots).expect("one ballot a participant and proposal")
}

fn card(number: u32) -> ProposalCard {
    let status = ModerationStatus::Published;
    ProposalCard { number: ItemNumber(number), text: String::new(), status, theme: None, idea: None }
}

fn ballot(participant: u32, proposal: u32, choice: Choice) -> StandingBallot {
    StandingBallot {
        participant: ParticipantId::from_number(i64::from(participant)).expect("not negative"),
        proposal: ItemNumber(proposal),
        opinion: Opinion::bare(choice),
        audience: AudienceCode::UNDECLARED,
        channel: Channel::Import,
        cast_at: Timestamp::from_millis(0),
    }
}

/// Processor time of this process, in the hundredths of a second that Linux counts in.
fn processor_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    fields.iter().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Linux counts the peak anew from here on.
fn forget_the_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// A figure of this process' memory, or 0 where there is no such file.
fn resident_mib(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name));
    let kib = line.and_then(|line| line.split_whitespace().nth(1)).and_then(|kib| kib.parse::<u64>().ok());
    kib.unwrap_or(0) / 1_024
}
