//! `/c/{slug}/privacy`, `/c/{slug}/accessibility` and `/c/{slug}/legal`: the notices that the law requires.

use actix_web::{HttpRequest, HttpResponse};
use gd_pages::{Notice, NoticePage};

use crate::edge::problem::Problem;
use crate::public::response::cacheable;
use crate::public::visit::Visit;
use crate::state::App;

/// `GET /c/{slug}/privacy`: the privacy notice.
pub(crate) async fn privacy(request: HttpRequest, app: App) -> Result<HttpResponse, Problem> {
    show(&request, &app, Notice::Privacy).await
}

/// `GET /c/{slug}/accessibility`: the accessibility statement.
pub(crate) async fn accessibility(request: HttpRequest, app: App) -> Result<HttpResponse, Problem> {
    show(&request, &app, Notice::Accessibility).await
}

/// `GET /c/{slug}/legal`: the legal notice.
pub(crate) async fn legal(request: HttpRequest, app: App) -> Result<HttpResponse, Problem> {
    show(&request, &app, Notice::Legal).await
}

async fn show(request: &HttpRequest, app: &App, notice: Notice) -> Result<HttpResponse, Problem> {
    let visit = Visit::at_address(request, app).await?;
    Ok(cacheable(request, &NoticePage { frame: visit.frame(), here: visit.here(), notice }))
}
