//! Votes of real consultations, of proposals with many votes, read from folders in the format of Polis.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gd_domain::{ModerationStatus, Standing, fold};

/// The shares of all published proposals in these folders that have so many votes or more; `None` where
/// there is no such folder.
pub fn well_voted(folders: &Path, votes_min: u64) -> Option<Vec<[f64; 3]>> {
    let entries = std::fs::read_dir(folders).ok()?;
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let counts = folders.iter().filter(|path| path.is_dir()).flat_map(|folder| counts(folder));
    let shares = |counts: [u64; 3]| {
        let all = counts.iter().sum::<u64>();
        (all >= votes_min).then(|| counts.map(|count| count as f64 / all as f64))
    };
    Some(counts.filter_map(shares).collect())
}

/// Agree, disagree, neutral of each published proposal.
fn counts(folder: &Path) -> Vec<[u64; 3]> {
    let file = |name: &str| folder.join(name);
    let votes = if file("votes.csv").is_file() { file("votes.csv") } else { file("participants-votes.csv") };
    let read = gd_exchange::read_votes(&votes, Some(&file("comments.csv"))).unwrap();
    let mut standing = Standing::default();
    standing.apply(&fold(&Standing::default(), &read.ballots.events()).changes);
    let published = read.proposals.iter().filter(|one| one.status == ModerationStatus::Published);
    let mut counts: BTreeMap<_, [u64; 3]> = published.map(|one| (one.number, [0; 3])).collect();
    for ballot in standing.ballots.values() {
        if let Some(counts) = counts.get_mut(&ballot.proposal) {
            counts[ballot.opinion.choice().index()] += 1;
        }
    }
    counts.into_values().collect()
}
