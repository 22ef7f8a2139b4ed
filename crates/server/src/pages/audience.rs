//! `/c/{slug}/audience`: a participant says to which public they belong.

use actix_web::{HttpRequest, HttpResponse, web};

use super::see_other;
use crate::address::{local_path, slug};
use crate::api::audience::remember;
use crate::body::Form;
use crate::participant::Visitor;
use crate::problem::Problem;
use crate::shared::App;

pub(crate) async fn declare(
    request: HttpRequest,
    app: App,
    visitor: Visitor,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let form = Form::read(&request, payload).await?;
    // The button "prefer not to say" sends no name.
    let audience = Some(form.field("audience")).filter(|id| !id.is_empty());
    let admitted = remember(&request, &app, visitor, audience).await?;
    let vote = format!("/c/{}/vote", slug(&request));
    let back = local_path(form.field("return_to")).unwrap_or(&vote);
    Ok(admitted.remember_in(see_other(back)))
}
