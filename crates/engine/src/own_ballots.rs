//! Everything a participant has said, the last acknowledged ballot included: what is projected, and the
//! ledger's tail behind it.

use gd_domain::{ParticipantId, StandingBallot, standing_after};

use crate::catalogue::CatalogueEntry;
use crate::ports::{PortResult, Ports};

/// The participant's standing ballots, in the order of proposals.
pub(crate) async fn own_ballots(
    ports: &Ports,
    entry: &CatalogueEntry,
    participant: ParticipantId,
) -> PortResult<Vec<StandingBallot>> {
    let projected = ports.standing_ballots.projected_of(entry.id, participant).await?;
    if projected.head <= projected.position {
        return Ok(projected.ballots);
    }
    let between = (projected.position, projected.head);
    let tail = entry.tail.of_participant(&*ports.ledger, entry.id, participant, between).await?;
    let Some(tail) = tail else {
        // Too long to be followed here, as after a recount began: let the records look for this one.
        return ports.standing_ballots.of_participant(entry.id, participant).await;
    };
    Ok(standing_after(projected.ballots, &tail))
}
