//! `GET /api/v1/consultations/{slug}/proposals/similar`: published proposals that resemble a text.

use actix_web::{HttpRequest, HttpResponse};
use gd_domain::Action;
use serde::Deserialize;
use utoipa::IntoParams;

use super::card::{CardBody, Proposals};
use crate::api::response::personal;
use crate::edge::problem::Problem;
use crate::edge::problem_responses;
use crate::edge::{path, query};
use crate::session::visitor::Visitor;
use crate::state::App;

/// The text to compare with the published proposals.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SimilarQuery {
    /// The text being typed.
    text: String,
}

/// Published proposals that resemble a text being typed, the closest first.
#[utoipa::path(
    get, path = "/api/v1/consultations/{slug}/proposals/similar", tag = "proposals", operation_id = "similar_proposals",
    params(("slug" = String, Path, description = "The consultation's short name"), SimilarQuery),
    responses(
        (status = 200, description = "At most five; `after` is always `null`", body = Proposals),
        problem_responses::Malformed, problem_responses::ParticipantInvalid,
        problem_responses::ConsultationNotFound, problem_responses::RateLimited,
    ),
)]
pub(crate) async fn similar(
    request: HttpRequest,
    app: App,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    let text = query::parse::<SimilarQuery>(&request)?.text;
    let (slug, now) = (path::slug(&request), app.engine.now());
    app.engine.consultation().find(slug, Action::Read, now)?;
    let admitted = visitor.admit(&request, &app, now).await?;
    let cards = app.engine.proposals().similar(slug, admitted.id(), &text, now).await?;
    let body = Proposals { proposals: cards.iter().map(CardBody::from).collect(), after: None };
    Ok(admitted.remember_in(personal(&body)))
}
