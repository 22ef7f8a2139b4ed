//! The writing side of the standing ballots.

use async_trait::async_trait;
use gd_domain::{ParticipantBallots, ParticipantId, PollId, Position, StandingBallot, Timestamp};
use gd_engine::ports::{PortResult, Projection, ProjectionState};
use gd_engine::voting::ports::CountChanges;

use crate::sql::database::{Session, SqlStore, on_db};
use crate::sql::failure::{commit_failed, failed};
use crate::sql::rows;
use crate::voting::bulk::Bulk;
use crate::voting::packed::{pack_standing, unpack_standing};

pub(crate) const STATE: &str = "SELECT position, generation FROM projection WHERE poll_id = $1";

/// A projection that stands nowhere has no row before its first step.
const BEGIN: &str = "
    INSERT INTO projection (poll_id, position, generation, ballots, participants) VALUES ($1, 0, 0, 0, 0)
    ON CONFLICT (poll_id) DO NOTHING";

/// Touches a row only where the projection stands where the step began.
const ADVANCE: &str = "
    UPDATE projection SET position = $4, ballots = ballots + $5, participants = participants + $6
    WHERE poll_id = $1 AND position = $2 AND generation = $3";

const RESTART: &str = "
    INSERT INTO projection (poll_id, position, generation, ballots, participants) VALUES ($1, 0, $2, 0, 0)
    ON CONFLICT (poll_id) DO UPDATE SET
        position = 0, ballots = 0, participants = 0,
        generation = CASE WHEN projection.generation < excluded.generation THEN excluded.generation
                          ELSE projection.generation + 1 END";

const FORGET: &str = "DELETE FROM participant_ballots WHERE poll_id = $1";

#[async_trait]
impl Projection for SqlStore {
    async fn state(&self, poll: PollId) -> PortResult<ProjectionState> {
        let state = on_db!(&self.reader, connection => {
            sqlx::query_as(STATE).bind(poll.0).fetch_optional(connection).await.map_err(failed)
        })?;
        rows::projection_state(state.unwrap_or_default())
    }

    async fn standing_of(
        &self,
        poll: PollId,
        participants: &[ParticipantId],
    ) -> PortResult<Vec<StandingBallot>> {
        if participants.is_empty() {
            return Ok(Vec::new());
        }
        let lines = on_db!(&self.reader, connection => {
            connection.standing_of(poll, participants).await
        })?;
        let ballots = lines.iter().map(unpack_standing).collect::<PortResult<Vec<_>>>()?;
        Ok(ballots.concat())
    }

    async fn advance(
        &self,
        poll: PollId,
        from: ProjectionState,
        to: Position,
        changed: &[ParticipantBallots],
        gained: CountChanges,
    ) -> PortResult<bool> {
        let (gone, stands) = changed.iter().partition::<Vec<_>, _>(|theirs| theirs.ballots.is_empty());
        let gone = gone.iter().map(|theirs| theirs.participant).collect::<Vec<_>>();
        let stands = stands.into_iter().map(pack_standing).collect::<PortResult<Vec<_>>>()?;
        let (from_position, generation, to) =
            (rows::column(from.position.0)?, rows::column(from.generation)?, rows::column(to.0)?);
        on_db!(&self.projection, connection => {
            let mut transaction = connection.begin_write().await.map_err(failed)?;
            if from == ProjectionState::default() {
                sqlx::query(BEGIN).bind(poll.0).execute(&mut *transaction).await.map_err(failed)?;
            }
            let moved =
                sqlx::query(ADVANCE).bind(poll.0).bind(from_position).bind(generation).bind(to);
            let moved = moved.bind(gained.ballots).bind(gained.participants);
            if moved.execute(&mut *transaction).await.map_err(failed)?.rows_affected() == 0 {
                return Ok(false);
            }
            if !stands.is_empty() {
                transaction.upsert_standing(poll, &stands).await?;
            }
            if !gone.is_empty() {
                transaction.delete_standing(poll, &gone).await?;
            }
            transaction.commit().await.map_err(commit_failed)?;
            Ok(true)
        })
    }

    async fn reset(&self, poll: PollId, now: Timestamp) -> PortResult<()> {
        on_db!(&self.projection.patient(), connection => {
            let mut transaction = connection.begin_long_write().await.map_err(failed)?;
            let restart = sqlx::query(RESTART).bind(poll.0).bind(now.as_millis());
            restart.execute(&mut *transaction).await.map_err(failed)?;
            sqlx::query(FORGET).bind(poll.0).execute(&mut *transaction).await.map_err(failed)?;
            transaction.commit().await.map_err(commit_failed)
        })
    }
}
