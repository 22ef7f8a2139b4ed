//! Everything a participant has said, the last acknowledged ballot included: what is projected, and the
//! ledger's tail behind it.

use std::collections::BTreeMap;

use gd_domain::{ParticipantId, StandingBallot};

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
    let projected = projected.ballots.into_iter().map(|ballot| (ballot.proposal, ballot));
    let mut standing = projected.collect::<BTreeMap<_, _>>();
    for event in tail {
        match StandingBallot::after(&event) {
            Some(ballot) => standing.insert(event.proposal, ballot),
            None => standing.remove(&event.proposal),
        };
    }
    Ok(standing.into_values().collect())
}
