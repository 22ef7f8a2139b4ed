//! `/c/{slug}/answers`: a participant answers the organizers' questions about themselves.

use actix_web::{HttpRequest, HttpResponse, web};
use gd_pages::ANSWER_FIELD;

use crate::acts::participants::answer_questions::answer_questions;
use crate::edge::body::Form;
use crate::edge::path::slug;
use crate::edge::problem::Problem;
use crate::edge::redirect::{local_path, see_other};
use crate::session::visitor::Visitor;
use crate::state::App;

pub(crate) async fn answer(
    request: HttpRequest,
    app: App,
    visitor: Visitor,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let form = Form::read(&request, payload).await?;
    let given = form.fields().filter_map(|(name, value)| Some((name.strip_prefix(ANSWER_FIELD)?, value)));
    let admitted = answer_questions(&request, &app, visitor, given).await?;
    let vote = format!("/c/{}/vote", slug(&request));
    let back = local_path(form.field("return_to")).unwrap_or(&vote);
    Ok(admitted.remember_in(see_other(back)))
}
