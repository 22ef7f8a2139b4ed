//! `/api/v1/consultations/{slug}/sequence`: the next cards for one participant.

use actix_web::{HttpRequest, HttpResponse};
use gd_domain::{Action, Channel};
use gd_engine::{SEQUENCE_SIZE_MAX, SequenceRequest};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::card::CardBody;
use crate::api::response::personal;
use crate::edge::problem::Problem;
use crate::edge::problem_responses;
use crate::edge::{number, path, query};
use crate::session::visitor::Visitor;
use crate::state::App;

/// The length of the sequence.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SequenceQuery {
    /// Number of cards: 12 by default and at most.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 12)]
    size: Option<String>,
}

/// Cards to vote on.
#[derive(Serialize, ToSchema)]
pub(crate) struct Sequence<'a> {
    /// Proposals the participant has not voted on; empty when there are none left.
    proposals: Vec<CardBody<'a>>,
}

/// Draw cards, never one already voted on. Sets the cookie of a new participant.
#[utoipa::path(
    get, path = "/api/v1/consultations/{slug}/sequence", tag = "proposals", operation_id = "sequence",
    params(("slug" = String, Path, description = "The consultation's short name"), SequenceQuery),
    responses(
        (status = 200, description = "Up to `size` cards, in random order", body = Sequence),
        problem_responses::Malformed, problem_responses::ParticipantInvalid,
        problem_responses::ConsultationNotFound, problem_responses::RateLimited, problem_responses::TryAgain,
    ),
)]
pub(crate) async fn serve(request: HttpRequest, app: App, visitor: Visitor) -> Result<HttpResponse, Problem> {
    let size = size(&query::parse::<SequenceQuery>(&request)?)?;
    let (slug, now) = (path::slug(&request), app.engine.now());
    app.engine.consultation().find(slug, Action::Read, now)?;
    let admitted = visitor.admit(&request, &app, now).await?;
    let sequence = SequenceRequest {
        slug,
        participant: admitted.id(),
        is_new: admitted.is_new,
        size,
        channel: Channel::Sequence,
        excluding: &[],
        now,
        seed: app.engine.running().random_bits(),
    };
    let cards = app.engine.proposals().sequence(sequence).await?;
    let body = Sequence { proposals: cards.iter().map(CardBody::from).collect() };
    Ok(admitted.remember_in(personal(&body)))
}

fn size(query: &SequenceQuery) -> Result<usize, Problem> {
    let Some(size) = &query.size else { return Ok(SEQUENCE_SIZE_MAX) };
    match number::parse("size", size)? {
        0 => Err(Problem::malformed("`size` must be at least 1.")),
        size => Ok(size),
    }
}
