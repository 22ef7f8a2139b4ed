//! From domain types to what columns hold, and back. The codes are those of the migrations.

use gd_domain::{
    AudienceCode, BallotEvent, Channel, Choice, Opinion, ParticipantId, Position, ProposalNumber,
    Qualifications, StandingBallot, Timestamp,
};
use gd_engine::ports::{PortResult, ProjectionState};

use crate::failure::corrupt;

/// A ballot's columns after the consultation, in the narrow types that PostgreSQL keeps them in:
/// (participant, proposal, choice, qualifications, audience, channel, `cast_at`).
pub(crate) type BallotColumns = (i64, i32, i16, i16, i16, i16, i64);

/// Choice 0 in an event stands for a retraction.
const RETRACTED: i16 = 0;

fn choice_code(choice: Choice) -> i16 {
    match choice {
        Choice::Agree => 1,
        Choice::Disagree => 2,
        Choice::Neutral => 3,
    }
}

pub(crate) fn event_columns(event: &BallotEvent) -> PortResult<BallotColumns> {
    let choice = event.opinion.map_or(RETRACTED, |opinion| choice_code(opinion.choice()));
    let qualifications = event.opinion.map_or(0, |opinion| opinion.qualifications().bits());
    Ok((
        event.participant.number(),
        proposal_column(event.proposal)?,
        choice,
        i16::try_from(qualifications).map_err(corrupt)?,
        i16::try_from(event.audience.0).map_err(corrupt)?,
        i16::try_from(event.channel.index()).map_err(corrupt)?,
        event.cast_at.as_millis(),
    ))
}

pub(crate) fn ballot_columns(ballot: &StandingBallot) -> PortResult<BallotColumns> {
    let StandingBallot { participant, proposal, opinion, audience, channel, cast_at } = *ballot;
    event_columns(&BallotEvent { participant, proposal, opinion: Some(opinion), audience, channel, cast_at })
}

pub(crate) fn event(columns: BallotColumns) -> PortResult<BallotEvent> {
    let (participant, proposal, choice, qualifications, audience, channel, cast_at) = columns;
    Ok(BallotEvent {
        participant: ParticipantId::from_number(participant).map_err(corrupt)?,
        proposal: proposal_number(proposal.into())?,
        opinion: opinion(choice, qualifications)?,
        audience: audience_code(audience)?,
        channel: channel_of(channel)?,
        cast_at: Timestamp::from_millis(cast_at),
    })
}

pub(crate) fn standing_ballot(columns: BallotColumns) -> PortResult<StandingBallot> {
    let event = event(columns)?;
    StandingBallot::after(&event).ok_or_else(|| corrupt("a standing ballot without a choice"))
}

/// What the codes of a choice and its qualifications say; `None` for a retraction.
pub(crate) fn opinion(choice: i16, qualifications: i16) -> PortResult<Option<Opinion>> {
    let choice = match choice {
        RETRACTED => return Ok(None),
        1 => Choice::Agree,
        2 => Choice::Disagree,
        3 => Choice::Neutral,
        other => return Err(corrupt(format!("choice code {other}"))),
    };
    let bits = u16::try_from(qualifications).map_err(corrupt)?;
    Opinion::new(choice, Qualifications::from_bits(bits)).map(Some).map_err(corrupt)
}

pub(crate) fn proposal_number(number: i64) -> PortResult<ProposalNumber> {
    u32::try_from(number).map(ProposalNumber).map_err(corrupt)
}

/// A proposal's number as the ballots' columns hold it.
pub(crate) fn proposal_column(number: ProposalNumber) -> PortResult<i32> {
    i32::try_from(number.0).map_err(corrupt)
}

pub(crate) fn audience_code(code: i16) -> PortResult<AudienceCode> {
    u16::try_from(code).map(AudienceCode).map_err(corrupt)
}

pub(crate) fn channel_of(code: i16) -> PortResult<Channel> {
    let place = usize::try_from(code).map_err(corrupt)?;
    Channel::ALL.get(place).copied().ok_or_else(|| corrupt(format!("channel code {code}")))
}

pub(crate) fn position(number: i64) -> PortResult<Position> {
    u64::try_from(number).map(Position).map_err(corrupt)
}

/// A count or position as a column holds it.
pub(crate) fn column(number: u64) -> PortResult<i64> {
    i64::try_from(number).map_err(corrupt)
}

pub(crate) fn projection_state((at, generation): (i64, i64)) -> PortResult<ProjectionState> {
    Ok(ProjectionState { position: position(at)?, generation: u64::try_from(generation).map_err(corrupt)? })
}

/// A limit as a column type holds it.
pub(crate) fn limit(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}
