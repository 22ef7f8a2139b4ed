//! `/c/{slug}/privacy`, `/c/{slug}/accessibility` and `/c/{slug}/legal`: what the public is owed by law.

use actix_web::{HttpRequest, HttpResponse};
use gd_pages::{Notice, NoticePage};

use crate::edge::problem::Problem;
use crate::public::response::cacheable;
use crate::public::visit::Visit;
use crate::state::App;

/// `GET /c/{slug}/privacy`
pub(crate) async fn privacy(request: HttpRequest, app: App) -> Result<HttpResponse, Problem> {
    show(&request, &app, Notice::Privacy).await
}

/// `GET /c/{slug}/accessibility`
pub(crate) async fn accessibility(request: HttpRequest, app: App) -> Result<HttpResponse, Problem> {
    show(&request, &app, Notice::Accessibility).await
}

/// `GET /c/{slug}/legal`
pub(crate) async fn legal(request: HttpRequest, app: App) -> Result<HttpResponse, Problem> {
    show(&request, &app, Notice::Legal).await
}

async fn show(request: &HttpRequest, app: &App, notice: Notice) -> Result<HttpResponse, Problem> {
    let visit = Visit::at_address(request, app).await?;
    Ok(cacheable(request, &NoticePage { frame: visit.frame(), here: visit.here(), notice }))
}
