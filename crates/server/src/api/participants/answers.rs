//! `/api/v1/consultations/{slug}/answers`: what a participant says of themselves when organizers ask.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use gd_domain::{Action, Answers, Slug};
use gd_engine::ports::Rationed;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::personal;
use crate::edge::body;
use crate::edge::path;
use crate::edge::problem::{Code, Problem};
use crate::edge::problem_responses;
use crate::session::participant::{Admitted, Visitor};
use crate::state::{App, Shared};

/// What a participant says of themselves.
#[derive(Deserialize, Serialize, ToSchema)]
#[schema(as = Answers)]
struct AnswersBody {
    /// By the short name of a question the short name of an answer; a question left out, or `null`, is one they
    /// prefer not to answer.
    #[schema(value_type = BTreeMap<String, Option<String>>, example = json!({"age": "30-44"}))]
    answers: BTreeMap<String, Option<String>>,
}

/// Answer the organizers' questions about oneself. The last time stands.
#[utoipa::path(
    put, path = "/api/v1/consultations/{slug}/answers", tag = "ballots", operation_id = "answer_questions",
    params(("slug" = String, Path, description = "The consultation's short name")),
    request_body = AnswersBody,
    responses(
        (status = 200, description = "Recorded, in the place of what was answered before", body = AnswersBody),
        problem_responses::Malformed, problem_responses::ParticipantInvalid, problem_responses::ConsultationNotFound,
        problem_responses::PhaseClosed, problem_responses::BodyTooLarge, problem_responses::UnsupportedMediaType,
        problem_responses::AnswerUnknown, problem_responses::RateLimited, problem_responses::TryAgain,
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
    let admitted = record(&request, &app, visitor, given).await?;
    Ok(admitted.remember_in(personal(&body)))
}

/// Keeps what was answered, by question; an empty answer is none.
pub(crate) async fn record<'a>(
    request: &HttpRequest,
    shared: &Shared,
    visitor: Visitor,
    given: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<Admitted, Problem> {
    let (slug, now) = (path::slug(request), shared.engine.now());
    shared.engine.find(slug, Action::Vote, now)?;
    let given = given
        .filter(|(_, answer)| !answer.is_empty())
        .map(|(question, answer)| Ok((name(question)?, name(answer)?)));
    let answers = Answers(given.collect::<Result<_, Problem>>()?);
    let admitted = visitor.admit(request, shared, now).await?;
    shared.ration(Rationed::Ballots, &admitted.id().number().to_string()).await?;
    shared.engine.answer_questions(slug, admitted.id(), answers, now).await?;
    Ok(admitted)
}

/// What cannot be a short name is no answer of any consultation.
fn name(text: &str) -> Result<Slug, Problem> {
    text.parse().map_err(|error: gd_domain::IdError| Problem::new(Code::AnswerUnknown, format!("{error}.")))
}
