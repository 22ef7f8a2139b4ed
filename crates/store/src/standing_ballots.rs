//! The reading side of the standing ballots.

use std::collections::BTreeMap;

use async_trait::async_trait;
use gd_domain::{ConsultationId, Deltas, Minute, ParticipantId, StandingBallot, Timestamp};
use gd_engine::ports::{PortResult, ProjectionState, StandingBallots};

use crate::database::{Session, SqlStore, on_db};
use crate::failure::{corrupt, failed};
use crate::projection::STATE;
use crate::rows::{self, BallotColumns, standing_ballot};

/// Ballots read in one statement.
const PAGE_BALLOTS_MAX: i64 = 10_000;

/// What is projected (place 0) and the tail of the ledger behind it, in one statement. PostgreSQL sees both
/// at one instant; on SQLite, where they are two files, the projection may be seen later than the ledger,
/// and then says itself what the tail would have.
const OF_PARTICIPANT: &str = "
    SELECT 0 AS place, participant, proposal, choice, qualifications, audience, channel, cast_at
    FROM standing_ballot
    WHERE consultation_id = $1 AND participant = $2
    UNION ALL
    SELECT position AS place, participant, proposal, choice, qualifications, audience, channel, cast_at
    FROM ballot_event
    WHERE consultation_id = $1 AND participant = $2
      AND position > COALESCE((SELECT position FROM projection WHERE consultation_id = $1), 0)
    ORDER BY place";

const PAGE: &str = "
    SELECT participant, proposal, choice, qualifications, audience, channel, cast_at
    FROM standing_ballot
    WHERE consultation_id = $1 AND (participant, proposal) > ($2, $3)
    ORDER BY participant, proposal
    LIMIT $4";

const COUNT: &str = "
    SELECT proposal, choice, qualifications, audience, channel, COUNT(*)
    FROM standing_ballot
    WHERE consultation_id = $1
    GROUP BY proposal, choice, qualifications, audience, channel";

const COUNT_BY_MINUTE: &str = "
    SELECT cast_at / 60000 AS minute, COUNT(*)
    FROM standing_ballot
    WHERE consultation_id = $1
    GROUP BY cast_at / 60000";

const COUNT_PARTICIPANTS: &str =
    "SELECT COUNT(DISTINCT participant) FROM standing_ballot WHERE consultation_id = $1";

type PlacedRow = (i64, i64, i32, i16, i16, i16, i16, i64);
type CountRow = (i32, i16, i16, i16, i16, i64);

#[async_trait]
impl StandingBallots for SqlStore {
    async fn of_participant(
        &self,
        consultation: ConsultationId,
        participant: ParticipantId,
    ) -> PortResult<Vec<StandingBallot>> {
        let placed = on_db!(&self.reader, connection => {
            let query = sqlx::query_as::<_, PlacedRow>(OF_PARTICIPANT);
            query.bind(consultation.0).bind(participant.number()).fetch_all(connection).await.map_err(failed)
        })?;
        let mut standing = BTreeMap::new();
        for (_, participant, proposal, choice, qualifications, audience, channel, cast_at) in placed {
            let event =
                rows::event((participant, proposal, choice, qualifications, audience, channel, cast_at))?;
            match StandingBallot::after(&event) {
                Some(ballot) => standing.insert(event.proposal, ballot),
                None => standing.remove(&event.proposal),
            };
        }
        Ok(standing.into_values().collect())
    }

    async fn all(&self, consultation: ConsultationId) -> PortResult<(ProjectionState, Vec<StandingBallot>)> {
        let (state, ballots) = on_db!(&self.reader.patient(), connection => {
            let mut ballots = Vec::new();
            let mut after = (-1, -1);
            let mut snapshot = connection.begin_snapshot().await.map_err(failed)?;
            let state = sqlx::query_as(STATE).bind(consultation.0);
            let state = state.fetch_optional(&mut *snapshot).await.map_err(failed)?;
            loop {
                let query = sqlx::query_as::<_, BallotColumns>(PAGE);
                let query = query.bind(consultation.0).bind(after.0).bind(after.1).bind(PAGE_BALLOTS_MAX);
                let page = query.fetch_all(&mut *snapshot).await.map_err(failed)?;
                let Some(last) = page.last() else { break };
                after = (last.0, last.1);
                for columns in page {
                    ballots.push(standing_ballot(columns)?);
                }
            }
            Ok((state, ballots))
        })?;
        Ok((rows::projection_state(state.unwrap_or_default())?, ballots))
    }

    async fn count(&self, consultation: ConsultationId) -> PortResult<(ProjectionState, Deltas)> {
        let (state, groups, minutes, participants) = on_db!(&self.reader.patient(), connection => {
            let mut snapshot = connection.begin_snapshot().await.map_err(failed)?;
            let state = sqlx::query_as(STATE).bind(consultation.0);
            let state = state.fetch_optional(&mut *snapshot).await.map_err(failed)?;
            let groups = sqlx::query_as::<_, CountRow>(COUNT).bind(consultation.0);
            let groups = groups.fetch_all(&mut *snapshot).await.map_err(failed)?;
            let minutes = sqlx::query_as::<_, (i64, i64)>(COUNT_BY_MINUTE).bind(consultation.0);
            let minutes = minutes.fetch_all(&mut *snapshot).await.map_err(failed)?;
            let participants = sqlx::query_scalar::<_, i64>(COUNT_PARTICIPANTS).bind(consultation.0);
            Ok((state, groups, minutes, participants.fetch_one(&mut *snapshot).await.map_err(failed)?))
        })?;
        let mut counts = Deltas { participants, ..Deltas::default() };
        for (proposal, choice, qualifications, audience, channel, count) in groups {
            let opinion = rows::opinion(choice, qualifications)?;
            // Participant and time play no part in a proposal's count.
            let ballot = StandingBallot {
                participant: ParticipantId::from_number(0).map_err(corrupt)?,
                proposal: rows::proposal_number(proposal.into())?,
                opinion: opinion.ok_or_else(|| corrupt("a standing ballot without a choice"))?,
                audience: rows::audience_code(audience)?,
                channel: rows::channel_of(channel)?,
                cast_at: Timestamp::default(),
            };
            counts.count_on_proposal(&ballot, count);
        }
        for (minute, count) in minutes {
            counts.count_in_minute(Minute(minute), count);
        }
        Ok((rows::projection_state(state.unwrap_or_default())?, counts))
    }
}
