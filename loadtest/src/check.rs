//! The verdict: whether every acknowledged ballot stands, and nothing else was counted.

use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::time::sleep;

use crate::opinion::Opinion;
use crate::reader::Reader;
use crate::tallies::{self, Expected, Tallies};
use crate::voter::{Doubt, Voter};

/// The pause between two readings of the tallies.
const TALLIES_PAUSE: Duration = Duration::from_millis(250);

/// The extent of a comparison, and the differences found.
#[derive(Serialize)]
pub(crate) struct Verdict {
    /// Servers whose tallies were compared.
    pub(crate) servers: usize,
    /// Proposals whose tallies were compared.
    pub(crate) proposals: usize,
    /// Milliseconds from the last response until the tallies of all servers were right.
    pub(crate) tallies_after_ms: u128,
    /// Participants whose own ballots were read back.
    pub(crate) participants: usize,
    /// The differences, one sentence each.
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
    voters: &[&Voter],
    samples: usize,
    settle_time_max: Duration,
) -> anyhow::Result<Verdict> {
    let began = Instant::now();
    // Own ballots first: they must be right at once, while tallies may take their time.
    let asked = sample(voters, samples);
    let mut own = Vec::new();
    for voter in &asked {
        own.extend(own_differences(reader, voter).await?);
    }
    let expected = Expected::new(before, voters.iter().copied());
    let mut differences = Vec::new();
    for place in 0..reader.servers().len() {
        let wrong = loop {
            let wrong = expected.differences(&tallies::read(reader, place).await?);
            if wrong.is_empty() || began.elapsed() > settle_time_max {
                break wrong;
            }
            sleep(TALLIES_PAUSE).await;
        };
        differences.extend(wrong.into_iter().map(|wrong| say_where(reader, place, wrong)));
    }
    let tallies_after_ms = began.elapsed().as_millis();
    differences.append(&mut own);
    Ok(Verdict {
        servers: reader.servers().len(),
        proposals: expected.proposals(),
        tallies_after_ms,
        participants: asked.len(),
        differences,
    })
}

/// A difference, with the server that shows it where there are several.
fn say_where(reader: &Reader, place: usize, difference: String) -> String {
    match reader.servers() {
        [_] => difference,
        servers => format!("{}: {difference}", servers[place].address),
    }
}

/// Voters who voted, spread evenly over all.
fn sample<'a>(voters: &[&'a Voter], samples: usize) -> Vec<&'a Voter> {
    let has_voted = |voter: &&Voter| voter.votes.iter().any(|vote| vote.acknowledged.is_some());
    let voted = voters.iter().copied().filter(has_voted).collect::<Vec<_>>();
    let step = voted.len().div_ceil(samples.max(1)).max(1);
    voted.into_iter().step_by(step).take(samples).collect()
}

/// Differences between a participant's own ballots and those acknowledged, one sentence each.
async fn own_differences(reader: &Reader, voter: &Voter) -> anyhow::Result<Vec<String>> {
    let mine = reader.my_ballots(voter.cookie.as_deref().unwrap_or_default()).await?;
    let read = |proposal: u32| {
        let ballot = mine.iter().find(|ballot| ballot.proposal == proposal)?;
        Some(Opinion::read(&ballot.choice, &ballot.qualifications))
    };
    let mut differences = Vec::new();
    for vote in &voter.votes {
        let stands = read(vote.proposal);
        let may_stand = match vote.doubt {
            Some(Doubt::Cast(opinion)) => stands == Some(Some(opinion)),
            Some(Doubt::Retracted) => stands.is_none(),
            None => false,
        };
        let is_right = may_stand || stands == vote.acknowledged.map(Some);
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
