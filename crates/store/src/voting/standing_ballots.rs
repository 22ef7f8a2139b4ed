//! The reading side of the standing ballots.

use async_trait::async_trait;
use gd_domain::{Deltas, ParticipantId, PollId, StandingBallot, standing_after};
use gd_engine::ports::{Ledger, PortResult, ProjectedBallots, ProjectionState, StandingBallots};

use crate::sql::database::{Session, SqlStore, on_db};
use crate::sql::failure::failed;
use crate::sql::rows;
use crate::voting::packed::{StandingRow, unpack_standing};
use crate::voting::projection::STATE;

/// Participants whose ballots are read in one statement.
const PAGE_PARTICIPANTS_MAX: i64 = 2_000;
/// Events of the ledger's tail read in one statement.
const TAIL_EVENTS_MAX: usize = 10_000;

/// The ledger's end is read before the projection is: one that lags behind shows as a tail to look into.
const PROJECTED_OF: &str = "
    SELECT head.position, COALESCE(projection.position, 0), COALESCE(theirs.ballots, 0), theirs.packed
    FROM ledger_head AS head
    LEFT JOIN projection ON projection.poll_id = $1
    LEFT JOIN participant_ballots AS theirs ON theirs.poll_id = $1 AND theirs.participant = $2
    WHERE head.poll_id = $1";

const PAGE: &str = "
    SELECT participant, ballots, packed
    FROM participant_ballots
    WHERE poll_id = $1 AND participant > $2
    ORDER BY participant
    LIMIT $3";

/// The two positions, then a participant's row, empty where nothing stands for them.
type ProjectedRow = (i64, i64, i32, Option<Vec<u8>>);

#[async_trait]
impl StandingBallots for SqlStore {
    async fn of_participant(
        &self,
        poll: PollId,
        participant: ParticipantId,
    ) -> PortResult<Vec<StandingBallot>> {
        let projected = self.projected_of(poll, participant).await?;
        let (mut at, mut said) = (projected.position, Vec::new());
        // As far as the ledger went then: what comes meanwhile need not be seen.
        while at < projected.head {
            let tail = self.read_after(poll, at, TAIL_EVENTS_MAX).await?;
            let Some(last) = tail.last() else { break };
            at = last.position;
            let events = tail.into_iter().map(|placed| placed.event);
            said.extend(events.filter(|event| event.participant == participant));
        }
        Ok(standing_after(projected.ballots, &said))
    }

    async fn projected_of(&self, poll: PollId, participant: ParticipantId) -> PortResult<ProjectedBallots> {
        let read = on_db!(&self.reader, connection => {
            let query = sqlx::query_as::<_, ProjectedRow>(PROJECTED_OF);
            let query = query.bind(poll.0).bind(participant.number());
            query.fetch_optional(connection).await.map_err(failed)
        })?;
        let Some((head, position, count, packed)) = read else { return Ok(ProjectedBallots::default()) };
        let line = (participant.number(), count, packed.unwrap_or_default());
        Ok(ProjectedBallots {
            position: rows::position(position)?,
            head: rows::position(head)?,
            ballots: unpack_standing(&line)?,
        })
    }

    async fn all(&self, poll: PollId) -> PortResult<(ProjectionState, Vec<StandingBallot>)> {
        let mut all = Vec::new();
        let state = self.each_participant(poll, |theirs| all.extend(theirs)).await?;
        Ok((state, all))
    }

    async fn count(&self, poll: PollId) -> PortResult<(ProjectionState, Deltas)> {
        let mut counts = Deltas::default();
        let count = |theirs: Vec<StandingBallot>| {
            counts.participants += 1;
            for ballot in &theirs {
                counts.count(ballot, 1);
            }
        };
        let state = self.each_participant(poll, count).await?;
        Ok((state, counts))
    }
}

impl SqlStore {
    /// Shows the projected ballots of each participant, in order, and gives the state of the projection they
    /// belong to, all seen at one instant.
    async fn each_participant(
        &self,
        poll: PollId,
        mut see: impl FnMut(Vec<StandingBallot>) + Send,
    ) -> PortResult<ProjectionState> {
        let state = on_db!(&self.reader.patient(), connection => {
            let mut after = -1;
            let mut snapshot = connection.begin_snapshot().await.map_err(failed)?;
            let state = sqlx::query_as(STATE).bind(poll.0);
            let state = state.fetch_optional(&mut *snapshot).await.map_err(failed)?;
            loop {
                let query = sqlx::query_as::<_, StandingRow>(PAGE).bind(poll.0);
                let query = query.bind(after).bind(PAGE_PARTICIPANTS_MAX);
                let page = query.fetch_all(&mut *snapshot).await.map_err(failed)?;
                let Some(last) = page.last() else { break };
                after = last.0;
                for line in &page {
                    see(unpack_standing(line)?);
                }
            }
            Ok(state)
        })?;
        rows::projection_state(state.unwrap_or_default())
    }
}
