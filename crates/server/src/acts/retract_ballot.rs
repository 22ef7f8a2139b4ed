//! Retracting the ballot that stands on a proposal.

use gd_domain::{Action, ProposalNumber};

use crate::acts::cast_ballots::ration;
use crate::edge::problem::Problem;
use crate::session::participant::Visitor;
use crate::state::Shared;

/// Retracts a participant's ballot; somebody without a cookie has none.
pub(crate) async fn retract_ballot(
    shared: &Shared,
    visitor: &Visitor,
    slug: &str,
    proposal: ProposalNumber,
) -> Result<usize, Problem> {
    let now = shared.engine.now();
    shared.engine.find(slug, Action::Vote, now)?;
    ration(shared, visitor).await?;
    match &visitor.0 {
        Some(participant) => Ok(shared.engine.retract_ballot(slug, participant.id, proposal, now).await?),
        None => Ok(0),
    }
}
