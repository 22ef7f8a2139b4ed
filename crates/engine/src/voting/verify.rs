//! Checking the projection and the counters against a fold of the ledger.

use std::time::Duration;

use gd_domain::{
    Deltas, ItemNumber, Minute, ParticipantId, PollId, Position, Scope, StaffAction, StandingBallot,
};

use crate::port_error::PortResult;
use crate::staff::Permit;
use crate::voting::fold_ledger::{Ballots, Progress};
use crate::voting::ports::Totals;
use crate::voting::recount::MaintainError;
use crate::voting::state::Voting;

/// Differences listed; the others are counted only.
const DIFFERENCES_LISTED_MAX: usize = 20;

/// Counters that do not follow the projection yet are read again at most this many times, with this pause.
const COUNTERS_POLLS_MAX: usize = 100;
const COUNTERS_POLL: Duration = Duration::from_millis(50);

/// The outcome of a check.
#[derive(Clone, Debug)]
pub struct Verification {
    /// The position both sides were compared at.
    pub position: Position,
    /// Ballots that stand according to the ledger.
    pub ballots: usize,
    /// Pairs that differ, counters included.
    pub differences: usize,
    /// The first of them.
    pub listed: Vec<Difference>,
}

/// One place where the projection and the ledger disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A standing ballot.
    Ballot {
        /// The voter of the pair.
        participant: ParticipantId,
        /// The item of the pair.
        proposal: ItemNumber,
        /// The ballot according to the ledger.
        ledger: Option<StandingBallot>,
        /// The ballot according to the projection.
        projection: Option<StandingBallot>,
    },
    /// The live count of a proposal.
    Count {
        /// The item whose count differs.
        proposal: ItemNumber,
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
        /// The minute whose count differs.
        minute: Minute,
        /// Standing ballots cast in it, according to the ledger.
        ledger: i64,
        /// According to the counters.
        counters: i64,
    },
}

impl Voting {
    /// Projects the events that wait, then compares the standing ballots, read at one instant, with a fold of the
    /// ledger up to where they stand, and the counters, where there are any, with a fold up to where
    /// those stand. Votes may come in meanwhile.
    ///
    /// # Errors
    /// [`MaintainError`], the counters' failures included.
    pub async fn verify(
        &self,
        permit: &Permit,
        poll: PollId,
        progress: Progress<'_>,
    ) -> Result<Verification, MaintainError> {
        permit.check(StaffAction::MaintainLedger, Scope::Consultation(self.consultation_of(poll).await?))?;
        self.project(poll).await?;
        let (state, ballots) = self.ports.standing_ballots.all(poll).await?;
        let projected =
            ballots.into_iter().map(|ballot| ((ballot.participant, ballot.proposal), ballot)).collect();
        let folded = self.fold_ledger(poll, state.position, progress).await?;
        let mut differences = compare_ballots(&folded, &projected);
        let ballots = folded.len();
        match self.counted_in(poll, state.generation).await? {
            Some(totals) => {
                // Votes that came in meanwhile have moved the counters on.
                let at = totals.state.position;
                let folded =
                    if at == state.position { folded } else { self.fold_ledger(poll, at, progress).await? };
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
    async fn counted_in(&self, poll: PollId, generation: u64) -> PortResult<Option<Totals>> {
        for _ in 0..COUNTERS_POLLS_MAX {
            let totals = self.ports.counters.totals(poll).await?;
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
    let difference = |&(participant, proposal): &(ParticipantId, ItemNumber)| Difference::Ballot {
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
