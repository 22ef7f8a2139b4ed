//! On real votes our groups fit at least as tightly as those that Polis published.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use gd_domain::{Choice, ModerationStatus};
use gd_report::MethodKind;

use super::{ballot, card, positioned};
use crate::opinion::groups::partition_into;
use crate::opinion::positions::{Point, squared_distance};
use crate::{Method, ProposalCard, VoteTable, opinion_groups};

const FOLDERS: [&str; 4] = [
    "15-per-hour-seattle",
    "american-assembly.bowling-green",
    "scoop-hivemind.biodiversity",
    "vtaiwan.uberx",
];

#[test]
fn groups_are_at_least_as_tight_as_the_published_ones() {
    let Some(folder) = real_data() else { return };
    for name in FOLDERS {
        let (table, groups) = read(&folder.join("polis").join(name));
        let set_aside: Vec<bool> =
            table.cards().iter().map(|card| card.status != ModerationStatus::Published).collect();
        let (matrix, positions) = positioned(&table, &set_aside);
        let rows = matrix.participants().iter().zip(&positions);
        let grouped: Vec<(usize, Point)> =
            rows.filter_map(|(one, point)| Some((groups[*one as usize]?, *point))).collect();
        let k = grouped.iter().map(|(group, _)| *group).max().unwrap() + 1;
        let points: Vec<Point> = grouped.iter().map(|(_, point)| *point).collect();
        let (ours, theirs) = (partition_into(&points, k, 0).unwrap().inertia, inertia(&grouped, k));
        assert!(ours <= theirs, "{name}: {ours} for {theirs} with {k} groups");
        let found = opinion_groups(&table, &Method::new(MethodKind::Calibrated, 0));
        let sizes: Vec<u64> = found.groups.iter().map(|group| group.size).collect();
        println!("{name}: k = {k}: inertia {ours:.1} for {theirs:.1}; found {sizes:?} {:?}", found.grouping);
    }
}

/// Sum of squared distances to the group's mean.
fn inertia(grouped: &[(usize, Point)], k: usize) -> f64 {
    let mut sums = vec![[0.0; 3]; k];
    for (group, point) in grouped {
        sums[*group] = [sums[*group][0] + point[0], sums[*group][1] + point[1], sums[*group][2] + 1.0];
    }
    let mean = |group: usize| [sums[group][0] / sums[group][2], sums[group][1] / sums[group][2]];
    grouped.iter().map(|(group, point)| squared_distance(*point, mean(*group))).sum()
}

/// Standing votes, and the published group of each participant in the order of their numbers.
fn read(folder: &Path) -> (VoteTable, Vec<Option<usize>>) {
    let text = fs::read_to_string(folder.join("participants-votes.csv")).unwrap();
    let mut lines = text.lines().map(|line| line.trim_end().split(',').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    let statuses = statuses(&fs::read_to_string(folder.join("comments.csv")).unwrap());
    let (mut ballots, mut groups) = (Vec::new(), BTreeMap::new());
    for row in lines {
        let participant: u32 = row[0].parse().unwrap();
        let before = ballots.len();
        for (vote, number) in row.iter().zip(&header).skip(6).filter(|(vote, _)| !vote.is_empty()) {
            let choice = match *vote {
                "1" => Choice::Agree,
                "-1" => Choice::Disagree,
                _ => Choice::Neutral,
            };
            ballots.push(ballot(participant, number.parse().unwrap(), choice));
        }
        if ballots.len() > before {
            groups.insert(participant, row[1].parse().ok());
        }
    }
    let cards = header.iter().skip(6).map(|number| {
        let number = number.parse().unwrap();
        let status = statuses.get(&number).copied().unwrap_or(ModerationStatus::Published);
        ProposalCard { status, ..card(number) }
    });
    (VoteTable::new(cards.collect(), Vec::new(), ballots).unwrap(), groups.into_values().collect())
}

/// The texts come last and may go on for lines, which have no such columns.
fn statuses(comments: &str) -> BTreeMap<u32, ModerationStatus> {
    let refused = |line: &str| {
        let fields: Vec<&str> = line.splitn(8, ',').collect();
        let number = fields.get(2)?.parse().ok()?;
        (*fields.get(6)? == "-1").then_some((number, ModerationStatus::Refused))
    };
    comments.lines().filter_map(refused).collect()
}

/// The folder of real consultations; without one the test is skipped, except where all must run.
#[expect(clippy::disallowed_methods, reason = "a test asks the environment where its data is")]
fn real_data() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("GD_REAL_DATA").map_or(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "no real data at {}", folder.display());
    println!("skipped: no real data at {}", folder.display());
    None
}
