//! From domain types to what columns hold, and back. The codes are those of the migrations.

use gd_domain::{
    AudienceCode, BallotEvent, Channel, Choice, Opinion, ParticipantId, Position, ProposalNumber,
    Qualifications, StandingBallot, Timestamp,
};
use gd_engine::ports::{PortResult, ProjectionState};

use crate::failure::corrupt;

/// A ballot's columns after the consultation and its key:
/// (participant, proposal, choice, qualifications, audience, channel, `cast_at`).
pub(crate) type BallotColumns = (i64, i64, i64, i64, i64, i64, i64);

/// Choice 0 in an event stands for a retraction.
pub(crate) const RETRACTED: i64 = 0;

pub(crate) fn choice_code(choice: Choice) -> i64 {
    match choice {
        Choice::Agree => 1,
        Choice::Disagree => 2,
        Choice::Neutral => 3,
    }
}

pub(crate) fn event_columns(event: &BallotEvent) -> BallotColumns {
    let choice = event.opinion.map_or(RETRACTED, |opinion| choice_code(opinion.choice()));
    let qualifications = event.opinion.map_or(0, |opinion| opinion.qualifications().bits());
    (
        event.participant.number(),
        i64::from(event.proposal.0),
        choice,
        i64::from(qualifications),
        i64::from(event.audience.0),
        channel_code(event.channel),
        event.cast_at.as_millis(),
    )
}

pub(crate) fn ballot_columns(ballot: &StandingBallot) -> BallotColumns {
    (
        ballot.participant.number(),
        i64::from(ballot.proposal.0),
        choice_code(ballot.opinion.choice()),
        i64::from(ballot.opinion.qualifications().bits()),
        i64::from(ballot.audience.0),
        channel_code(ballot.channel),
        ballot.cast_at.as_millis(),
    )
}

pub(crate) fn event(columns: BallotColumns) -> PortResult<BallotEvent> {
    let (participant, proposal, choice, qualifications, audience, channel, cast_at) = columns;
    Ok(BallotEvent {
        participant: ParticipantId::from_number(participant).map_err(corrupt)?,
        proposal: proposal_number(proposal)?,
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
pub(crate) fn opinion(choice: i64, qualifications: i64) -> PortResult<Option<Opinion>> {
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

pub(crate) fn audience_code(code: i64) -> PortResult<AudienceCode> {
    u16::try_from(code).map(AudienceCode).map_err(corrupt)
}

pub(crate) fn channel_code(channel: Channel) -> i64 {
    i64::try_from(channel.index()).expect("there are five channels")
}

pub(crate) fn channel_of(code: i64) -> PortResult<Channel> {
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
