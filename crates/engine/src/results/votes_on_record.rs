//! The whole of a consultation's votes, read from the ledger: what is analysed, exported and verified.

use std::collections::BTreeMap;

use gd_domain::{
    Answers, Consultation, ParticipantId, Position, PositionedEvent, Proposal, ProposalNumber, StandingBallot,
};

use crate::consultation::catalogue::CatalogueEntry;
use crate::engine::Engine;
use crate::ports::{PortError, PortErrorKind, PortResult};
use crate::proposals::exposures::Exposures;
use crate::voting::recount::Progress;

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

    /// The events right after a position, in order: some thousands at most, and none beyond `until`, which the ledger
    /// must have reached.
    ///
    /// # Errors
    /// Of the port; when events are missing.
    pub async fn ledger_page(
        &self,
        entry: &CatalogueEntry,
        after: Position,
        until: Position,
    ) -> PortResult<Vec<PositionedEvent>> {
        let limit = usize::try_from(until.0.saturating_sub(after.0)).unwrap_or(READ_EVENTS_MAX);
        let limit = limit.min(READ_EVENTS_MAX);
        if limit == 0 {
            return Ok(Vec::new());
        }
        let events = self.ports.ledger.read_after(entry.id, after, limit).await?;
        let follow_each_other =
            events.last().is_some_and(|last| last.position.0 - after.0 == events.len() as u64);
        if follow_each_other { Ok(events) } else { Err(hole(after)) }
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
            let events = self.ledger_page(entry, at, until).await?;
            at = events.last().map_or(until, |last| last.position);
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
