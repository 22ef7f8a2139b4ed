//! Reading a poll's ledger from its beginning, and folding it apart from the projection.

use std::collections::BTreeMap;

use gd_domain::{ItemNumber, ParticipantId, PollId, Position, PositionedEvent, StandingBallot};

use crate::port_error::{PortError, PortErrorKind, PortResult};
use crate::voting::state::Voting;

/// Events read in one statement.
const READ_EVENTS_MAX: usize = 10_000;

/// Called as long work goes on: done, in all.
pub type Progress<'a> = &'a mut (dyn FnMut(u64, u64) + Send);

/// Standing ballots by participant and item.
pub(crate) type Ballots = BTreeMap<(ParticipantId, ItemNumber), StandingBallot>;

impl Voting {
    /// The position of a ledger's last event.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub async fn ledger_head(&self, poll: PollId) -> PortResult<Position> {
        self.ports.ledger.head(poll).await
    }

    /// The events right after a position, in order: some thousands at most, and none beyond `until`, which the ledger
    /// must have reached.
    ///
    /// # Errors
    /// The ledger cannot be read, or events are missing.
    pub(crate) async fn events_after(
        &self,
        poll: PollId,
        after: Position,
        until: Position,
    ) -> PortResult<Vec<PositionedEvent>> {
        let limit = usize::try_from(until.0.saturating_sub(after.0)).unwrap_or(READ_EVENTS_MAX);
        let limit = limit.min(READ_EVENTS_MAX);
        if limit == 0 {
            return Ok(Vec::new());
        }
        let events = self.ports.ledger.read_after(poll, after, limit).await?;
        let follow_each_other =
            events.last().is_some_and(|last| last.position.0 - after.0 == events.len() as u64);
        if follow_each_other { Ok(events) } else { Err(hole(after)) }
    }

    /// The ballots that stand at a position, folded from the ledger alone.
    pub(crate) async fn fold_ledger(
        &self,
        poll: PollId,
        until: Position,
        progress: Progress<'_>,
    ) -> PortResult<Ballots> {
        let mut standing = BTreeMap::new();
        let mut at = Position::START;
        while at < until {
            let events = self.events_after(poll, at, until).await?;
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
