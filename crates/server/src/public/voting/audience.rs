//! `/c/{slug}/audience`: a participant declares the audience they belong to.

use actix_web::{HttpRequest, HttpResponse, web};

use crate::acts::voting::declare_audience::declare_audience;
use crate::edge::body::Form;
use crate::edge::path::slug;
use crate::edge::problem::Problem;
use crate::edge::redirect::{local_path, see_other};
use crate::session::visitor::Visitor;
use crate::state::App;

pub(crate) async fn declare(
    request: HttpRequest,
    app: App,
    visitor: Visitor,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let form = Form::read(&request, payload).await?;
    // The button "prefer not to say" sends no name.
    let audience = Some(form.field("audience")).filter(|id| !id.is_empty());
    let admitted = declare_audience(&request, &app, visitor, audience).await?;
    let vote = format!("/c/{}/vote", slug(&request));
    let back = local_path(form.field("return_to")).unwrap_or(&vote);
    Ok(admitted.remember_in(see_other(back)))
}
