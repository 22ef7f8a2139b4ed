//! `/c/{slug}/votes/link` and `/c/{slug}/continue/{link}`: a participant continues in another browser.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use gd_domain::Timestamp;
use gd_engine::ports::LimitedRequest;
use gd_pages::{DevicePage, DeviceState};

use crate::edge::limits::DEVICE_LINK_LIFE_MS;
use crate::edge::problem::Problem;
use crate::edge::redirect::see_other;
use crate::public::response::personal;
use crate::public::visit::Visit;
use crate::session::device_links::DeviceLink;
use crate::session::participant::Participant;
use crate::session::visitor::{Visitor, hand_over};
use crate::state::App;

/// `POST /c/{slug}/votes/link`: makes a fresh link. A visitor without a cookie needs none.
pub(crate) async fn offer(request: HttpRequest, app: App, visitor: Visitor) -> Result<HttpResponse, Problem> {
    let visit = Visit::by_form(&request, &app, "/votes").await?;
    let Some(participant) = visitor.0 else { return Ok(see_other(&visit.path_of("/votes"))) };
    app.take_from_budget(LimitedRequest::Ballots, &participant.id.number().to_string()).await?;
    let (path, expires_at) = link_to(&visit, participant);
    Ok(page(StatusCode::OK, &visit, DeviceState::Offered { path: &path, expires_at }))
}

/// `GET /c/{slug}/continue/{link}`: asks for confirmation, because programs follow links before people do.
pub(crate) async fn ask(request: HttpRequest, app: App, visitor: Visitor) -> Result<HttpResponse, Problem> {
    let visit = Visit::at_address(&request, &app).await?;
    let Some(link) = link(&request, &app).filter(|link| visit.now < link.expires_at) else {
        return Ok(page(StatusCode::GONE, &visit, DeviceState::Expired));
    };
    let is_other = visitor.0.is_some_and(|known| known.id != link.participant.id);
    Ok(page(StatusCode::OK, &visit, DeviceState::Asked { replaces: is_other }))
}

/// `POST /c/{slug}/continue/{link}`: gives this browser the participant's cookie.
pub(crate) async fn accept(request: HttpRequest, app: App) -> Result<HttpResponse, Problem> {
    let visit = Visit::at_address(&request, &app).await?;
    if let Some(link) = link(&request, &app)
        && app.engine.participants().use_link(link.nonce, link.expires_at, visit.now).await?
    {
        let response = see_other(&visit.path_of("/votes"));
        return Ok(hand_over(&link.participant, response, &request, &app));
    }
    Ok(page(StatusCode::GONE, &visit, DeviceState::Expired))
}

/// The path of a fresh link, and the time it expires.
pub(crate) fn link_to(visit: &Visit<'_>, participant: Participant) -> (String, Timestamp) {
    let expires_at = visit.now.plus_millis(DEVICE_LINK_LIFE_MS);
    let nonce = visit.app.engine.running().random_bits().cast_signed();
    let link = visit.app.device_links.write(&DeviceLink { nonce, expires_at, participant });
    (visit.path_of(&format!("/continue/{link}")), expires_at)
}

fn link(request: &HttpRequest, app: &App) -> Option<DeviceLink> {
    app.device_links.read(request.match_info().query("link"))
}

fn page(status: StatusCode, visit: &Visit<'_>, state: DeviceState<'_>) -> HttpResponse {
    personal(status, &DevicePage { frame: visit.own_frame(), here: visit.here(), state })
}
