//! Answering the organizers' questions about oneself.

use actix_web::HttpRequest;
use gd_domain::{Action, Answers, Slug};
use gd_engine::ports::LimitedRequest;

use crate::edge::path;
use crate::edge::problem::{Code, Problem};
use crate::session::visitor::{Admitted, Visitor};
use crate::state::AppState;

/// Records the answers by question; an empty answer counts as not given.
pub(crate) async fn answer_questions<'a>(
    request: &HttpRequest,
    app: &AppState,
    visitor: Visitor,
    given: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<Admitted, Problem> {
    let (slug, now) = (path::slug(request), app.engine.now());
    app.engine.consultation().find(slug, Action::Vote, now)?;
    let given = given
        .filter(|(_, answer)| !answer.is_empty())
        .map(|(question, answer)| Ok((name(question)?, name(answer)?)));
    let answers = Answers(given.collect::<Result<_, Problem>>()?);
    let admitted = visitor.admit(request, app, now).await?;
    app.take_from_budget(LimitedRequest::Ballots, &admitted.id().number().to_string()).await?;
    app.engine.participants().answer_questions(slug, admitted.id(), answers, now).await?;
    Ok(admitted)
}

/// A text that cannot be a short name is no answer of any consultation.
fn name(text: &str) -> Result<Slug, Problem> {
    text.parse().map_err(|error: gd_domain::IdError| Problem::new(Code::AnswerUnknown, format!("{error}.")))
}
