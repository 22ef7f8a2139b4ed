//! `/c/{slug}/proposals/{proposal}`: one proposal at an address of its own, to read, to vote on, to share.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use gd_domain::{Channel, ItemNumber};
use gd_engine::ServedCard;
use gd_pages::{Page, ProposalPage, Totals};

use crate::edge::body::Form;
use crate::edge::conditional::{ResponseKind, TaggedBody, respond};
use crate::edge::path;
use crate::edge::problem::{Code, Problem};
use crate::edge::redirect::see_other;
use crate::public::response::personal;
use crate::public::visit::Visit;
use crate::public::voting::ballot_form::BallotForm;
use crate::session::visitor::Visitor;
use crate::state::App;

/// `GET /c/{slug}/proposals/{proposal}`: the proposal, with the participant's ballot on it.
pub(crate) async fn show(request: HttpRequest, app: App, visitor: Visitor) -> Result<HttpResponse, Problem> {
    let number = number(&request)?;
    let visit = Visit::at_address(&request, &app).await?;
    if !visit.is_published(number).await? {
        return Err(not_shown());
    }
    let admitted = visitor.admit(&request, &app, visit.now).await?;
    let participant = admitted.id();
    // A new participant has no ballots, so none are read.
    let mine = if admitted.is_new {
        None
    } else {
        let mine = app.engine.proposals().my_ballots(visit.slug(), participant, visit.now).await?;
        mine.into_iter().find(|mine| mine.proposal.number == number)
    };
    // A ballot changed with its own key keeps its channel.
    let (shown, opinion) = if let Some(mine) = mine {
        (Some(ServedCard { proposal: mine.proposal, key: mine.key }), Some(mine.ballot.opinion))
    } else {
        let shown = app.engine.proposals();
        (shown.show(visit.slug(), participant, number, Channel::Explore, visit.now).await?, None)
    };
    let shown = shown.ok_or_else(not_shown)?;
    let counts = match opinion {
        Some(_) => visit.live_counts(number).await?,
        None => None,
    };
    let page =
        ProposalPage { frame: visit.frame(), here: visit.here(), card: visit.card(shown), opinion, counts };
    Ok(admitted.remember_in(personal(StatusCode::OK, &page)))
}

/// `POST /c/{slug}/proposals/{proposal}`: casts a ballot on the proposal.
pub(crate) async fn cast(
    request: HttpRequest,
    app: App,
    visitor: Visitor,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let form = Form::read(&request, payload).await?;
    let ballot = BallotForm::read(&form)?;
    let page = format!("/proposals/{}", ballot.proposal);
    let visit = Visit::by_form(&request, &app, &page).await?;
    match ballot.cast(&visit, &visitor).await? {
        None => Ok(see_other(&visit.path_of(&page))),
        Some(refusal) => Err(refusal.into()),
    }
}

/// `GET /c/{slug}/proposals/{proposal}/totals`: the live counts of the proposal, for the script that votes without
/// reloads.
pub(crate) async fn totals(request: HttpRequest, app: App) -> Result<HttpResponse, Problem> {
    let number = number(&request)?;
    let visit = Visit::at_address(&request, &app).await?;
    if !visit.is_published(number).await? {
        return Err(not_shown());
    }
    let counts = visit.live_counts(number).await?;
    let hidden = || Problem::new(Code::ResultsHidden, "The organizers show the results later.");
    let totals = Totals { frame: visit.frame(), number, counts: counts.ok_or_else(hidden)? };
    Ok(respond(&request, ResponseKind::PAGE, &TaggedBody::new(totals.to_html().into_bytes())))
}

fn number(request: &HttpRequest) -> Result<ItemNumber, Problem> {
    path::proposal(request).map_err(|_| Problem::not_found())
}

fn not_shown() -> Problem {
    Problem::new(Code::ProposalNotFound, "There is no published proposal of this number.")
}
