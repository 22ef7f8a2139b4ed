//! Checking the projection and the counters against a fold of the ledger.

use std::collections::BTreeMap;
use std::time::Duration;

use gd_domain::{Deltas, Minute, ParticipantId, Position, ProposalNumber, StandingBallot};

use crate::consultation::catalogue::CatalogueEntry;
use crate::engine::Engine;
use crate::ports::{PortResult, Totals};
use crate::voting::projector;
use crate::voting::recount::Progress;

/// Differences listed; the others are counted only.
const DIFFERENCES_LISTED_MAX: usize = 20;

/// How often, and after what pause, counters that do not follow the projection yet are read again.
const COUNTERS_POLLS_MAX: usize = 100;
const COUNTERS_POLL: Duration = Duration::from_millis(50);

/// What a check found.
#[derive(Clone, Debug)]
pub struct Verification {
    /// The position both sides were compared at.
    pub position: Position,
    /// Ballots that stand according to the ledger.
    pub ballots: usize,
    /// How many pairs differ, counters included.
    pub differences: usize,
    /// The first of them.
    pub listed: Vec<Difference>,
}

/// One place where the projection and the ledger disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A standing ballot.
    Ballot {
        /// Whose.
        participant: ParticipantId,
        /// On what.
        proposal: ProposalNumber,
        /// What the ledger says.
        ledger: Option<StandingBallot>,
        /// What the projection says.
        projection: Option<StandingBallot>,
    },
    /// The live count of a proposal.
    Count {
        /// Of which proposal.
        proposal: ProposalNumber,
        /// Ballots according to the ledger.
        ledger: i64,
        /// Ballots according to the counters.
        counters: i64,
    },
    /// The live count of participants.
    Participants {
        /// According to the ledger.
        ledger: i64,
        /// According to the counters.
        counters: i64,
    },
    /// The counters follow another generation of the projection, or none, and are not being replaced.
    CountersElsewhere,
    /// The live count of a minute's ballots.
    Activity {
        /// Of which minute.
        minute: Minute,
        /// Standing ballots cast in it, according to the ledger.
        ledger: i64,
        /// According to the counters.
        counters: i64,
    },
}

type Ballots = BTreeMap<(ParticipantId, ProposalNumber), StandingBallot>;

impl Engine {
    /// Projects what waits, then compares the standing ballots, read at one instant, with a fold of the
    /// ledger up to where they stand, and the counters, where there are any, with a fold up to where
    /// those stand. Votes may come in meanwhile.
    ///
    /// # Errors
    /// Of the ports, the counters' included.
    pub async fn verify(&self, entry: &CatalogueEntry, progress: Progress<'_>) -> PortResult<Verification> {
        projector::project_to_head(&self.ports, entry, |_| ()).await?;
        let (state, ballots) = self.ports.standing_ballots.all(entry.id).await?;
        let projected =
            ballots.into_iter().map(|ballot| ((ballot.participant, ballot.proposal), ballot)).collect();
        let folded = self.fold_ledger(entry, state.position, progress).await?;
        let mut differences = compare_ballots(&folded, &projected);
        let ballots = folded.len();
        match self.counted_in(entry, state.generation).await? {
            Some(totals) => {
                // Votes that came in meanwhile have moved the counters on.
                let at = totals.state.position;
                let folded =
                    if at == state.position { folded } else { self.fold_ledger(entry, at, progress).await? };
                differences.extend(compare_counts(&Deltas::recount(folded.values()), &totals.counts));
            }
            None => differences.push(Difference::CountersElsewhere),
        }
        let count = differences.len();
        differences.truncate(DIFFERENCES_LISTED_MAX);
        Ok(Verification { position: state.position, ballots, differences: count, listed: differences })
    }

    /// The counters once they follow this generation of the projection; `None` when they do not come to
    /// it in time.
    async fn counted_in(&self, entry: &CatalogueEntry, generation: u64) -> PortResult<Option<Totals>> {
        for _ in 0..COUNTERS_POLLS_MAX {
            let totals = self.ports.counters.totals(entry.id).await?;
            if let Some(totals) = totals.filter(|totals| totals.state.generation == generation) {
                return Ok(Some(totals));
            }
            tokio::time::sleep(COUNTERS_POLL).await;
        }
        Ok(None)
    }
}

fn compare_ballots(ledger: &Ballots, projection: &Ballots) -> Vec<Difference> {
    let keys = ledger.keys().chain(projection.keys()).collect::<std::collections::BTreeSet<_>>();
    let differing = keys.into_iter().filter(|key| ledger.get(key) != projection.get(key));
    let difference = |&(participant, proposal): &(ParticipantId, ProposalNumber)| Difference::Ballot {
        participant,
        proposal,
        ledger: ledger.get(&(participant, proposal)).copied(),
        projection: projection.get(&(participant, proposal)).copied(),
    };
    differing.map(difference).collect()
}

fn compare_counts(ledger: &Deltas, counters: &Deltas) -> Vec<Difference> {
    let mut differences = Vec::new();
    if ledger.participants != counters.participants {
        differences
            .push(Difference::Participants { ledger: ledger.participants, counters: counters.participants });
    }
    let numbers =
        ledger.proposals.keys().chain(counters.proposals.keys()).collect::<std::collections::BTreeSet<_>>();
    for &proposal in numbers {
        let (in_ledger, in_counters) = (ledger.proposals.get(&proposal), counters.proposals.get(&proposal));
        if in_ledger != in_counters {
            let total = |tally: Option<&gd_domain::Tally>| tally.map_or(0, gd_domain::Tally::total);
            differences.push(Difference::Count {
                proposal,
                ledger: total(in_ledger),
                counters: total(in_counters),
            });
        }
    }
    let minutes = ledger.activity.keys().chain(counters.activity.keys());
    for &minute in minutes.collect::<std::collections::BTreeSet<_>>() {
        let of = |deltas: &Deltas| deltas.activity.get(&minute).copied().unwrap_or(0);
        if of(ledger) != of(counters) {
            differences.push(Difference::Activity { minute, ledger: of(ledger), counters: of(counters) });
        }
    }
    differences
}
