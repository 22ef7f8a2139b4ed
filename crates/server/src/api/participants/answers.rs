//! `/api/v1/consultations/{slug}/answers`: a participant answers the organizers' questions about themselves.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::acts::participants::answer_questions::answer_questions;
use crate::api::response::personal;
use crate::edge::body;
use crate::edge::problem::Problem;
use crate::edge::problem_responses;
use crate::session::visitor::Visitor;
use crate::state::App;

/// A participant's answers to the organizers' questions about themselves.
#[derive(Deserialize, Serialize, ToSchema)]
#[schema(as = Answers)]
struct AnswersBody {
    /// The short name of the chosen answer, by the short name of the question. A question left out, or `null`, is
    /// one they prefer not to answer.
    #[schema(value_type = BTreeMap<String, Option<String>>, example = json!({"age": "30-44"}))]
    answers: BTreeMap<String, Option<String>>,
}

/// Answer the organizers' questions about oneself. The last answers stand.
#[utoipa::path(
    put, path = "/api/v1/consultations/{slug}/answers", tag = "ballots", operation_id = "answer_questions",
    params(("slug" = String, Path, description = "The consultation's short name")),
    request_body = AnswersBody,
    responses(
        (status = 200, description = "Recorded, in place of the earlier answers", body = AnswersBody),
        problem_responses::Malformed, problem_responses::ParticipantInvalid,
        problem_responses::ConsultationNotFound, problem_responses::PhaseClosed, problem_responses::BodyTooLarge,
        problem_responses::UnsupportedMediaType, problem_responses::AnswerUnknown, problem_responses::RateLimited,
        problem_responses::TryAgain,
    ),
)]
pub(crate) async fn put(
    request: HttpRequest,
    app: App,
    visitor: Visitor,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let bytes = body::read_json(&request, payload).await?;
    let body = body::parse_json::<AnswersBody>(&bytes)?;
    let given = body.answers.iter().filter_map(|(question, answer)| Some((&**question, answer.as_deref()?)));
    let admitted = answer_questions(&request, &app, visitor, given).await?;
    Ok(admitted.remember_in(personal(&body)))
}
