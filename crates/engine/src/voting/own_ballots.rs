//! A participant's standing ballots, the last acknowledged one included: the projection and the ledger's tail
//! behind it.

use gd_domain::{ParticipantId, StandingBallot, standing_after};

use crate::port_error::PortResult;
use crate::voting::poll::RunningPoll;
use crate::voting::ports::Ports;

/// Reads of the projection before the ledger itself is read: meanwhile the projection may have gone on further than
/// the tail reaches back.
const PROJECTED_READS_MAX: usize = 3;

/// The participant's standing ballots, in the order of items.
pub(crate) async fn own_ballots(
    ports: &Ports,
    poll: &RunningPoll,
    participant: ParticipantId,
) -> PortResult<Vec<StandingBallot>> {
    for _ in 0..PROJECTED_READS_MAX {
        let projected = ports.standing_ballots.projected_of(poll.id(), participant).await?;
        if projected.head <= projected.position {
            return Ok(projected.ballots);
        }
        let between = (projected.position, projected.head);
        let tail = poll.tail.of_participant(&*ports.ledger, poll.id(), participant, between).await?;
        if let Some(tail) = tail {
            return Ok(standing_after(projected.ballots, &tail));
        }
    }
    // The tail does not reach back this far (a recount has begun): read SQL.
    ports.standing_ballots.of_participant(poll.id(), participant).await
}
