//! Submitting a proposal: the participant's budget, their network's, the record.

use actix_web::HttpRequest;
use gd_domain::{ParticipantId, Timestamp};
use gd_engine::ports::LimitedRequest;
use gd_engine::{SubmitError, SubmitProposal, Submitted};

use crate::edge::client;
use crate::edge::path;
use crate::edge::problem::Problem;
use crate::state::AppState;

/// Submits a text. The outer error is an exhausted budget; the inner one is the engine's, because pages show the
/// form again with the mistake in the text.
pub(crate) async fn submit_proposal(
    request: &HttpRequest,
    app: &AppState,
    participant: ParticipantId,
    text: &str,
    now: Timestamp,
) -> Result<Result<Submitted, SubmitError>, Problem> {
    take_from_budgets(request, app, participant).await?;
    let submit = SubmitProposal { slug: path::slug(request), participant, text, now };
    Ok(app.engine.proposals().submit(submit).await)
}

/// Takes one from the participant's budget and one from their network's, because a client without a cookie is a new
/// participant each time.
async fn take_from_budgets(
    request: &HttpRequest,
    app: &AppState,
    participant: ParticipantId,
) -> Result<(), Problem> {
    app.take_from_budget(LimitedRequest::Proposals, &participant.number().to_string()).await?;
    let network = client::network(client::address(request, &app.trusted_proxies));
    app.take_from_budget(LimitedRequest::NetworkProposals, &network).await
}
