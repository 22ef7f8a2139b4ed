//! Submitting a proposal: the participant's budget, their network's, the record.

use actix_web::HttpRequest;
use gd_domain::{ParticipantId, Timestamp};
use gd_engine::ports::Rationed;
use gd_engine::{SubmitError, SubmitProposal, Submitted};

use crate::edge::client;
use crate::edge::path;
use crate::edge::problem::Problem;
use crate::state::Shared;

/// Submits a text. The outer error is an exhausted budget; the inner one is the engine's, for pages show the form
/// again beside what is wrong with the text.
pub(crate) async fn submit_proposal(
    request: &HttpRequest,
    shared: &Shared,
    participant: ParticipantId,
    text: &str,
    now: Timestamp,
) -> Result<Result<Submitted, SubmitError>, Problem> {
    ration(request, shared, participant).await?;
    let submit = SubmitProposal { slug: path::slug(request), participant, text, now };
    Ok(shared.engine.submit_proposal(submit).await)
}

/// Takes one from the participant's budget, and one from their network's: a client that
/// keeps no cookie is somebody new each time.
async fn ration(request: &HttpRequest, shared: &Shared, participant: ParticipantId) -> Result<(), Problem> {
    shared.ration(Rationed::Proposals, &participant.number().to_string()).await?;
    let network = client::network(client::address(request, &shared.trusted_proxies));
    shared.ration(Rationed::NetworkProposals, &network).await
}
