//! `/api/v1/consultations/{slug}/audience`: a participant declares the audience they belong to.

use std::borrow::Cow;

use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::acts::voting::declare_audience::declare_audience;
use crate::api::response::personal;
use crate::edge::body;
use crate::edge::problem::Problem;
use crate::edge::problem_responses;
use crate::session::visitor::Visitor;
use crate::state::App;

/// The audience a participant belongs to.
#[derive(Deserialize, Serialize, ToSchema)]
#[schema(as = DeclaredAudience)]
struct AudienceBody<'a> {
    /// The short name of an audience of the consultation; `null` for "prefer not to say".
    #[serde(borrow, deserialize_with = "named")]
    #[schema(value_type = Option<String>, required = true, example = "users")]
    audience: Option<Cow<'a, str>>,
}

/// Declare one's audience. Ballots cast before move with the participant.
#[utoipa::path(
    put, path = "/api/v1/consultations/{slug}/audience", tag = "ballots", operation_id = "declare_audience",
    params(("slug" = String, Path, description = "The consultation's short name")),
    request_body = AudienceBody,
    responses(
        (status = 200, description = "The cookie now carries it", body = AudienceBody),
        problem_responses::Malformed, problem_responses::ParticipantInvalid,
        problem_responses::ConsultationNotFound, problem_responses::PhaseClosed, problem_responses::BodyTooLarge,
        problem_responses::UnsupportedMediaType, problem_responses::AudienceUnknown,
        problem_responses::RateLimited, problem_responses::TryAgain,
    ),
)]
pub(crate) async fn declare(
    request: HttpRequest,
    app: App,
    visitor: Visitor,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let bytes = body::read_json(&request, payload).await?;
    let body = body::parse_json::<AudienceBody<'_>>(&bytes)?;
    let admitted = declare_audience(&request, &app, visitor, body.audience.as_deref()).await?;
    Ok(admitted.remember_in(personal(&body)))
}

/// Preferring not to say is `null`: a body without the member is a mistake, not a declaration.
fn named<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Cow<'de, str>>, D::Error> {
    Option::deserialize(deserializer)
}
