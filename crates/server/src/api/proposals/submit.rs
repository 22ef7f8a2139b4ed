//! `POST /api/v1/consultations/{slug}/proposals`: submitting a proposal.

use std::borrow::Cow;

use actix_web::{HttpRequest, HttpResponse, web};
use gd_domain::Action;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::acts::proposals::submit_proposal::submit_proposal;
use crate::edge::problem::Problem;
use crate::edge::problem_responses;
use crate::edge::{body, path};
use crate::session::visitor::Visitor;
use crate::state::App;

/// A proposal to submit.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewProposal)]
struct SubmitBody<'a> {
    /// Its text, in one or two sentences.
    #[serde(borrow)]
    #[schema(value_type = String, example = "Un seul numéro de téléphone pour toutes les démarches")]
    text: Cow<'a, str>,
}

/// A proposal that has been recorded.
#[derive(Serialize, ToSchema)]
pub(crate) struct Submitted {
    /// Its number in the consultation.
    number: u32,
    /// `pending` until a moderator has read it; `published` at once if moderators read afterwards.
    status: &'static str,
}

/// Submit a proposal. The same text from the same participant is the same proposal.
#[utoipa::path(
    post, path = "/api/v1/consultations/{slug}/proposals", tag = "proposals", operation_id = "submit_proposal",
    params(("slug" = String, Path, description = "The consultation's short name")),
    request_body = SubmitBody,
    responses(
        (status = 201, description = "On record", body = Submitted),
        problem_responses::Malformed, problem_responses::ParticipantInvalid,
        problem_responses::ConsultationNotFound, problem_responses::PhaseClosed, problem_responses::BodyTooLarge,
        problem_responses::UnsupportedMediaType, problem_responses::TextRefused, problem_responses::RateLimited,
        problem_responses::TryAgain,
    ),
)]
pub(crate) async fn submit(
    request: HttpRequest,
    app: App,
    visitor: Visitor,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let bytes = body::read_json(&request, payload).await?;
    let now = app.engine.now();
    let text = body::parse_json::<SubmitBody<'_>>(&bytes)?.text;
    app.engine.consultation().find(path::slug(&request), Action::Propose, now)?;
    let admitted = visitor.admit(&request, &app, now).await?;
    let submitted = submit_proposal(&request, &app, admitted.id(), &text, now).await??;
    let body = Submitted { number: submitted.number.0, status: submitted.status.as_str() };
    Ok(admitted.remember_in(HttpResponse::Created().json(body)))
}
