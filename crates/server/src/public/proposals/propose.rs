//! `/c/{slug}/propose`: submitting a proposal.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use gd_domain::{ItemNumber, ParticipantId, Proposal, ProposalText, ProposalTextError};
use gd_engine::{ItemView, SubmitError};
use gd_pages::{ProposePage, ProposedPage, QuotedProposal};
use serde::Deserialize;

use crate::acts::proposals::submit_proposal::submit_proposal;
use crate::edge::body::Form;
use crate::edge::problem::Problem;
use crate::edge::query;
use crate::edge::redirect::see_other;
use crate::public::response::personal;
use crate::public::visit::Visit;
use crate::session::visitor::Visitor;
use crate::state::App;

#[derive(Deserialize)]
struct ProposeQuery {
    /// The number of the proposal just sent.
    sent: Option<String>,
    /// The text to begin with: that of a refused proposal, to be corrected.
    text: Option<String>,
}

/// `GET /c/{slug}/propose`: the form, or thanks to the author of the proposal just sent.
pub(crate) async fn show(request: HttpRequest, app: App, visitor: Visitor) -> Result<HttpResponse, Problem> {
    let query = query::parse::<ProposeQuery>(&request)?;
    let visit = Visit::at_address(&request, &app).await?;
    let sent = query.sent.and_then(|number| number.parse().ok()).map(ItemNumber);
    let items = visit.items().await?;
    let author = visitor.0.map(|participant| participant.id);
    if let Some(proposal) = sent.and_then(|number| own_proposal(&items, number, author)) {
        return Ok(proposed(&visit, proposal, true));
    }
    let typed = query.text.unwrap_or_default();
    Ok(form_again(StatusCode::OK, &visit, &typed, None, Vec::new()))
}

/// `GET /c/{slug}/receipts/{receipt}`: the moderation of a proposal, shown to the holder of its private link.
pub(crate) async fn receipt(request: HttpRequest, app: App) -> Result<HttpResponse, Problem> {
    let visit = Visit::at_address(&request, &app).await?;
    let items = visit.items().await?;
    let number = app.receipts.read(request.match_info().query("receipt"), visit.lookup.id());
    let proposal = number.and_then(|number| items.proposal(number));
    Ok(proposed(&visit, proposal.ok_or_else(Problem::not_found)?, false))
}

fn proposed(visit: &Visit<'_>, proposal: &Proposal, is_new: bool) -> HttpResponse {
    let receipt = visit.receipt_path(proposal.number);
    let (frame, here) = (visit.own_frame(), visit.here());
    let page = ProposedPage { frame, here, proposal, receipt: &receipt, is_new };
    personal(StatusCode::OK, &page)
}

/// `POST /c/{slug}/propose`: submits a text. A text that resembles published proposals is first shown next to them;
/// sent again with `anyway`, it is recorded.
pub(crate) async fn submit(
    request: HttpRequest,
    app: App,
    visitor: Visitor,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let form = Form::read(&request, payload).await?;
    let typed = form.field("text");
    let visit = Visit::by_form(&request, &app, "/propose").await?;
    if !visit.is_open() {
        return Ok(form_again(StatusCode::CONFLICT, &visit, typed, None, Vec::new()));
    }
    let admitted = visitor.admit(&request, &app, visit.now).await?;
    if form.field("anyway").is_empty()
        && let Some(page) = said_already(&visit, admitted.id(), typed).await?
    {
        return Ok(admitted.remember_in(page));
    }
    match submit_proposal(&request, &app, admitted.id(), typed, visit.now).await? {
        Ok(submitted) => {
            let thanks = visit.path_of(&format!("/propose?sent={}", submitted.number));
            Ok(admitted.remember_in(see_other(&thanks)))
        }
        Err(SubmitError::Text(error)) => {
            // The author is changing the text anyway: a good moment to show the similar proposals.
            let similar = similar(&visit, admitted.id(), typed).await?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(admitted.remember_in(form_again(status, &visit, typed, Some(error), similar)))
        }
        Err(error) => Err(error.into()),
    }
}

/// A valid text next to the published proposals that nearly say the same; `None` if there are none.
async fn said_already(
    visit: &Visit<'_>,
    participant: ParticipantId,
    typed: &str,
) -> Result<Option<HttpResponse>, Problem> {
    let length_max = visit.lookup.view.consultation.description.rules.proposal_length_max;
    if ProposalText::parse(typed, length_max).is_err() {
        return Ok(None);
    }
    let similar = similar(visit, participant, typed).await?;
    Ok((!similar.is_empty()).then(|| form_again(StatusCode::OK, visit, typed, None, similar)))
}

fn form_again(
    status: StatusCode,
    visit: &Visit<'_>,
    typed: &str,
    error: Option<ProposalTextError>,
    similar: Vec<QuotedProposal>,
) -> HttpResponse {
    personal(status, &ProposePage { frame: visit.frame(), here: visit.here(), typed, error, similar })
}

/// Only its author sees a proposal that is not published.
fn own_proposal(items: &ItemView, number: ItemNumber, author: Option<ParticipantId>) -> Option<&Proposal> {
    items.proposal(number).filter(|proposal| proposal.author.is_some() && proposal.author == author)
}

async fn similar(
    visit: &Visit<'_>,
    participant: ParticipantId,
    typed: &str,
) -> Result<Vec<QuotedProposal>, Problem> {
    let cards = visit.app.engine.proposals().similar(visit.slug(), participant, typed, visit.now).await?;
    Ok(cards.iter().map(|card| QuotedProposal::from(&card.proposal)).collect())
}
