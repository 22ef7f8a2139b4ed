//! The whole of a consultation's votes, read from the ledger: what is analysed, exported and verified.

use std::collections::BTreeMap;

use gd_domain::{Answers, Consultation, ParticipantId, Position, Proposal, ProposalNumber, StandingBallot};

use crate::catalogue::CatalogueEntry;
use crate::engine::Engine;
use crate::exposures::Exposures;
use crate::ports::{PortError, PortErrorKind, PortResult};
use crate::recount::Progress;

/// Events read in one statement.
const READ_EVENTS_MAX: usize = 10_000;

/// A consultation with every proposal and the ballots that stand at one position of its ledger.
#[derive(Clone, Debug)]
pub struct VotesOnRecord {
    /// The consultation.
    pub consultation: Consultation,
    /// Every proposal, whatever its status, by number.
    pub proposals: Vec<Proposal>,
    /// The ballots that stand at `position`.
    pub ballots: BTreeMap<(ParticipantId, ProposalNumber), StandingBallot>,
    /// How often each proposal was shown so far: counted apart from the ledger, so not at its position.
    pub exposures: Exposures,
    /// What participants answered about themselves, as far as it may be shown; not at its position either.
    pub answers: BTreeMap<ParticipantId, Answers>,
    /// The last event that was read.
    pub position: Position,
}

impl Engine {
    /// Reads the ledger up to where it stands now and folds it. The ledger being append-only, the result
    /// is exact at its position whatever happens meanwhile.
    ///
    /// # Errors
    /// Of the ports.
    pub async fn votes_on_record(
        &self,
        entry: &CatalogueEntry,
        progress: Progress<'_>,
    ) -> PortResult<VotesOnRecord> {
        entry.refresh(&self.ports).await?;
        let head = self.ports.ledger.head(entry.id).await?;
        let ballots = self.fold_ledger(entry, head, progress).await?;
        let exposures = self.ports.exposures.shown(entry.id).await?;
        let view = entry.view();
        let questions = &view.consultation.description.questions;
        let answers = self.answers_to_show(entry.id, questions, &ballots).await?;
        Ok(VotesOnRecord {
            consultation: view.consultation.clone(),
            proposals: view.proposals().cloned().collect(),
            ballots,
            exposures,
            answers,
            position: head,
        })
    }

    /// The position of a ledger's last event.
    ///
    /// # Errors
    /// Of the port.
    pub async fn ledger_head(&self, entry: &CatalogueEntry) -> PortResult<Position> {
        self.ports.ledger.head(entry.id).await
    }

    /// What stands at a position, folded from the ledger alone.
    pub(crate) async fn fold_ledger(
        &self,
        entry: &CatalogueEntry,
        until: Position,
        progress: Progress<'_>,
    ) -> PortResult<BTreeMap<(ParticipantId, ProposalNumber), StandingBallot>> {
        let mut standing = BTreeMap::new();
        let mut at = Position::START;
        while at < until {
            let limit = usize::try_from(until.0 - at.0).unwrap_or(READ_EVENTS_MAX).min(READ_EVENTS_MAX);
            let events = self.ports.ledger.read_after(entry.id, at, limit).await?;
            let Some(last) = events.last().map(|last| last.position) else { return Err(hole(at)) };
            if last.0 - at.0 != u64::try_from(events.len()).unwrap_or(0) {
                return Err(hole(at));
            }
            at = last;
            for positioned in &events {
                let key = (positioned.event.participant, positioned.event.proposal);
                match StandingBallot::after(&positioned.event) {
                    Some(ballot) => standing.insert(key, ballot),
                    None => standing.remove(&key),
                };
            }
            progress(at.0, until.0);
        }
        Ok(standing)
    }
}

/// The ledger has no gaps by construction: where one is found, somebody has changed it by hand.
fn hole(after: Position) -> PortError {
    PortError::new(
        PortErrorKind::Corrupt,
        format!("the ledger misses events after position {after}: restore a backup"),
    )
}
