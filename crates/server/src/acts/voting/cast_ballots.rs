//! Casting ballots: the participant's budget, the audience of their cookie, the ledger.

use gd_domain::{Action, AudienceCode, Timestamp};
use gd_engine::ports::LimitedRequest;
use gd_engine::{CastBallots, CastOutcome, SubmittedBallot};

use crate::edge::problem::Problem;
use crate::session::participant::Participant;
use crate::session::visitor::Visitor;
use crate::state::AppState;

/// Takes one from a known participant's budget; a visitor without a cookie is limited by their network's budget.
pub(crate) async fn take_from_budget(app: &AppState, visitor: &Visitor) -> Result<(), Problem> {
    match &visitor.0 {
        Some(participant) => {
            app.take_from_budget(LimitedRequest::Ballots, &participant.id.number().to_string()).await
        }
        None => Ok(()),
    }
}

/// Casts the ballots of a participant. A visitor without a cookie gets a new number, for which no vote key was ever
/// made.
pub(crate) async fn cast_ballots(
    app: &AppState,
    slug: &str,
    participant: Option<&Participant>,
    ballots: &[SubmittedBallot<'_>],
    admitted_at: Timestamp,
) -> Result<CastOutcome, Problem> {
    let id =
        participant.map_or_else(|| app.engine.participants().new_participant(admitted_at), |known| known.id);
    let audience = audience(app, slug, participant, admitted_at)?;
    let cast =
        CastBallots { slug, poll: None, participant: id, audience, channel: None, ballots, now: admitted_at };
    let outcome = app.engine.voting().cast(cast).await?;
    app.metrics.count_ballots(&outcome);
    Ok(outcome)
}

/// The audience in the cookie, unless the consultation no longer has an audience of this code.
fn audience(
    app: &AppState,
    slug: &str,
    participant: Option<&Participant>,
    now: Timestamp,
) -> Result<AudienceCode, Problem> {
    let Some(participant) = participant.filter(|known| known.has_declared()) else {
        return Ok(AudienceCode::UNDECLARED);
    };
    let lookup = app.engine.consultation().find(slug, Action::Vote, now)?;
    let declared = participant.declared(lookup.id());
    let exists = |code: &AudienceCode| lookup.view.consultation.audience(*code).is_some();
    Ok(declared.filter(exists).unwrap_or_default())
}
