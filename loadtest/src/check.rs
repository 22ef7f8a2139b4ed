//! The verdict: whether every acknowledged ballot stands, and nothing else was counted.

use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::time::sleep;

use crate::crew::Crew;
use crate::opinion::Opinion;
use crate::reader::Reader;
use crate::tallies::{self, Expected, Tallies};
use crate::voter::Voter;

/// The pause between two readings of the tallies.
const TALLIES_PAUSE: Duration = Duration::from_millis(250);

/// What was compared, and what differs.
#[derive(Serialize)]
pub(crate) struct Verdict {
    /// Proposals whose tallies were compared.
    pub(crate) proposals: usize,
    /// How long after the last answer the tallies were right.
    pub(crate) tallies_after_ms: u128,
    /// Participants whose own ballots were read back.
    pub(crate) participants: usize,
    /// What differs, one sentence each.
    pub(crate) differences: Vec<String>,
}

/// Compares what was acknowledged with the public tallies, and with what a sample of the participants reads
/// as its own. Tallies that are not right yet are read again for `settle_time_max`: better longer than they
/// may be old, so that a slow machine is not taken for a lost vote.
///
/// # Errors
/// When the server cannot be read.
pub(crate) async fn check(
    reader: &Reader,
    before: &Tallies,
    crew: &Crew,
    samples: usize,
    settle_time_max: Duration,
) -> anyhow::Result<Verdict> {
    let began = Instant::now();
    // Own ballots first: they must be right at once, while tallies may take their time.
    let readers = sample(crew, samples);
    let mut own = Vec::new();
    for voter in &readers {
        own.extend(own_differences(reader, voter).await?);
    }
    let expected = Expected::new(before, crew.voters());
    let mut differences = loop {
        let differences = expected.differences(&tallies::read(reader).await?);
        if differences.is_empty() || began.elapsed() > settle_time_max {
            break differences;
        }
        sleep(TALLIES_PAUSE).await;
    };
    let tallies_after_ms = began.elapsed().as_millis();
    differences.append(&mut own);
    Ok(Verdict {
        proposals: expected.proposals(),
        tallies_after_ms,
        participants: readers.len(),
        differences,
    })
}

/// Voters who voted, spread evenly over all.
fn sample(crew: &Crew, samples: usize) -> Vec<&Voter> {
    let has_voted = |voter: &&Voter| voter.votes.iter().any(|vote| vote.acknowledged.is_some());
    let voted = crew.voters().filter(has_voted).collect::<Vec<_>>();
    let step = voted.len().div_ceil(samples.max(1)).max(1);
    voted.into_iter().step_by(step).take(samples).collect()
}

/// Where a participant's own ballots are not those that were acknowledged.
async fn own_differences(reader: &Reader, voter: &Voter) -> anyhow::Result<Vec<String>> {
    let mine = reader.my_ballots(voter.cookie.as_deref().unwrap_or_default()).await?;
    let read = |proposal: u32| {
        let ballot = mine.iter().find(|ballot| ballot.proposal == proposal)?;
        Some(Opinion::read(&ballot.choice, &ballot.qualifications))
    };
    let mut differences = Vec::new();
    for vote in &voter.votes {
        let stands = read(vote.proposal);
        let is_right = stands == vote.acknowledged.map(Some)
            || (vote.unknown.is_some() && stands == vote.unknown.map(Some));
        if !is_right {
            let (told, reads) = (describe(vote.acknowledged), describe(stands.flatten()));
            differences
                .push(format!("a participant was told {told} on proposal {}, reads {reads}", vote.proposal));
        }
    }
    let is_own = |proposal| voter.votes.iter().any(|vote| vote.proposal == proposal);
    for foreign in mine.iter().filter(|ballot| !is_own(ballot.proposal)) {
        differences
            .push(format!("a participant reads a ballot on proposal {}, never cast", foreign.proposal));
    }
    Ok(differences)
}

fn describe(opinion: Option<Opinion>) -> String {
    let Some(opinion) = opinion else { return "nothing".to_owned() };
    match opinion.qualification() {
        Some(qualification) => format!("{} ({qualification})", opinion.choice()),
        None => opinion.choice().to_owned(),
    }
}
