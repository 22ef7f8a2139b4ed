//! Declaring one's audience: in the ledger and in the participant's cookie.

use actix_web::HttpRequest;
use gd_domain::Action;
use gd_engine::DeclareAudience;
use gd_engine::ports::LimitedRequest;

use crate::edge::path;
use crate::edge::problem::Problem;
use crate::session::visitor::{Admitted, Visitor};
use crate::state::AppState;

/// Records the declaration and puts it into the participant's cookie.
pub(crate) async fn declare_audience(
    request: &HttpRequest,
    app: &AppState,
    visitor: Visitor,
    audience: Option<&str>,
) -> Result<Admitted, Problem> {
    let (slug, now) = (path::slug(request), app.engine.now());
    let lookup = app.engine.consultation().find(slug, Action::Vote, now)?;
    let known = visitor.0.as_ref().map(|participant| participant.id);
    let mut admitted = visitor.admit(request, app, now).await?;
    app.take_from_budget(LimitedRequest::Ballots, &admitted.id().number().to_string()).await?;
    let declared = DeclareAudience { slug, participant: known, audience, now };
    let code = app.engine.voting().declare_audience(declared).await?;
    admitted.declare(lookup.id(), code, request, app);
    Ok(admitted)
}
