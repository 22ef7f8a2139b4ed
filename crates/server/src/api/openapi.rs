//! `/api/v1/openapi.json`: the OpenAPI document, made from the handlers.

use actix_web::{HttpRequest, HttpResponse};
use utoipa::OpenApi;

use crate::api::consultation::consultations;
use crate::api::participants::answers;
use crate::api::proposals::{list, sequence, similar, submit};
use crate::api::results::{report, tallies};
use crate::api::voting::{activity, audience, ballots};
use crate::edge::conditional::{ResponseKind, TaggedBody, respond};
use crate::edge::problem::ProblemDocument;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Grand Dialogue",
        description = "Large citizen consultations: proposals, ballots and their results. \
                       Codes, limits and cookies are explained in docs/API.md.",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2"),
    ),
    paths(
        consultations::list, consultations::show, activity::show, sequence::serve, ballots::cast, ballots::mine, ballots::retract,
        submit::submit, list::list, similar::similar, tallies::show, report::show, audience::declare,
        answers::put,
    ),
    components(schemas(ProblemDocument)),
    tags(
        (name = "consultations", description = "The questions, their rules and figures"),
        (name = "proposals", description = "Proposals, and cards to vote on"),
        (name = "ballots", description = "A participant's opinions on proposals"),
        (name = "results", description = "Tallies and reports"),
    ),
)]
struct Api;

/// The OpenAPI document, as it is served.
///
/// # Panics
/// Never: the document consists of texts, which are JSON.
#[must_use]
pub fn document() -> String {
    let mut text = Api::openapi().to_pretty_json().expect("the document is made of texts");
    text.push('\n');
    text
}

/// `GET /api/v1/openapi.json`: the OpenAPI document.
pub(crate) async fn show(request: HttpRequest) -> HttpResponse {
    respond(&request, ResponseKind::JSON, &TaggedBody::new(document().into_bytes()))
}
