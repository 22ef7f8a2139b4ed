//! The reading side of the standing ballots.

use async_trait::async_trait;
use gd_domain::{
    ConsultationId, Deltas, Minute, ParticipantId, StandingBallot, Timestamp, standing_after,
};
use gd_engine::ports::{Ledger, PortResult, ProjectedBallots, ProjectionState, StandingBallots};

use crate::database::{Session, SqlStore, on_db};
use crate::failure::{corrupt, failed};
use crate::projection::STATE;
use crate::rows::{self, BallotColumns, standing_ballot};

/// Ballots read in one statement.
const PAGE_BALLOTS_MAX: i64 = 10_000;

/// Events of the ledger's tail read in one statement.
const TAIL_EVENTS_MAX: usize = 10_000;

/// The ledger's end is read before the projection is: one that lags behind shows as a tail to look into.
const PROJECTED_OF: &str = "
    SELECT head.position, COALESCE(projection.position, 0), ballot.proposal, ballot.choice,
           ballot.qualifications, ballot.audience, ballot.channel, ballot.cast_at
    FROM ledger_head AS head
    LEFT JOIN projection ON projection.consultation_id = $1
    LEFT JOIN standing_ballot AS ballot ON ballot.consultation_id = $1 AND ballot.participant = $2
    WHERE head.consultation_id = $1
    ORDER BY ballot.proposal";

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

/// The two positions, then a ballot's columns, absent together where the participant has none.
type ProjectedRow = (i64, i64, Option<i32>, Option<i16>, Option<i16>, Option<i16>, Option<i16>, Option<i64>);
type CountRow = (i32, i16, i16, i16, i16, i64);

#[async_trait]
impl StandingBallots for SqlStore {
    async fn of_participant(
        &self,
        consultation: ConsultationId,
        participant: ParticipantId,
    ) -> PortResult<Vec<StandingBallot>> {
        let projected = self.projected_of(consultation, participant).await?;
        let (mut at, mut said) = (projected.position, Vec::new());
        loop {
            let tail = self.read_after(consultation, at, TAIL_EVENTS_MAX).await?;
            let Some(last) = tail.last() else { break };
            at = last.position;
            let events = tail.into_iter().map(|placed| placed.event);
            said.extend(events.filter(|event| event.participant == participant));
        }
        Ok(standing_after(projected.ballots, &said))
    }

    async fn projected_of(
        &self,
        consultation: ConsultationId,
        participant: ParticipantId,
    ) -> PortResult<ProjectedBallots> {
        let read = on_db!(&self.reader, connection => {
            let query = sqlx::query_as::<_, ProjectedRow>(PROJECTED_OF);
            query.bind(consultation.0).bind(participant.number()).fetch_all(connection).await.map_err(failed)
        })?;
        let mut projected = ProjectedBallots::default();
        for (head, position, proposal, choice, qualifications, audience, channel, cast_at) in read {
            projected.head = rows::position(head)?;
            projected.position = rows::position(position)?;
            let ballot = (proposal, choice, qualifications, audience, channel, cast_at);
            if let (
                Some(proposal),
                Some(choice),
                Some(qualifications),
                Some(audience),
                Some(channel),
                Some(at),
            ) = ballot
            {
                let columns = (participant.number(), proposal, choice, qualifications, audience, channel, at);
                projected.ballots.push(standing_ballot(columns)?);
            }
        }
        Ok(projected)
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
