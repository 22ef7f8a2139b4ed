//! `/c/{slug}`: the question, what it has gathered, and what happens next.

use actix_web::{HttpRequest, HttpResponse};
use gd_pages::LandingPage;

use super::public;
use super::visit::Visit;
use crate::problem::Problem;
use crate::shared::App;

pub(crate) async fn show(request: HttpRequest, app: App) -> Result<HttpResponse, Problem> {
    let visit = Visit::at_address(&request, &app).await?;
    let figures = app.engine.figures(&visit.lookup, visit.now).await?;
    Ok(public(&LandingPage { frame: visit.frame(), here: visit.here(), figures }))
}
