//! Retracting the ballot that stands on a proposal.

use gd_domain::{Action, ItemNumber};

use crate::acts::voting::cast_ballots::take_from_budget;
use crate::edge::problem::Problem;
use crate::session::visitor::Visitor;
use crate::state::AppState;

/// Retracts a participant's ballot; a visitor without a cookie has none.
pub(crate) async fn retract_ballot(
    app: &AppState,
    visitor: &Visitor,
    slug: &str,
    proposal: ItemNumber,
) -> Result<usize, Problem> {
    let now = app.engine.now();
    app.engine.consultation().find(slug, Action::Vote, now)?;
    take_from_budget(app, visitor).await?;
    match &visitor.0 {
        Some(participant) => {
            Ok(app.engine.voting().retract_ballot(slug, participant.id, proposal, now).await?)
        }
        None => Ok(0),
    }
}
