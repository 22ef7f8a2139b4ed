//! `/c/{slug}/answers`: a participant answers the organizers' questions about themselves.

use actix_web::{HttpRequest, HttpResponse, web};
use gd_pages::ANSWER_FIELD;

use super::see_other;
use crate::address::{local_path, slug};
use crate::api::participant_answers::record;
use crate::body::Form;
use crate::participant::Visitor;
use crate::problem::Problem;
use crate::shared::App;

pub(crate) async fn answer(
    request: HttpRequest,
    app: App,
    visitor: Visitor,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let form = Form::read(&request, payload).await?;
    let given = form.fields().filter_map(|(name, value)| Some((name.strip_prefix(ANSWER_FIELD)?, value)));
    let admitted = record(&request, &app, visitor, given).await?;
    let vote = format!("/c/{}/vote", slug(&request));
    let back = local_path(form.field("return_to")).unwrap_or(&vote);
    Ok(admitted.remember_in(see_other(back)))
}
