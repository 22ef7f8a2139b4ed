//! Everything a participant has said, the last acknowledged ballot included: what is projected, and the
//! ledger's tail behind it.

use gd_domain::{ParticipantId, StandingBallot, standing_after};

use crate::consultation::catalogue::CatalogueEntry;
use crate::ports::{PortResult, Ports};

/// How often what is projected is read before the ledger itself is: meanwhile the projection may have gone
/// on further than the tail reaches back.
const PROJECTED_READS_MAX: usize = 3;

/// The participant's standing ballots, in the order of proposals.
pub(crate) async fn own_ballots(
    ports: &Ports,
    entry: &CatalogueEntry,
    participant: ParticipantId,
) -> PortResult<Vec<StandingBallot>> {
    for _ in 0..PROJECTED_READS_MAX {
        let projected = ports.standing_ballots.projected_of(entry.id, participant).await?;
        if projected.head <= projected.position {
            return Ok(projected.ballots);
        }
        let between = (projected.position, projected.head);
        let tail = entry.tail.of_participant(&*ports.ledger, entry.id, participant, between).await?;
        if let Some(tail) = tail {
            return Ok(standing_after(projected.ballots, &tail));
        }
    }
    // Too long to be followed here, as after a recount began: let the records look for this one.
    ports.standing_ballots.of_participant(entry.id, participant).await
}
